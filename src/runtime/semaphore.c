/* POSIX semaphores (sem_overview(7)).  */
#include "config.h"

#include "runtime/operation.h"

#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>

SEMAPHORE(sem_init, (sem_t *s, int shared, unsigned value),
	  (s, shared, value), s, shared, value, NULL)
SEMAPHORE(sem_destroy, (sem_t *s), (s), s, 0, 0, NULL)
SEMAPHORE(sem_wait, (sem_t *s), (s), s, 0, 0, NULL)
SEMAPHORE(sem_trywait, (sem_t *s), (s), s, 0, 0, NULL)
SEMAPHORE(sem_timedwait, (sem_t *s, const struct timespec *until),
	  (s, until), s, 0, 0, until)
SEMAPHORE(sem_clockwait,
	  (sem_t *s, clockid_t clock, const struct timespec *until),
	  (s, clock, until), s, clock, 0, until)
SEMAPHORE(sem_post, (sem_t *s), (s), s, 0, 0, NULL)
SEMAPHORE(sem_close, (sem_t *s), (s), s, 0, 0, NULL)
SEMAPHORE(sem_unlink, (const char *name), (name), name, 0, 0, NULL)

/* What it stored is part of the answer.  */
int __real_sem_getvalue(sem_t *s, int *value);
RT_EXPORT int __wrap_sem_getvalue(sem_t *s, int *value);
RT_EXPORT int
__wrap_sem_getvalue(sem_t *s, int *value)
{
	int result;

	rt_begin(RT_sem_getvalue, s, 0, 0, RT_HERE, NULL);
	result = __real_sem_getvalue(s, value);
	if (__builtin_expect(rt_on, 0))
		rt_call(RT_END, RT_sem_getvalue, result,
			result < 0 ? errno : 0, result < 0 ? 0 : *value, 0, 0);
	return result;
}

/* Where it was mapped is the answer.  */
sem_t *__real_sem_open(const char *name, int flags, ...);
RT_EXPORT sem_t *__wrap_sem_open(const char *name, int flags, ...);
RT_EXPORT sem_t *
__wrap_sem_open(const char *name, int flags, ...)
{
	unsigned mode = 0, value = 0;
	va_list ap;
	sem_t *s;

	va_start(ap, flags);
	if (flags & O_CREAT) {
		mode = va_arg(ap, unsigned);
		value = va_arg(ap, unsigned);
	}
	va_end(ap);
	rt_begin(RT_sem_open, name, flags, value, RT_HERE, NULL);
	s = __real_sem_open(name, flags, mode, value);
	/* The C library has mapped it by itself.  */
	if (s != SEM_FAILED)
		rt_forget_mappings();
	if (__builtin_expect(rt_on, 0))
		rt_call(RT_END, RT_sem_open, s == SEM_FAILED ? -1 : 0,
			s == SEM_FAILED ? errno : 0, (long)s, 0, 0);
	return s;
}
