/*
 * Signals that wait: what the kernel says of a task that is stopped
 * (PTRACE_PEEKSIGINFO, PTRACE_GETSIGMASK; of one that sleeps, proc(5)).
 *
 * What nobody waits for is left out: a signal that is ignored the kernel
 * throws away when it is sent, but for a traced process it keeps it, to tell
 * the tracer (ptrace(2)).
 */
#ifndef TRACER_PENDING_H
#define TRACER_PENDING_H

#include "tracer/trace.h"

/* The signals that are blocked; of a task that is stopped.  */
uint64_t pending_mask(struct task *k);
/* Those that wait, for the thread or for its process.  */
uint64_t pending_set(struct task *k);
/* Does one wait that this mask lets through, and that would break off a
 * sleep?  */
bool pending_wakes(struct task *k, uint64_t mask);
/* Can it do anything to the task?  False: it is one that does nothing where
 * no handler was installed, and none was.  */
bool pending_matters(const struct task *k, int signal);
/* The signal that the kernel would deliver first, 0: none.  */
int pending_first(struct task *k);
/* Tell of everybody where it is not as it was told last.  */
void tell_pending(struct tracing *t);
/* The same of everybody, with what is blocked, ignored and caught.  */
void tell_signals(struct tracing *t);

#endif
