libipclab_a_SOURCES += \
	src/bench/advise.c \
	src/bench/advise.h \
	src/bench/bench.h \
	src/bench/channel.h \
	src/bench/clock.c \
	src/bench/features.c \
	src/bench/features.h \
	src/bench/figures.c \
	src/bench/futex.c \
	src/bench/host.c \
	src/bench/machine.c \
	src/bench/machine.h \
	src/bench/mechanism.c \
	src/bench/near.c \
	src/bench/other.c \
	src/bench/packet.c \
	src/bench/queue.c \
	src/bench/record.c \
	src/bench/record.h \
	src/bench/run.c \
	src/bench/shared.c \
	src/bench/statistics.c \
	src/bench/statistics.h \
	src/bench/stream.c \
	src/bench/text.c \
	src/bench/text.h
