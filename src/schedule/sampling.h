/*
 * Sampling: what the strategies share that throw dice run after run (random,
 * pos, pct).  Each run has a generator of its own, made from the seed and the
 * run's number, and a budget of faults.
 */
#ifndef SCHEDULE_SAMPLING_H
#define SCHEDULE_SAMPLING_H

#include "schedule/strategies.h"

struct sampling {
	struct strategy strategy;
	struct strategy_config config;
	uint64_t begun;		/* runs */
	uint64_t ended;
	uint64_t key;		/* of this run */
	uint64_t random;	/* its generator */
	int faults;		/* chosen in this run */
	int offered;		/* positions of this run that offered some */
	int usual;		/* how many a run before offered */
};

void sampling_open(struct sampling *s, const struct strategy_kind *kind,
		   const struct strategy_config *c);
/* For the table of a kind.  */
bool sampling_begin(struct strategy *s);
void sampling_end(struct strategy *s, const struct position *p,
		  enum ending how);
void sampling_progress(const struct strategy *s, struct strategy_progress *to);
void sampling_close(struct strategy *s);

/* What is done before all else, and what after, where that is wanted: births 0,
 * ends 2, all others 1.  Lower is before.  */
uint64_t alternative_class(const struct alternative *a, bool early_births,
			   bool late_ends);

/* A fault to pick here; -1: none, so pick one that is no fault.  To be asked
 * once at each position.  */
int sampling_fault(struct sampling *s, const struct position *p);

#endif
