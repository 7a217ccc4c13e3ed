/*
 * Inside a driven run: points.c says where a task is held and tells of it,
 * settle.c waits until everybody stands still, choose.c carries out a choice,
 * drive.c takes the commands.
 */
#ifndef TRACER_DRIVE_H
#define TRACER_DRIVE_H

#include "schedule/choice.h"
#include "tracer/trace.h"

/* ---- points.c ---- */
void tell_point(struct tracing *t, struct task *k);
/* All points whose call would sleep now and would not before, or the other
 * way round, and those not told yet.  */
void tell_points(struct tracing *t);
void tell_block(struct tracing *t, struct task *k);
void tell_checks(struct tracing *t);
void tell_touched(struct tracing *t);
void tell_held(struct tracing *t);

/* ---- settle.c ---- */
/* Take what the kernel reports now; true if there was anything.  */
bool reap_reports(struct tracing *t);
/* Does the kernel say that it stands still for now (proc(5))?  */
bool stands_still(struct tracing *t, struct task *k);
/* Until everybody is held, asleep, or gone.  */
void settle(struct tracing *t);
/* Wait a few milliseconds, or until there is a report or a command.  */
void nap(struct tracing *t);
/* The sleep of a task that is held in one ends with this result.  */
void answer_sleep(struct task *k, int64_t result);

/* ---- choose.c ---- */
/* One step: tell of the choice, carry it out, settle.  */
void choose(struct tracing *t, const struct choice *c);
/* What this task waits for until a time is over.  */
void expire(struct tracing *t, struct task *k);

/* ---- drive.c ---- */
/* Obey what there is; with wait false only what may come in the middle of a
 * step.  */
bool read_commands(struct tracing *t, bool wait);

#endif
