/*
 * Threads of ISO C (<threads.h>).  In the C libraries that we know mtx_t,
 * cnd_t, once_flag and thrd_t are what <pthread.h> has under other names, and
 * so they are told.
 */
#include "config.h"

#include "runtime/operation.h"
#include "runtime/wait.h"

#include <pthread.h>
#include <threads.h>

/* As thrd_create(3) and the others name an error.  */
static int
error_of(int result)
{
	return result == thrd_success ? 0 : result == thrd_busy ? EBUSY :
	       result == thrd_timedout ? ETIMEDOUT :
	       result == thrd_nomem ? ENOMEM : EINVAL;
}

static int
result_of(int error)
{
	return error == 0 ? thrd_success : error == EBUSY ? thrd_busy :
	       error == ETIMEDOUT ? thrd_timedout :
	       error == ENOMEM ? thrd_nomem : thrd_error;
}

static int
end(long nr, int result)
{
	rt_end_error(nr, error_of(result));
	return result;
}

#define C11(name, as, parameters, arguments, object, b, c, deadline) \
	int __real_##name parameters; \
	RT_EXPORT int __wrap_##name parameters; \
	RT_EXPORT int \
	__wrap_##name parameters \
	{ \
		rt_begin(RT_##as, object, (uintptr_t)(b), (uintptr_t)(c), \
			 RT_HERE, deadline); \
		return end(RT_##as, __real_##name arguments); \
	}
#define C11_VOID(name, as, type) \
	void __real_##name(type *object); \
	RT_EXPORT void __wrap_##name(type *object); \
	RT_EXPORT void \
	__wrap_##name(type *object) \
	{ \
		rt_begin(RT_##as, object, 0, 0, RT_HERE, NULL); \
		__real_##name(object); \
		rt_end_error(RT_##as, 0); \
	}

C11(mtx_init, pthread_mutex_init, (mtx_t *m, int type), (m, type), m, 0, 0,
    NULL)
C11_VOID(mtx_destroy, pthread_mutex_destroy, mtx_t)
C11(mtx_lock, pthread_mutex_lock, (mtx_t *m), (m), m, 0, 0, NULL)
C11(mtx_trylock, pthread_mutex_trylock, (mtx_t *m), (m), m, 0, 0, NULL)
C11(mtx_timedlock, pthread_mutex_timedlock,
    (mtx_t *m, const struct timespec *until), (m, until), m, 0, 0, until)
C11(mtx_unlock, pthread_mutex_unlock, (mtx_t *m), (m), m, 0, 0, NULL)

C11(cnd_init, pthread_cond_init, (cnd_t *c), (c), c, 0, 0, NULL)
C11_VOID(cnd_destroy, pthread_cond_destroy, cnd_t)
C11(cnd_signal, pthread_cond_signal, (cnd_t *c), (c), c, 0, 0, NULL)
C11(cnd_broadcast, pthread_cond_broadcast, (cnd_t *c), (c), c, 0, 0, NULL)

RT_EXPORT int __wrap_cnd_wait(cnd_t *c, mtx_t *m);
RT_EXPORT int
__wrap_cnd_wait(cnd_t *c, mtx_t *m)
{
	return result_of(rt_wait((pthread_cond_t *)c, (pthread_mutex_t *)m,
				 NULL, RT_HERE));
}

RT_EXPORT int __wrap_cnd_timedwait(cnd_t *c, mtx_t *m,
				   const struct timespec *until);
RT_EXPORT int
__wrap_cnd_timedwait(cnd_t *c, mtx_t *m, const struct timespec *until)
{
	return result_of(rt_wait((pthread_cond_t *)c, (pthread_mutex_t *)m,
				 until, RT_HERE));
}

RT_EXPORT void __wrap_call_once(once_flag *once, void (*run)(void));
RT_EXPORT void
__wrap_call_once(once_flag *once, void (*run)(void))
{
	rt_once((pthread_once_t *)once, run, RT_HERE);
}

C11(thrd_create, pthread_create, (thrd_t *t, thrd_start_t run, void *arg),
    (t, run, arg), NULL, run, arg, NULL)
C11(thrd_join, pthread_join, (thrd_t t, int *result), (t, result), (void *)t,
    0, 0, NULL)
C11(thrd_detach, pthread_detach, (thrd_t t), (t), (void *)t, 0, 0, NULL)
