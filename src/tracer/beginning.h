/*
 * The beginning of a program, up to main(), as events: heard once, when a
 * server (server.c) is started, and told to each run that is a fork of it, as
 * if that had been executed.  The fork knows all objects that were named.
 */
#ifndef TRACER_BEGINNING_H
#define TRACER_BEGINNING_H

#include "tracer/trace.h"

struct beginning;

/* From now on t, in a search, whose program was not executed yet, tells its
 * events to what is returned; beginning_free().  */
struct beginning *beginning_hear(struct tracing *t);
void beginning_free(struct beginning *b);
/* t stands before main().  False: something was done before that a fork would
 * not know of, so that it would not be as if it had been executed.  */
bool beginning_ends(struct beginning *b, const struct tracing *t);
/* In t, which is new, a fork begins, as from stands: its first task.  All that
 * was heard is told of it.  */
struct task *beginning_tell(struct beginning *b, struct tracing *t,
			    const struct tracing *from, pid_t pid);

#endif
