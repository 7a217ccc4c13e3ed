libipclab_a_SOURCES += \
	src/event/access.c \
	src/event/cast.c \
	src/event/cast.h \
	src/event/descriptors.c \
	src/event/descriptors.h \
	src/event/describe.c \
	src/event/equal.c \
	src/event/event.c \
	src/event/event.h \
	src/event/fields.h \
	src/event/header.c \
	src/event/json.c \
	src/event/json.h \
	src/event/log.c \
	src/event/log.h \
	src/event/names.c \
	src/event/names.h \
	src/event/read.c \
	src/event/sigset.c \
	src/event/sigset.h \
	src/event/state.c \
	src/event/write.c
