/*
 * Deepening: all runs whose choices cost 0 in all, then all that cost at most
 * 1, and so on: a search depth first for each bound.  What a choice costs is
 * what makes a strategy of it (delay, preemption).
 *
 * Of a run that is looked for again, only which alternative was picked is
 * kept: a run that is shown other positions than before for the same choices
 * is not searched wrongly, only not wholly.
 */
#ifndef SCHEDULE_DEEPENING_H
#define SCHEDULE_DEEPENING_H

#include "schedule/strategies.h"

struct cost {
	int alternative;	/* its index in the position */
	int cost;
};

/* The alternatives of p round robin: who went last first, then those of the
 * next numbers; of each actor GO first and faults last.  to has room for all
 * of them; their costs are 0.  */
void round_robin(const struct position *p, struct cost *to);

/* Fill in what they cost: to holds all alternatives of p, round robin.  */
typedef void cost_fn(const struct position *p, struct cost *to);

struct strategy *deepening_open(const struct strategy_kind *kind,
				const struct strategy_config *c,
				cost_fn *cost);
/* For the table of a kind.  */
bool deepening_begin(struct strategy *s);
int deepening_pick(struct strategy *s, const struct position *p);
void deepening_did(struct strategy *s, const struct position *p, int picked,
		   const struct done *d);
void deepening_end(struct strategy *s, const struct position *p,
		   enum ending how);
void deepening_progress(const struct strategy *s,
			struct strategy_progress *to);
void deepening_close(struct strategy *s);

#endif
