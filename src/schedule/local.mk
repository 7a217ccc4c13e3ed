libipclab_a_SOURCES += \
	src/schedule/choice.c \
	src/schedule/choice.h \
	src/schedule/schedule.c \
	src/schedule/schedule.h
