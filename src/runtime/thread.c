/* Threads, and what they synchronise by (pthreads(7)).  */
#include "config.h"

#include "runtime/learn.h"
#include "runtime/operation.h"

#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>

/* ---- mutexes ---- */

THREAD(pthread_mutex_init,
       (pthread_mutex_t *m, const pthread_mutexattr_t *how), (m, how),
       m, 0, 0, NULL)
THREAD(pthread_mutex_destroy, (pthread_mutex_t *m), (m), m, 0, 0, NULL)
THREAD(pthread_mutex_lock, (pthread_mutex_t *m), (m), m, 0, 0, NULL)
THREAD(pthread_mutex_trylock, (pthread_mutex_t *m), (m), m, 0, 0, NULL)
THREAD(pthread_mutex_timedlock,
       (pthread_mutex_t *m, const struct timespec *until), (m, until),
       m, 0, 0, until)
THREAD(pthread_mutex_clocklock,
       (pthread_mutex_t *m, clockid_t clock, const struct timespec *until),
       (m, clock, until), m, clock, 0, until)
THREAD(pthread_mutex_unlock, (pthread_mutex_t *m), (m), m, 0, 0, NULL)
THREAD(pthread_mutex_consistent, (pthread_mutex_t *m), (m), m, 0, 0, NULL)

/* ---- read-write locks ---- */

THREAD(pthread_rwlock_init,
       (pthread_rwlock_t *l, const pthread_rwlockattr_t *how), (l, how),
       l, 0, 0, NULL)
THREAD(pthread_rwlock_destroy, (pthread_rwlock_t *l), (l), l, 0, 0, NULL)
THREAD(pthread_rwlock_rdlock, (pthread_rwlock_t *l), (l), l, 0, 0, NULL)
THREAD(pthread_rwlock_tryrdlock, (pthread_rwlock_t *l), (l), l, 0, 0, NULL)
THREAD(pthread_rwlock_timedrdlock,
       (pthread_rwlock_t *l, const struct timespec *until), (l, until),
       l, 0, 0, until)
THREAD(pthread_rwlock_wrlock, (pthread_rwlock_t *l), (l), l, 0, 0, NULL)
THREAD(pthread_rwlock_trywrlock, (pthread_rwlock_t *l), (l), l, 0, 0, NULL)
THREAD(pthread_rwlock_timedwrlock,
       (pthread_rwlock_t *l, const struct timespec *until), (l, until),
       l, 0, 0, until)
THREAD(pthread_rwlock_unlock, (pthread_rwlock_t *l), (l), l, 0, 0, NULL)

THREAD(pthread_rwlock_clockrdlock,
       (pthread_rwlock_t *l, clockid_t clock, const struct timespec *until),
       (l, clock, until), l, clock, 0, until)
THREAD(pthread_rwlock_clockwrlock,
       (pthread_rwlock_t *l, clockid_t clock, const struct timespec *until),
       (l, clock, until), l, clock, 0, until)

/* ---- barriers ---- */

THREAD(pthread_barrier_init,
       (pthread_barrier_t *b, const pthread_barrierattr_t *how, unsigned n),
       (b, how, n), b, n, 0, NULL)
THREAD(pthread_barrier_destroy, (pthread_barrier_t *b), (b), b, 0, 0, NULL)

/* One of those who met gets PTHREAD_BARRIER_SERIAL_THREAD, no error.  */
int __real_pthread_barrier_wait(pthread_barrier_t *b);
RT_EXPORT int __wrap_pthread_barrier_wait(pthread_barrier_t *b);
RT_EXPORT int
__wrap_pthread_barrier_wait(pthread_barrier_t *b)
{
	int result;

	rt_begin(RT_pthread_barrier_wait, b, 0, 0, RT_HERE, NULL);
	result = __real_pthread_barrier_wait(b);
	if (__builtin_expect(rt_on, 0))
		rt_call(RT_END, RT_pthread_barrier_wait, result,
			result > 0 ? result : 0, 0, 0, 0);
	return result;
}

