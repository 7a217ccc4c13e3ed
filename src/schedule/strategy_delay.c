/*
 * Delay bounding (Emmi, Qadeer and Rakamaric, POPL 2011): one schedule is the
 * usual one, round robin and no switch before the actor sleeps or ends; each
 * time that who would go is passed over is a delay.  Few delays reach most
 * failures, and with many actors there are far fewer schedules of d delays
 * than of d preemptions.
 */
#include "config.h"

#include "schedule/deepening.h"

/* A fault delays nobody: it costs what its actor costs.  */
static void
cost(const struct position *p, struct cost *to)
{
	int passed = 0, own = 0, actor = -1;

	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a =
			&p->alternative[to[i].alternative];

		if (a->actor != actor)
			own = passed;
		actor = a->actor;
		to[i].cost = a->fault ? own : passed++;
	}
}

static struct strategy *
open_delay(const struct strategy_config *c)
{
	return deepening_open(&strategy_delay, c, cost);
}

const struct strategy_kind strategy_delay = {
	.name = "delay",
	.text = "all runs that delay 0, 1, 2... times who would go",
	.open = open_delay,
	.begin = deepening_begin,
	.pick = deepening_pick,
	.did = deepening_did,
	.end = deepening_end,
	.progress = deepening_progress,
	.close = deepening_close,
};
