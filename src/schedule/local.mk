libipclab_a_SOURCES += \
	src/schedule/choice.h \
	src/schedule/schedule.h
