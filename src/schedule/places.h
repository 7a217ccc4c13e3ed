/*
 * Places of a program where its actors did something to each other, as a run
 * has shown them, the most promising to be late first.  A place is a program
 * counter; where that is not known, as of a system call, it is the call and the
 * object that it is made on.
 * Who looks at something and then changes it, without a lock, is first, for
 * others may have changed it in between; then, who looks at one thing and
 * changes another.  All other changes that others see come before what takes,
 * but those under a lock, where others seldom come in between, behind it; what
 * looks is last.  Of the same sort, what the run came to last is first: who is
 * held there is halfway through what he does.  Those whose program counter is
 * known come before all others.  Where nobody else lives, nobody can be late:
 * what is done there, as to make what others are to share, is at no place.
 */
#ifndef SCHEDULE_PLACES_H
#define SCHEDULE_PLACES_H

#include "schedule/operation.h"

struct place {
	uint64_t where;
	int rank;		/* lower is before */
	uint64_t step;		/* that the run first came to it */
	int actor;		/* ... and who */
	bool known;		/* it is a program counter */
	bool held;		/* for who holds them */
};

struct looker;			/* an actor, and what it has looked at */

struct places {
	struct place *at;
	size_t n, room;
	uint64_t steps;		/* noted so far */
	struct looker *looker;	/* by actor */
	size_t n_lookers, lookers_room;
};

#define PLACES_INIT { .n = 0 }

/* The place that it is done at; 0: it is at none.  */
uint64_t place_where(const struct operation *o);
/* What an actor did in the next step, while others lived or alone.  */
void places_note(struct places *p, int actor, const struct operation *o,
		 bool alone);
/* In order; when the run is over.  More may be noted of another run.  */
void places_sort(struct places *p);
/* The places of from, to begin with; to is empty.  */
void places_copy(struct places *to, const struct places *from);
void places_release(struct places *p);

#endif
