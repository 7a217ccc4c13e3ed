/*
 * The conditional cells of the table, for dependency.c: nobody else needs
 * them.  Each is asked about two acts of its cell, in either order.
 *
 * "Commutes" must hold wherever the two operations may stand in a run, not
 * just side by side as they were done: a verdict that rests on a count rests
 * on the count before each of them.
 */
#ifndef SCHEDULE_DEPENDENCY_INSIDE_H
#define SCHEDULE_DEPENDENCY_INSIDE_H

#include "schedule/dependency.h"

/* They have parts of the object each, which do not overlap.  */
bool touches_apart(const struct touch *a, const struct touch *b);

/* Depend where the bytes overlap. */
enum dependence when_bytes(const struct touch *first,
			   const struct touch *second);
/* ... but two that both only read (value 1) commute.  */
enum dependence when_range(const struct touch *first,
			   const struct touch *second);
/* One adds, one takes: what is taken was there before, or was not.  */
enum dependence when_supply(const struct touch *first,
			    const struct touch *second);
/* ... bytes, of which a part is enough to go on.  */
enum dependence when_stream(const struct touch *first,
			    const struct touch *second);
/* A send and a receive of a message of another type; of the only message.  */
enum dependence when_mail(const struct touch *first,
			  const struct touch *second);
/* Two receives, of one type each.  */
enum dependence when_takers(const struct touch *first,
			    const struct touch *second);
/* An end is closed, the other side is used: was it the last one?  */
enum dependence when_close(const struct touch *first,
			   const struct touch *second);
/* An unlock, and the lock that had to wait for it.  */
enum dependence when_unlocks(const struct touch *first,
			     const struct touch *second);
/* A read-write lock is let go, and taken to read.  */
enum dependence when_held(const struct touch *first,
			  const struct touch *second);
/* Two wake-ups where nobody waits.  */
enum dependence when_nobody(const struct touch *first,
			    const struct touch *second);
/* Two arrivals, neither of which is the last.  */
enum dependence when_last(const struct touch *first,
			  const struct touch *second);
/* The same standard signal twice, whoever sent it.  */
enum dependence when_same(const struct touch *first,
			  const struct touch *second);
/* The end of a child, and a wait for it or for another.  */
enum dependence when_child(const struct touch *first,
			   const struct touch *second);
/* One adds, one takes all or the oldest: was there nothing before?  */
enum dependence when_count(const struct touch *first,
			   const struct touch *second);

#endif
