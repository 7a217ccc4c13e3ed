libipclab_a_SOURCES += \
	src/sandbox/arrange.c \
	src/sandbox/cgroup.c \
	src/sandbox/cgroup.h \
	src/sandbox/ending.c \
	src/sandbox/inside.h \
	src/sandbox/keeper.c \
	src/sandbox/policy.c \
	src/sandbox/policy.h \
	src/sandbox/sandbox.c \
	src/sandbox/sandbox.h
