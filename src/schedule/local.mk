libipclab_a_SOURCES += \
	src/schedule/choice.c \
	src/schedule/choice.h \
	src/schedule/dependency.c \
	src/schedule/deepening.c \
	src/schedule/deepening.h \
	src/schedule/dependency.h \
	src/schedule/dependency_inside.h \
	src/schedule/dependency_when.c \
	src/schedule/operation.c \
	src/schedule/operation.h \
	src/schedule/sampling.c \
	src/schedule/sampling.h \
	src/schedule/schedule.c \
	src/schedule/schedule.h \
	src/schedule/strategies.h \
	src/schedule/strategy.c \
	src/schedule/strategy.h \
	src/schedule/strategy_delay.c \
	src/schedule/strategy_pct.c \
	src/schedule/strategy_pos.c \
	src/schedule/strategy_preemption.c \
	src/schedule/strategy_random.c
