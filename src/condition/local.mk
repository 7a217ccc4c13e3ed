libipclab_a_SOURCES += \
	src/condition/about_actor.c \
	src/condition/about_count.c \
	src/condition/about_memory.c \
	src/condition/about_object.c \
	src/condition/about_queue.c \
	src/condition/about_run.c \
	src/condition/about_signal.c \
	src/condition/about_lock.c \
	src/condition/about_semaphore.c \
	src/condition/about_socket.c \
	src/condition/condition.h \
	src/condition/evaluate.c \
	src/condition/inside.h \
	src/condition/match.c \
	src/condition/parse.c \
	src/condition/rule.c \
	src/condition/scan.c \
	src/condition/table.c