/* ---- spin locks ---- */

/*
 * With one actor moving at a time whoever spins would spin for ever.  So under
 * the lab a spin lock sleeps in the kernel, on the lock's own word (which is
 * 0 while it is held, on x86_64, and 1 on other processors).
 */
THREAD(pthread_spin_trylock, (pthread_spinlock_t *l), (l), (void *)l, 0, 0,
       NULL)

int __real_pthread_spin_lock(pthread_spinlock_t *l);
RT_EXPORT int __wrap_pthread_spin_lock(pthread_spinlock_t *l);
RT_EXPORT int
__wrap_pthread_spin_lock(pthread_spinlock_t *l)
{
	int error;

	if (__builtin_expect(!rt_on, 1))
		return __real_pthread_spin_lock(l);
	rt_begin(RT_pthread_spin_lock, (void *)l, 0, 0, RT_HERE, NULL);
	for (;;) {
		int seen = *l;

		error = __real_pthread_spin_trylock(l);
		if (error != EBUSY)
			break;
		rt_call(SYS_futex, (long)l, FUTEX_WAIT, seen, 0, 0, 0);
	}
	return rt_end_error(RT_pthread_spin_lock, error);
}

int __real_pthread_spin_unlock(pthread_spinlock_t *l);
RT_EXPORT int __wrap_pthread_spin_unlock(pthread_spinlock_t *l);
RT_EXPORT int
__wrap_pthread_spin_unlock(pthread_spinlock_t *l)
{
	int error;

	if (__builtin_expect(!rt_on, 1))
		return __real_pthread_spin_unlock(l);
	rt_begin(RT_pthread_spin_unlock, (void *)l, 0, 0, RT_HERE, NULL);
	error = __real_pthread_spin_unlock(l);
	rt_call(SYS_futex, (long)l, FUTEX_WAKE, INT_MAX, 0, 0, 0);
	return rt_end_error(RT_pthread_spin_unlock, error);
}

/* ---- threads ---- */

/* A stack that is not like those that the C library makes.  */
static bool
has_odd_stack(const pthread_attr_t *how)
{
	size_t size = 0, guard = 1;
	void *at = NULL;

	if (!how)
		return false;
	pthread_attr_getstack(how, &at, &size);
	pthread_attr_getguardsize(how, &guard);
	return (uintptr_t)at + size != 0 || guard == 0;
}

int __real_pthread_create(pthread_t *t, const pthread_attr_t *how,
			  void *(*run)(void *), void *arg);
RT_EXPORT int __wrap_pthread_create(pthread_t *t, const pthread_attr_t *how,
				    void *(*run)(void *), void *arg);
RT_EXPORT int
__wrap_pthread_create(pthread_t *t, const pthread_attr_t *how,
		      void *(*run)(void *), void *arg)
{
	rt_begin(RT_pthread_create, NULL, (uintptr_t)run, (uintptr_t)arg,
		 RT_HERE, NULL);
	if (has_odd_stack(how))
		rt_odd_stacks = true;
	return rt_end_error(RT_pthread_create,
			    __real_pthread_create(t, how, run, arg));
}
THREAD(pthread_join, (pthread_t t, void **result), (t, result),
       (void *)t, 0, 0, NULL)
THREAD(pthread_tryjoin_np, (pthread_t t, void **result), (t, result),
       (void *)t, 0, 0, NULL)
THREAD(pthread_timedjoin_np,
       (pthread_t t, void **result, const struct timespec *until),
       (t, result, until), (void *)t, 0, 0, until)
THREAD(pthread_clockjoin_np,
       (pthread_t t, void **result, clockid_t clock,
	const struct timespec *until), (t, result, clock, until),
       (void *)t, clock, 0, until)
THREAD(pthread_detach, (pthread_t t), (t), (void *)t, 0, 0, NULL)
THREAD(pthread_cancel, (pthread_t t), (t), (void *)t, 0, 0, NULL)
