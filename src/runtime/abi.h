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
 *   hello      RT_VERSION; RT_TRACED is answered, with RT_SERVE, RT_LEARN
 *              and RT_COUNTER where they are wanted
 *   mapping    address, struct rt_mapping * to be filled in
 *   server     address of a table of uint64_t, its number of entries, and
 *              where a fork's own number is to be written, or 0: see below
 *   fork       what the last such call gave, or 0: see below
 *   load, store, rmw
 *              address, size, flags, program counter of the access; told
 *              *before* it is made.  With RT_LEARNED: the first and the last
 *              address + 1 of the granules that were learned
 *   NAME       an operation of the C library begins: address of the object,
 *              a second and a third argument, program counter, and the
 *              time-out (a struct timespec *) or 0
 *   end        the operation's number, its result, its error (an errno value
 *              or 0), a value that it stored
 *
 * Between NAME and end the thread is in the operation: futex(2) beneath is
 * part of it.  This header stands alone; it is included by the runtime and by
 * the tracer, and nothing else is shared.
 *
 * Waiting for a condition variable.  RT_SPLIT or RT_SPURIOUS is answered where
 * one thread moves at a time.  Then the wait gives up the mutex and sleeps, and when it
 * has been woken the mutex is taken by an operation of its own, with a point,
 * within that of the wait:
 *
 *   pthread_cond_wait, pthread_mutex_lock, end of it, end of the wait
 *
 * Otherwise both are one, as the C library does it.
 *
 * The fork server.  If RT_SERVE was answered, the program makes the call
 * `server` right before main(), when its constructors have run, and again for
 * each further run.  The answer 0 ends it (exit status 0, nothing is flushed);
 * 1 + N: it takes the first N entries of its table, addresses of granules, into
 * the learned set, and forks; the child goes on to main(), the parent comes
 * back with `server`.  With RT_AGAIN it does not fork, and comes back; with
 * RT_STAY it does not fork, and goes on to main() itself.  With RT_BY_LAB, which
 * is answered only where the third argument was not 0, it makes the call `fork`
 * instead, again and again.  The tracer makes other calls of it: a clone(2),
 * and what puts memory back behind a run that was lent it (tracer/lend.h).  So
 * nothing may lie in memory that is needed from one to the next.  The answer
 * RT_BORN: it is the child, and goes on to main(); RT_ASK: it comes back with
 * `server`.  It never waits for its children: the tracer makes them its own
 * (CLONE_PARENT of clone(2)).
 * ENOSYS: there is no server, it goes on to main().
 *
 * What is shared between threads.  If RT_LEARN was answered, too, then from
 * the first `server` on accesses to private memory are told only where they
 * matter.  The runtime keeps for each
 * granule (RT_GRANULE bytes, at an address that is a multiple of it) who used
 * it; an access is told when one of its granules is in the learned set, or
 * when by this access it comes to be used by two threads of which one writes.
 * It is told with RT_LEARNED then, and these granules are in the learned set
 * of this process and of those that it forks from there on.  So whatever was
 * not told is memory that one thread alone used, or that was only read; and
 * whoever adds the granules of what was told with RT_LEARNED to the server's
 * set will be told of all of them in the next run.  But a thread may wait in a
 * loop for what nobody else has used so far, and nobody else will as long as it
 * goes on: so one load of very many that are not told is told all the same,
 * with RT_DUE.  Programs that the subject
 * executes are not given RT_LEARN: there everything is told.
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
	X(pthread_create) X(pthread_join) \
	X(pthread_rwlock_clockrdlock) X(pthread_rwlock_clockwrlock) \
	X(pthread_tryjoin_np) X(pthread_timedjoin_np) \
	X(pthread_clockjoin_np) X(pthread_detach) X(pthread_cancel) \
	X(pthread_once)

enum {
	RT_VERSION = 2,
	RT_TRACED = 0x1bc1ab00,	/* the answer to hello, and with it: */
	RT_SERVE = 1,		/* be a fork server */
	RT_LEARN = 2,		/* tell of private memory what is shared */
	RT_COUNTER = 4,		/* a server: the time-stamp counter may be read
				   from now on: nothing here does it */
	RT_ANSWER_MASK = 0xff,

	/* Answers to server: 1 + N, and: */
	RT_COUNT = 0xffff,
	RT_AGAIN = 0x10000,
	RT_STAY = 0x20000,
	RT_BY_LAB = 0x40000,

	/* Answers to fork, that no call gives.  */
	RT_BORN = -0x10001,
	RT_ASK = -0x10002,

	/* Answers to the wait for a condition variable.  */
	RT_SPURIOUS = 1,	/* in parts, and wake at once */
	RT_SPLIT = 2,		/* in parts */

	RT_GRANULE = 8,

	RT_HELLO = 900,
	RT_MAPPING,
	RT_LOAD,
	RT_STORE,
	RT_RMW,			/* reads and writes as one */
	RT_END,
	RT_SERVER,
	RT_FORK,

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
	RT_LEARNED = 4,		/* not told before: see above */
	RT_DUE = 8,		/* told only as many were not: see above */
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
