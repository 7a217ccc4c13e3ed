libipclab_a_SOURCES += \
	src/schedule/choice.c \
	src/schedule/choice.h \
	src/schedule/dependency.c \
	src/schedule/dependency.h \
	src/schedule/dependency_inside.h \
	src/schedule/dependency_when.c \
	src/schedule/operation.c \
	src/schedule/operation.h \
	src/schedule/schedule.c \
	src/schedule/schedule.h \
	src/schedule/strategy.h
