/* Arguments of calls about signals and timers, as JSON: each a function of
 * one kind of argument (args.c).  */
#ifndef TRACER_SHOW_SIGNAL_H
#define TRACER_SHOW_SIGNAL_H

#include "tracer/trace.h"

void show_sigset(struct tracing *t, struct task *k, struct buf *b, int i);
void show_sigaction(struct tracing *t, struct task *k, struct buf *b, int i);
void show_siginfo(struct tracing *t, struct task *k, struct buf *b, int i);
void show_itimerval(struct tracing *t, struct task *k, struct buf *b, int i);
void show_itimerspec(struct tracing *t, struct task *k, struct buf *b, int i);
void show_sigevent(struct tracing *t, struct task *k, struct buf *b, int i);
void show_sigstack(struct tracing *t, struct task *k, struct buf *b, int i);

#endif
