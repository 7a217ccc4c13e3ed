/*
 * Operations of the C library: told when they begin and when they end.  What
 * the library does between is its own.
 */
#ifndef RUNTIME_OPERATION_H
#define RUNTIME_OPERATION_H

#include "runtime/inside.h"

#include <errno.h>

struct timespec;

/* Begin: nr is RT_NAME; deadline NULL: none.  What was answered.  */
static inline long
rt_begin(long nr, const volatile void *object, uintptr_t b, uintptr_t c,
	 uintptr_t pc, const struct timespec *deadline)
{
	if (__builtin_expect(!rt_on, 1))
		return 0;
	return rt_call(nr, (long)object, b, c, pc, (long)deadline, 0);
}

/* End of one that gives -1 and errno (semaphores).  */
static inline int
rt_end_errno(long nr, int result)
{
	if (__builtin_expect(rt_on, 0))
		rt_call(RT_END, nr, result, result < 0 ? errno : 0, 0, 0, 0);
	return result;
}

/* End of one that gives an errno value (threads).  */
static inline int
rt_end_error(long nr, int error)
{
	if (__builtin_expect(rt_on, 0))
		rt_call(RT_END, nr, error ? -1 : 0, error, 0, 0, 0);
	return error;
}

/* A wrapper whose every argument is passed on.  OPERATION(how, NAME,
 * (parameters), (arguments), object, b, c, deadline)  */
#define OPERATION(how, name, parameters, arguments, object, b, c, deadline) \
	int __real_##name parameters; \
	RT_EXPORT int __wrap_##name parameters; \
	RT_EXPORT int \
	__wrap_##name parameters \
	{ \
		rt_begin(RT_##name, object, (uintptr_t)(b), (uintptr_t)(c), \
			 RT_HERE, deadline); \
		return how(RT_##name, __real_##name arguments); \
	}
#define SEMAPHORE(...) OPERATION(rt_end_errno, __VA_ARGS__)
#define THREAD(...) OPERATION(rt_end_error, __VA_ARGS__)

#endif
