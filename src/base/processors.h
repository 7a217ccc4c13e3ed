/*
 * The processors that this process may use (sched_getaffinity(2)), and how
 * those that it starts are spread over them.
 *
 * A tracer and its subject stay on one processor, whichever they happen to be
 * on when they begin.  Of two that begin together both may happen to be on the
 * same one, and wait for each other to their end: so whoever starts several
 * side by side says which place each has.
 */
#ifndef BASE_PROCESSORS_H
#define BASE_PROCESSORS_H

/* How many; at least 1.  processors_move() does not change it.  */
int processors_count(void);

/* The number of the one that a place (0...) falls on, counted round.  */
int processors_at(int place);

/* This process goes there, and what it starts from here on begins there; -1:
 * back to all of them.  A wish: where the kernel refuses it nothing
 * changes.  */
void processors_move(int place);
/* Where it went is all that it may use from now on.  */
void processors_stay(void);

#endif
