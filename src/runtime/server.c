/*
 * The fork server: where the tracer asks for it, a program that is ready to go
 * into main() stands there, and forks for each run.  What loading it and its
 * constructors cost is paid once.
 *
 * A run that was forked sees what one that was executed sees: the same memory,
 * descriptors, arguments, signal dispositions.  It is forked as _Fork(3) does
 * it, without the handlers of pthread_atfork(3), which are the program's; no
 * lock of the C library is held, as there is one thread.  Where the tracer makes
 * the call, what _Fork(3) does is done here: the kernel writes the child's
 * number where the C library keeps it (set_tid_address(2)), and the child has a
 * list of robust locks, which is empty (get_robust_list(2)).
 */
#include "config.h"

#include "runtime/learn.h"

#include <linux/futex.h>
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

static struct robust {
	struct robust_list_head *head;
	size_t size;
} robust;

/* Where the C library keeps the number of this thread; 0: the kernel cannot be
 * asked, or somebody holds a robust lock.  */
static long
find_own_number(void)
{
	long at = 0;

	if (rt_call(SYS_prctl, PR_GET_TID_ADDRESS, (long)&at, 0, 0, 0, 0) ||
	    rt_call(SYS_get_robust_list, 0, (long)&robust.head,
		    (long)&robust.size, 0, 0, 0) ||
	    !robust.head || robust.head->list.next != &robust.head->list)
		return 0;
	return at;
}

/* True: in the child.  */
static bool
fork_by_lab(void)
{
	long result = 0;

	do
		result = rt_call(RT_FORK, result, 0, 0, 0, 0, 0);
	while (result != RT_BORN && result != RT_ASK);
	if (result == RT_BORN)
		rt_call(SYS_set_robust_list, (long)robust.head,
			(long)robust.size, 0, 0, 0, 0);
	return result == RT_BORN;
}

/* Returns in a process that is to run main().  */
static void
serve(void)
{
	long answer, number = find_own_number();

	rt_prepare_mappings();
	prepare_memory();
	if (rt_answer & RT_COUNTER)
		rt_call(SYS_prctl, PR_SET_TSC, PR_TSC_ENABLE, 0, 0, 0, 0);
	if (rt_answer & RT_LEARN)
		rt_learn_begin();
	while ((answer = rt_call(RT_SERVER, (long)learned, LEARNED_AT_ONCE,
				 number, 0, 0, 0)) > 0) {
		rt_learn_add(learned, (answer & RT_COUNT) - 1);
		if (answer & RT_AGAIN)
			continue;
		if (answer & RT_BY_LAB ? fork_by_lab() :
		    answer & RT_STAY || fork_quietly() == 0)
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
