/*
 * Places of a program where its actors did something to each other, as a run
 * has shown them: the program counters, the most promising to be late first.
 * Those that change what others see come before those that take or look; of
 * the same sort, what the run came to last is first: who is held there is
 * halfway through what he does.
 */
#ifndef SCHEDULE_PLACES_H
#define SCHEDULE_PLACES_H

#include "schedule/operation.h"

struct place {
	uint64_t pc;
	int rank;		/* lower is before */
	uint64_t step;		/* that the run first came to it */
};

struct places {
	struct place *at;
	size_t n, room;
	uint64_t steps;		/* noted so far */
};

#define PLACES_INIT { .n = 0 }

/* What was done in the next step.  */
void places_note(struct places *p, const struct operation *o);
/* In order; when the run is over.  */
void places_sort(struct places *p);
void places_release(struct places *p);

#endif
