/*
 * Locks that an actor held when it ended, while another that uses them lived
 * on: nobody can ever take such a lock again.  Mutexes, read-write locks, and
 * semaphores that are used as locks: in the whole run only who has taken one
 * gives it back, and somebody has done so.  What the kernel gives back by itself
 * (flock(2), SEM_UNDO) is not lost, and a robust mutex tells the next who takes
 * it (pthread_mutexattr_setrobust(3)).
 *
 * Nothing blocks or fails.
 */
#ifndef EXPLORE_HELD_H
#define EXPLORE_HELD_H

#include "schedule/strategy.h"

struct held_lock {
	int holder;		/* who ended */
	uint64_t pc;		/* where it took the lock; 0: not known */
	uint64_t step;		/* ... and when, from 1 */
	int other;		/* who lives, and has used it in this run */
};

struct holds;

struct holds *held_new(void);
void held_free(struct holds *h);
/* A run begins: what the run before had is forgotten.  */
void held_begin(struct holds *h);
/* A step was made: p is the position that it was picked from.  */
void held_step(struct holds *h, const struct position *p, int actor,
		const struct done *d);
/* The run is over, in this position.  NULL, or the first lock that was lost;
 * valid until the next run.  */
const struct held_lock *held_end(struct holds *h, const struct position *p);

#endif
