/*
 * Preemption bounding (Musuvathi and Qadeer, PLDI 2007): all runs without a
 * preemption, then all with one, and so on.  Where the actor that went last
 * sleeps or has ended, who goes next is free.
 */
#include "config.h"

#include "schedule/deepening.h"

static void
cost(const struct position *p, struct cost *to)
{
	bool goes_on = p->last >= 0 && position_find(p, p->last) >= 0;

	for (int i = 0; i < p->n_alternatives; i++)
		to[i].cost = goes_on && p->alternative[to[i].alternative].actor
					!= p->last;
}

static struct strategy *
open_preemption(const struct strategy_config *c)
{
	return deepening_open(&strategy_preemption, c, cost);
}

const struct strategy_kind strategy_preemption = {
	.name = "preemption",
	.text = "all runs with 0, 1, 2... preemptions",
	.open = open_preemption,
	.begin = deepening_begin,
	.pick = deepening_pick,
	.did = deepening_did,
	.end = deepening_end,
	.progress = deepening_progress,
	.close = deepening_close,
};
