/*
 * pthread_once(3p): one thread runs the initialiser, others wait until it has.
 *
 * What the initialiser does are operations of their own.  So for whoever runs
 * it pthread_once() ends, with the value 1, where it begins, and there is one
 * more when it has been run (the third argument is 1), which lets the others
 * go.
 */
#include "config.h"

#include "runtime/operation.h"
#include "runtime/wait.h"

#include <pthread.h>

struct first_time {
	struct first_time *outer;
	pthread_once_t *once;
	void (*run)(void);
	uintptr_t pc;
};
static __thread struct first_time *running;

static void
end(long value)
{
	if (__builtin_expect(rt_on, 0))
		rt_call(RT_END, RT_pthread_once, 0, 0, value, 0, 0);
}

static void
run_first(void)
{
	struct first_time *now = running;

	end(1);
	now->run();
	rt_begin(RT_pthread_once, now->once, 0, 1, now->pc, NULL);
}

int __real_pthread_once(pthread_once_t *once, void (*run)(void));

int
rt_once(pthread_once_t *once, void (*run)(void), uintptr_t pc)
{
	struct first_time now = { .outer = running, .once = once, .run = run,
				  .pc = pc };
	int error;

	rt_begin(RT_pthread_once, once, 0, 0, pc, NULL);
	running = &now;
	error = __real_pthread_once(once, run_first);
	running = now.outer;
	end(0);
	return error;
}

RT_EXPORT int __wrap_pthread_once(pthread_once_t *once, void (*run)(void));
RT_EXPORT int
__wrap_pthread_once(pthread_once_t *once, void (*run)(void))
{
	return rt_once(once, run, RT_HERE);
}
