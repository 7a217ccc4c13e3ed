/*
 * What subjects built with `ipclab cc` tell, by calls that no kernel has
 * (runtime/abi.h): accesses to memory (decode_runtime.c), and operations of
 * the C library (operation.c).
 */
#ifndef TRACER_RUNTIME_H
#define TRACER_RUNTIME_H

#include "tracer/trace.h"

#include "runtime/abi.h"

/* ---- decode_runtime.c ---- */
/* Questions of the runtime are answered here: k->skipped, k->answer.  */
void runtime_answer(struct tracing *t, struct task *k);
/* What it was about to store when it went on has been stored: told now.  */
void runtime_stored(struct tracing *t, struct task *k);
/* Where in the program the call that it is in was made; 0: not the
 * runtime's.  */
uint64_t runtime_pc(const struct task *k);
void decode_entry_access(struct tracing *t, struct task *k);
void decode_exit_access(struct tracing *t, struct task *k, int64_t result);

/* ---- operation.c ---- */
void decode_entry_operation(struct tracing *t, struct task *k);
void decode_exit_operation(struct tracing *t, struct task *k, int64_t result);
/* It has begun: what was decoded at its entry is kept.  */
void operation_begin(struct tracing *t, struct task *k);
/* The runtime says how it ended: told.  */
void operation_end(struct tracing *t, struct task *k);
/* Another call was entered.  Is it a part of the operation: k->beneath?  True:
 * it is the operation's own futex(2), and is not told by itself.  */
bool operation_entry(struct tracing *t, struct task *k);
/* It opens, closes or removes a named semaphore.  */
bool operation_is_of_name(const struct task *k);
/* That sleep is over.  */
void operation_slept(struct task *k);
/* A handler runs: what it does is none of the operation.  */
void operation_interrupted(struct task *k);
void operation_forget(struct task *k);
/* What was called, while it sleeps beneath; there is one.  */
void operation_called(const struct task *k, long *nr, const uint64_t **arg);

/* ---- foresee_lock.c ---- */
bool foresee_operation(struct tracing *t, struct task *k);
/* It would sleep at a semaphore or mutex that lies in memory of several
 * processes, and is not made for that.  */
bool lock_is_misplaced(struct tracing *t, struct task *k);
/* How many a semaphore in the task's memory counts; NO_VALUE.  */
int64_t semaphore_value(struct task *k, uint64_t at);
/* The thread that is known to the task by this pthread_t, NULL.  */
struct task *thread_of(struct tracing *t, struct task *k, uint64_t thread);

#endif
