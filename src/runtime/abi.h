/*
 * What a subject built with `ipclab cc` tells its tracer, and how.
 *
 * It makes system calls that no kernel has.  A traced run's seccomp filter
 * stops at them like at any other call; where nobody traces, the kernel
 * answers ENOSYS.  The runtime asks once, with hello, and is silent from then
 * on if there is no answer.
 *
 * Arguments of the calls, by place:
 *
 *   hello      RT_VERSION; RT_TRACED is answered
 *   mapping    address, struct rt_mapping * to be filled in
 *   load, store, rmw
 *              address, size, flags, program counter of the access; told
 *              *before* it is made
 *   NAME       an operation of the C library begins: address of the object,
 *              a second and a third argument, program counter, and the
 *              time-out (a struct timespec *) or 0
 *   end        the operation's number, its result, its error (an errno value
 *              or 0), a value that it stored
 *
 * Between NAME and end the thread is in the operation: futex(2) beneath is
 * part of it.  This header stands alone; it is included by the runtime and by
 * the tracer, and nothing else is shared.
 */
#ifndef RUNTIME_ABI_H
#define RUNTIME_ABI_H

#include <stdint.h>

/* Operations, by the names of the manual pages.  New ones go to the end of
 * the list: the numbers are in programs that were compiled.  */
#define RT_OPERATIONS(X) \
	X(sem_init) X(sem_destroy) X(sem_wait) X(sem_trywait) \
	X(sem_timedwait) X(sem_clockwait) X(sem_post) X(sem_getvalue) \
	X(sem_open) X(sem_close) X(sem_unlink) \
	X(pthread_mutex_init) X(pthread_mutex_destroy) \
	X(pthread_mutex_lock) X(pthread_mutex_trylock) \
	X(pthread_mutex_timedlock) X(pthread_mutex_clocklock) \
	X(pthread_mutex_unlock) X(pthread_mutex_consistent) \
	X(pthread_cond_init) X(pthread_cond_destroy) \
	X(pthread_cond_wait) X(pthread_cond_timedwait) \
	X(pthread_cond_clockwait) X(pthread_cond_signal) \
	X(pthread_cond_broadcast) \
	X(pthread_rwlock_init) X(pthread_rwlock_destroy) \
	X(pthread_rwlock_rdlock) X(pthread_rwlock_tryrdlock) \
	X(pthread_rwlock_timedrdlock) X(pthread_rwlock_wrlock) \
	X(pthread_rwlock_trywrlock) X(pthread_rwlock_timedwrlock) \
	X(pthread_rwlock_unlock) \
	X(pthread_barrier_init) X(pthread_barrier_destroy) \
	X(pthread_barrier_wait) \
	X(pthread_spin_lock) X(pthread_spin_trylock) X(pthread_spin_unlock) \
	X(pthread_create) X(pthread_join)

enum {
	RT_VERSION = 1,
	RT_TRACED = 0x1bc1ab,	/* the answer to hello */
	RT_SPURIOUS = 1,	/* ... to pthread_cond_wait: wake at once */

	RT_HELLO = 900,
	RT_MAPPING,
	RT_LOAD,
	RT_STORE,
	RT_RMW,			/* reads and writes as one */
	RT_END,

	RT_FIRST_OPERATION = 920,
#define RT_NUMBER(name) RT_##name,
	RT_BEFORE_OPERATIONS = RT_FIRST_OPERATION - 1,
	RT_OPERATIONS(RT_NUMBER)
#undef RT_NUMBER
	RT_AFTER_OPERATIONS,
};

/* Flags of an access.  */
enum {
	RT_ATOMIC = 1,
	RT_VOLATILE = 2,
};

/* The mapping (mmap(2)) that holds an address.  */
struct rt_mapping {
	uint64_t start, end;	/* equal: nothing is mapped there */
	uint64_t flags;
};
enum {
	RT_SHARED = 1,		/* MAP_SHARED: other processes may have it */
	RT_WRITABLE = 2,
	RT_FILE = 4,		/* of a file, not anonymous */
};

#endif
