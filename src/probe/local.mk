libipclab_a_SOURCES += \
	src/probe/address.c \
	src/probe/address.h \
	src/probe/counter.c \
	src/probe/fd.c \
	src/probe/file.c \
	src/probe/handle.c \
	src/probe/handle.h \
	src/probe/memory.c \
	src/probe/pipe.c \
	src/probe/pipe.h \
	src/probe/probe.h \
	src/probe/queue.c \
	src/probe/scratch.c \
	src/probe/scratch.h \
	src/probe/semaphore.c \
	src/probe/sock_diag.c \
	src/probe/sock_diag.h \
	src/probe/socket.c \
	src/probe/socket.h \
	src/probe/task.c
