/* A mutex in shared memory, for the processes that share it.  */
#ifndef LOCK_H
#define LOCK_H

#include <pthread.h>

#include "must.h"

static inline void
make_lock(pthread_mutex_t *lock)
{
	pthread_mutexattr_t kind;

	pthread_mutexattr_init(&kind);
	pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
	must(pthread_mutex_init(lock, &kind) == 0, "a lock can be made");
	pthread_mutexattr_destroy(&kind);
}

#endif
