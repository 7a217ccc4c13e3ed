/*
 * Waiting, for those who have other names for it: as pthread_cond_wait(3),
 * pthread_cond_timedwait(3) where until is not NULL, and pthread_once(3), called
 * at pc.  They tell what they do, and return an errno value.
 */
#ifndef RUNTIME_WAIT_H
#define RUNTIME_WAIT_H

#include <pthread.h>
#include <stdint.h>

int rt_wait(pthread_cond_t *c, pthread_mutex_t *m,
	    const struct timespec *until, uintptr_t pc);
int rt_once(pthread_once_t *once, void (*run)(void), uintptr_t pc);

#endif
