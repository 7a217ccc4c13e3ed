/*
 * Data races: two accesses to the same byte of memory by two actors, at least
 * one of them a store, not both atomic, and nothing that orders them
 * (happens.h).  In C such a program has no defined behaviour (C11, 5.1.2.4),
 * whatever this run did.
 *
 * It is found in every run in which both accesses are made, however they
 * were timed.  Nothing blocks or fails.
 */
#ifndef EXPLORE_RACE_H
#define EXPLORE_RACE_H

#include "schedule/strategy.h"

struct access {
	int actor;
	uint64_t step;		/* of the run, from 0 */
	uint64_t pc;
	bool stores, atomic;
};

struct race {
	uint32_t object;
	uint64_t from, to;	/* the bytes that both touch */
	struct access first, second;	/* in the order of this run */
};

struct races;

struct races *races_new(void);
void races_free(struct races *r);
/* A run begins: what the run before had is forgotten.  */
void races_begin(struct races *r);
/* A step was made.  NULL, or the first race that it is the second half of;
 * valid until the next call.  */
const struct race *races_step(struct races *r, const struct position *p,
			      int actor, const struct done *d);

#endif
