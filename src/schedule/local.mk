libipclab_a_SOURCES += \
	src/schedule/choice.c \
	src/schedule/choice.h \
	src/schedule/dependency.h \
	src/schedule/operation.c \
	src/schedule/operation.h \
	src/schedule/schedule.c \
	src/schedule/schedule.h \
	src/schedule/strategy.h
