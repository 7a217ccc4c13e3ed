/*
 * What happened before what, in one run: an order that holds however the
 * processors are timed.  It comes from what synchronises: unlock before the
 * next lock, post before the wait that it lets through, a byte written before
 * it is read, fork before the child, exit before the wait; and from the order
 * within each actor.  (Lamport, Time, Clocks, and the Ordering of Events,
 * 1978; with vector clocks, Fidge and Mattern)
 *
 * Nothing blocks or fails; memory is kept from run to run.
 */
#ifndef EXPLORE_HAPPENS_H
#define EXPLORE_HAPPENS_H

#include "schedule/strategy.h"

struct happens;

struct happens *happens_new(void);
void happens_free(struct happens *h);
/* A run begins.  */
void happens_begin(struct happens *h);
/* In this position the actor does the operation: what it learns by it from
 * others; then what they can learn from it, and whom it woke.  Between the two
 * calls happens_before() and happens_now() may be asked.  */
void happens_enter(struct happens *h, const struct position *p, int actor,
		   const struct operation *o);
void happens_leave(struct happens *h, int actor, const struct operation *o,
		   const struct done *d);
/* The actor's own time: counts its steps, from 1.  */
uint32_t happens_now(const struct happens *h, int actor);
/* Had what that actor did at that time happened before what this one does
 * now?  */
bool happens_before(const struct happens *h, int actor, uint32_t then, int now);

#endif
