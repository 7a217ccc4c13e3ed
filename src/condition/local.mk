libipclab_a_SOURCES += \
	src/condition/condition.h
