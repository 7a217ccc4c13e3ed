libipclab_a_SOURCES += \
	src/world/actor.c \
	src/world/check.c \
	src/world/count.c \
	src/world/ends.c \
	src/world/file.c \
	src/world/history.c \
	src/world/inside.h \
	src/world/links.c \
	src/world/next.c \
	src/world/object.c \
	src/world/pipe.c \
	src/world/semaphore.c \
	src/world/signals.c \
	src/world/signals.h \
	src/world/signals_called.c \
	src/world/signals_inside.h \
	src/world/signals_shown.c \
	src/world/socket.c \
	src/world/queue.c \
	src/world/queue.h \
	src/world/queue_wait.c \
	src/world/tell.c \
	src/world/wait.c \
	src/world/waiting.c \
	src/world/why.c \
	src/world/world.c \
	src/world/world.h
