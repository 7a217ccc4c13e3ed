libipclab_a_SOURCES += \
	src/session/arrive.c \
	src/session/checkpoint.c \
	src/session/checkpoint.h \
	src/session/choose.c \
	src/session/inside.h \
	src/session/look.c \
	src/session/open.c \
	src/session/past.c \
	src/session/pids.c \
	src/session/pids.h \
	src/session/plan.c \
	src/session/plan.h \
	src/session/replay.c \
	src/session/run.c \
	src/session/session.c \
	src/session/session.h \
	src/session/terminal.c \
	src/session/terminal.h
