/* What the files of the strategies share; for them only.  */
#ifndef SCHEDULE_STRATEGIES_H
#define SCHEDULE_STRATEGIES_H

#include "schedule/strategy.h"

extern const struct strategy_kind strategy_random, strategy_pos, strategy_pct,
	strategy_places, strategy_march, strategy_turns, strategy_faults,
	strategy_delay, strategy_preemption, strategy_dpor;

#endif
