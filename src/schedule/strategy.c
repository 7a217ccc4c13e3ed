/* Strategies: their table, and what all of them ask of a position.  */
#include "config.h"

#include "schedule/strategies.h"

#include <string.h>

const struct strategy_kind *const strategy_kinds[] = {
	&strategy_random,
	&strategy_pos,
	&strategy_pct,
	&strategy_places,
	&strategy_march,
	&strategy_turns,
	&strategy_faults,
	&strategy_delay,
	&strategy_preemption,
	&strategy_dpor,
	NULL,
};

const struct strategy_kind *
strategy_find(const char *name)
{
	for (size_t i = 0; strategy_kinds[i]; i++)
		if (strcmp(strategy_kinds[i]->name, name) == 0)
			return strategy_kinds[i];
	return NULL;
}

int
position_find(const struct position *p, int actor)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (p->alternative[i].actor == actor &&
		    p->alternative[i].kind == ALTERNATIVE_GO)
			return i;
	return -1;
}

bool
position_is_lonely(const struct position *p)
{
	int alive = 0;

	for (int i = 0; i < p->n_standing; i++)
		alive += p->standing[i].state != STANDS_ENDED;
	return alive <= 1;
}

bool
position_preempts(const struct position *p, int picked)
{
	return p->last >= 0 && p->alternative[picked].actor != p->last &&
	       position_find(p, p->last) >= 0;
}
