/*
 * What threads share, and handlers with what they interrupt, learned while
 * they run (abi.h): for those who make
 * memory and for those who tell of accesses.
 *
 * May run in handlers and in several threads at once.  Before rt_learn_begin(),
 * and where it has failed, nothing is learned and all is told.
 */
#ifndef RUNTIME_LEARN_H
#define RUNTIME_LEARN_H

#include "runtime/inside.h"

extern bool rt_learning;

/* The tracer wants it.  Once, while there is one thread.  */
void rt_learn_begin(void);

/* Granules that came to be shared by an access: between these addresses.  */
struct rt_learned {
	uintptr_t from, to;
};
/* An access to private memory, by one of several threads: is it to be told?
 * *learned, empty before, is widened by what came to be shared.  */
bool rt_learn_access(uintptr_t address, size_t size, bool writes,
		     struct rt_learned *learned);

/* Granules of the learned set, by their addresses.  */
void rt_learn_add(const uint64_t *address, size_t n);

/* Has anybody used a page that lies there?  */
bool rt_learn_knows(uintptr_t from, uintptr_t to);

/* This memory is given out anew: who used it before is forgotten.  It is safe
 * to leave it out.  */
void rt_learn_renewed(uintptr_t address, size_t size);

/* handler.c: the program has set a handler since there is learning.  */
extern bool rt_handlers;
/* The signal whose handler this thread is in, 0.  */
int rt_handler_signal(void);
/* ... and is that address on its part of the stack?  */
bool rt_is_handlers_stack(uintptr_t address);

/* reach.c: a thread begins on a stack that another may have had.  */
void rt_new_thread(void);
/* A thread was made on a stack of the program's own, or without a guard.  */
extern bool rt_odd_stacks;

#endif
