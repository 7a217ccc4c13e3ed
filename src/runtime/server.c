/*
 * The fork server: where the tracer asks for it, a program that is ready to go
 * into main() stands there, and forks for each run.  What loading it and its
 * constructors cost is paid once.
 *
 * A run that was forked sees what one that was executed sees: the same memory,
 * descriptors, arguments, signal dispositions.  It is forked as _Fork(3) does
 * it, without the handlers of pthread_atfork(3), which are the program's; no
 * lock of the C library is held, as there is one thread.
 */
#include "config.h"

#include "runtime/learn.h"

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LEARNED_AT_ONCE = 512 };
static uint64_t learned[LEARNED_AT_ONCE];

/* In glibc since 2.34.  */
extern pid_t _Fork(void) __attribute__((weak));

static pid_t
fork_quietly(void)
{
	return _Fork ? _Fork() : fork();
}

/* The C library's own, whatever malloc() the program has.  */
extern void *__libc_malloc(size_t size) __attribute__((weak));
extern void __libc_free(void *at) __attribute__((weak));

/* What the C library does at the first malloc() costs each run calls.  */
static void
prepare_memory(void)
{
	if (__libc_malloc && __libc_free)
		__libc_free(__libc_malloc(1));
}

/* Returns in a process that is to run main().  */
static void
serve(void)
{
	long answer;

	rt_prepare_mappings();
	prepare_memory();
	if (rt_answer & RT_COUNTER)
		rt_call(SYS_prctl, PR_SET_TSC, PR_TSC_ENABLE, 0, 0, 0, 0);
	if (rt_answer & RT_LEARN)
		rt_learn_begin();
	while ((answer = rt_call(RT_SERVER, (long)learned, LEARNED_AT_ONCE, 0,
				 0, 0, 0)) > 0) {
		rt_learn_add(learned, (answer & RT_COUNT) - 1);
		if (answer & RT_AGAIN)
			continue;
		if (answer & RT_STAY || fork_quietly() == 0)
			break;
	}
	if (answer == 0)
		rt_call(SYS_exit_group, 0, 0, 0, 0, 0, 0);
}

/* `ipclab cc` links with --wrap=main: what the C library calls main() is this.
 * In a shared library there is none.  */
int __real_main(int argc, char **argv, char **environment)
	__attribute__((weak));
RT_EXPORT int __wrap_main(int argc, char **argv, char **environment);
RT_EXPORT int
__wrap_main(int argc, char **argv, char **environment)
{
	if (rt_answer & RT_SERVE && rt_is_alone())
		serve();
	return __real_main(argc, argv, environment);
}
