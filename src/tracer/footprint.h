/*
 * What a task that is held at a point would do, and what its call has done,
 * as an operation (schedule/operation.h): which objects it touches, how.
 *
 * Objects are numbered as this run shows them (things.h); two runs that made
 * the same choices so far number alike.
 */
#ifndef TRACER_FOOTPRINT_H
#define TRACER_FOOTPRINT_H

#include "schedule/operation.h"
#include "tracer/trace.h"

/* Held at a point, or asleep in its call: what it would do.  */
void footprint_before(struct tracing *t, struct task *k, struct operation *o);
/* The call that it is held before: see struct done.  */
uint64_t footprint_spot(const struct task *k);
uint64_t footprint_place(const struct task *k);
/* Its call has ended: with the true result.  */
void footprint_after(struct tracing *t, struct task *k, struct operation *o);
/* A call that is no point is made within a step: what it touches is added to
 * the step's.  Before the call.  */
void footprint_beside(struct tracing *t, struct task *k, struct operation *o);
/* A signal ended it, whoever sent that, in the step which that operation is:
 * added to it is what the end of its process touches.  */
void footprint_killed(struct tracing *t, struct task *k, struct operation *o);

/* ---- notice.c ---- */
/* The call of a task has ended: if it is the step's, what it was is noted. */
void step_done(struct tracing *t, struct task *k);

#endif
