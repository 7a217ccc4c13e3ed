/*
 * Condition variables (pthread_cond_wait(3p)).
 *
 * A wait gives the mutex up, sleeps, and takes the mutex again: between its
 * being woken and its having the mutex others may take that and change what
 * was waited for.  The C library does it all in one call, and where one thread
 * moves at a time who was woken would always be the next to have the mutex.
 * So where the tracer says that it is so (RT_SPLIT), the wait is made of its
 * parts.  It sleeps on the program's own condition variable, with a mutex that
 * nobody else has; that the program's mutex is given up first is not seen, as
 * nobody else moves before this thread sleeps.
 */
#include "config.h"

#include "runtime/operation.h"
#include "runtime/wait.h"

#include <pthread.h>

THREAD(pthread_cond_init,
       (pthread_cond_t *c, const pthread_condattr_t *how), (c, how),
       c, 0, 0, NULL)
THREAD(pthread_cond_destroy, (pthread_cond_t *c), (c), c, 0, 0, NULL)
THREAD(pthread_cond_signal, (pthread_cond_t *c), (c), c, 0, 0, NULL)
THREAD(pthread_cond_broadcast, (pthread_cond_t *c), (c), c, 0, 0, NULL)

int __real_pthread_mutex_lock(pthread_mutex_t *m);
int __real_pthread_mutex_unlock(pthread_mutex_t *m);
int __real_pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m);
int __real_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
				  const struct timespec *until);
int __real_pthread_cond_clockwait(pthread_cond_t *c, pthread_mutex_t *m,
				  clockid_t clock,
				  const struct timespec *until);

struct waiting {
	long nr;			/* which of the three */
	pthread_cond_t *c;
	pthread_mutex_t *m;
	clockid_t clock;
	const struct timespec *until;
	uintptr_t pc;
};

static int
sleep_with(const struct waiting *w, pthread_mutex_t *m)
{
	switch (w->nr) {
	case RT_pthread_cond_timedwait:
		return __real_pthread_cond_timedwait(w->c, m, w->until);
	case RT_pthread_cond_clockwait:
		return __real_pthread_cond_clockwait(w->c, m, w->clock,
						     w->until);
	default:
		return __real_pthread_cond_wait(w->c, m);
	}
}

static int
lock_again(const struct waiting *w)
{
	rt_begin(RT_pthread_mutex_lock, w->m, 0, 0, w->pc, NULL);
	return rt_end_error(RT_pthread_mutex_lock,
			    __real_pthread_mutex_lock(w->m));
}

/* Cancelled in its sleep (pthread_cancel(3)): its handlers run with the mutex
 * locked.  */
static void
cancelled(void *w)
{
	lock_again(w);
}

static int
sleep_apart(struct waiting *w)
{
	pthread_mutex_t nobodys = PTHREAD_MUTEX_INITIALIZER;
	int error;

	__real_pthread_mutex_lock(&nobodys);
	pthread_cleanup_push(cancelled, w);
	error = sleep_with(w, &nobodys);
	pthread_cleanup_pop(0);
	__real_pthread_mutex_unlock(&nobodys);
	return error;
}

static int
wait_in_parts(struct waiting *w, bool sleeps)
{
	int error = __real_pthread_mutex_unlock(w->m), again;

	if (error)		/* it is not ours: EPERM */
		return error;
	if (sleeps)
		error = sleep_apart(w);
	again = lock_again(w);
	return again ? again : error;
}

static int
wait_for(struct waiting *w)
{
	long how = rt_begin(w->nr, w->c, (uintptr_t)w->m, w->clock, w->pc,
			    w->until);

	if (how != RT_SPLIT && how != RT_SPURIOUS)
		return rt_end_error(w->nr, sleep_with(w, w->m));
	return rt_end_error(w->nr, wait_in_parts(w, how == RT_SPLIT));
}

int
rt_wait(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *until,
	uintptr_t pc)
{
	struct waiting w = { .nr = until ? RT_pthread_cond_timedwait
					 : RT_pthread_cond_wait,
			     .c = c, .m = m, .pc = pc, .until = until };

	return wait_for(&w);
}

#define WAIT(name, parameters, ...) \
	RT_EXPORT int __wrap_##name parameters; \
	RT_EXPORT int \
	__wrap_##name parameters \
	{ \
		struct waiting w = { .nr = RT_##name, .c = c, .m = m, \
				     .pc = RT_HERE, __VA_ARGS__ }; \
\
		return wait_for(&w); \
	}
WAIT(pthread_cond_wait, (pthread_cond_t *c, pthread_mutex_t *m), )
WAIT(pthread_cond_timedwait,
     (pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *until),
     .until = until)
WAIT(pthread_cond_clockwait,
     (pthread_cond_t *c, pthread_mutex_t *m, clockid_t clock,
      const struct timespec *until), .clock = clock, .until = until)
