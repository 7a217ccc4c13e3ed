/*
 * Does anybody listen?  And what the compilers' instrumentation calls without
 * telling of an access.
 */
#include "config.h"

#include "runtime/inside.h"

bool rt_on;
unsigned rt_answer;

/* Instrumented modules call it from their first constructor, before those of
 * the program; a program of uninstrumented parts has our own.  */
RT_EXPORT void __tsan_init(void);
RT_EXPORT void
__tsan_init(void)
{
	static bool asked;
	long answer;

	if (asked)
		return;
	asked = true;
	answer = rt_call(RT_HELLO, RT_VERSION, 0, 0, 0, 0, 0);
	rt_on = (answer & ~(long)RT_ANSWER_MASK) == RT_TRACED;
	if (rt_on)
		rt_answer = answer & RT_ANSWER_MASK;
}

__attribute__((constructor(101))) static void
start(void)
{
	__tsan_init();
}

RT_EXPORT void __tsan_func_entry(void *pc);
RT_EXPORT void
__tsan_func_entry(void *pc)
{
	(void)pc;
}

RT_EXPORT void __tsan_func_exit(void);
RT_EXPORT void
__tsan_func_exit(void)
{
}

/* What headers say to ThreadSanitizer (sanitizer/tsan_interface.h): linked,
 * and without meaning here.  */
#define NOTHING(name) \
	RT_EXPORT void name(void); \
	RT_EXPORT void name(void) { }

NOTHING(__tsan_acquire)
NOTHING(__tsan_release)
NOTHING(__tsan_mutex_create)
NOTHING(__tsan_mutex_destroy)
NOTHING(__tsan_mutex_pre_lock)
NOTHING(__tsan_mutex_post_lock)
NOTHING(__tsan_mutex_post_unlock)
NOTHING(__tsan_mutex_pre_signal)
NOTHING(__tsan_mutex_post_signal)
NOTHING(__tsan_mutex_pre_divert)
NOTHING(__tsan_mutex_post_divert)
NOTHING(__tsan_ignore_thread_begin)
NOTHING(__tsan_ignore_thread_end)
NOTHING(AnnotateHappensBefore)
NOTHING(AnnotateHappensAfter)
NOTHING(AnnotateIgnoreReadsBegin)
NOTHING(AnnotateIgnoreReadsEnd)
NOTHING(AnnotateIgnoreWritesBegin)
NOTHING(AnnotateIgnoreWritesEnd)
NOTHING(AnnotateBenignRaceSized)
NOTHING(AnnotateNewMemory)
NOTHING(AnnotateThreadName)
NOTHING(AnnotateRWLockCreate)
NOTHING(AnnotateRWLockDestroy)
NOTHING(AnnotateRWLockAcquired)
NOTHING(AnnotateRWLockReleased)

/* Returns how many unlocks it stands for; we keep no count.  */
RT_EXPORT int __tsan_mutex_pre_unlock(void *m, unsigned flags);
RT_EXPORT int
__tsan_mutex_pre_unlock(void *m, unsigned flags)
{
	(void)m, (void)flags;
	return 0;
}

/* Fibers: there is one, the thread.  */
RT_EXPORT void *__tsan_get_current_fiber(void);
RT_EXPORT void *
__tsan_get_current_fiber(void)
{
	return NULL;
}
RT_EXPORT void *__tsan_create_fiber(unsigned flags);
RT_EXPORT void *
__tsan_create_fiber(unsigned flags)
{
	(void)flags;
	return NULL;
}
NOTHING(__tsan_destroy_fiber)
NOTHING(__tsan_switch_to_fiber)
NOTHING(__tsan_set_fiber_name)
