/* Probes of tasks against real ones.  */
#include "config.h"

#include "child.h"
#include "probe/probe.h"

#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int ends[2];
static char *why, byte;

static struct probe_task
look(pid_t tid)
{
	struct probe_task task;
	int rc = probe_task(tid, &task, &why);

	ck_assert_msg(rc == 0, "%s", why);
	return task;
}

static struct probe_task
look_when_asleep(pid_t tid)
{
	struct probe_task task;

	do
		task = look(tid);
	while (task.state != 'S');
	return task;
}

static void
read_pipe(void)
{
	_exit(read(ends[0], &byte, 1) != 1);
}

START_TEST(why_a_process_sleeps)
{
	struct probe_task task;
	pid_t pid;
	int status;

	live_user(_i);
	ck_assert_int_eq(pipe(ends), 0);
	pid = child_start(NULL, read_pipe);
	ck_assert_int_eq(look(pid).state, 'T');
	child_go(pid);
	task = look_when_asleep(pid);
	ck_assert_int_eq(task.call, SYS_read);
	ck_assert_uint_eq(task.arg[0], ends[0]);
	ck_assert_uint_eq(task.arg[1], (uintptr_t)&byte);
	ck_assert_uint_eq(task.arg[2], 1);
	ck_assert_int_eq(task.ppid, getpid());
	ck_assert_int_eq(task.tracer, 0);
	ck_assert(!task.wchan[0] || strstr(task.wchan, "pipe"));
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	ck_assert_int_eq(probe_task(pid, &task, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "has ended"));
}
END_TEST

START_TEST(a_dead_child_is_a_zombie_until_it_is_waited_for)
{
	siginfo_t info;
	pid_t pid;

	live_user(_i);
	pid = child_start(NULL, NULL);
	child_go(pid);
	ck_assert_int_eq(waitid(P_PID, pid, &info, WEXITED | WNOWAIT), 0);
	ck_assert_int_eq(look(pid).state, 'Z');
	child_end(pid);
}
END_TEST

static void
do_nothing(int signal)
{
	(void)signal;
}

static void
arrange_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGHUP, do_nothing);
	signal(SIGPIPE, SIG_IGN);
	raise(SIGUSR1);			/* pending for the thread */
	kill(getpid(), SIGUSR2);	/* and for the process */
}

static uint64_t
bit(int signal)
{
	return 1ull << (signal - 1);
}

START_TEST(signals_are_told)
{
	struct probe_task task;
	pid_t pid;

	live_user(_i);
	pid = child_start(arrange_signals, NULL);
	task = look(pid);
	ck_assert_uint_eq(task.sig_pending & (bit(SIGUSR1) | bit(SIGUSR2)),
			  bit(SIGUSR1) | bit(SIGUSR2));
	ck_assert_uint_eq(task.sig_blocked, bit(SIGUSR1) | bit(SIGUSR2));
	ck_assert(task.sig_ignored & bit(SIGPIPE));
	ck_assert(task.sig_caught & bit(SIGHUP));
	ck_assert(!(task.sig_caught & bit(SIGPIPE)));
	child_end(pid);
}
END_TEST

static atomic_int thread_id;

static void *
wait_in_thread(void *arg)
{
	thread_id = syscall(SYS_gettid);
	if (read(ends[0], &byte, 1) != 1)
		return arg;
	return NULL;
}

START_TEST(a_thread_is_a_task_of_its_own)
{
	pthread_t thread;

	live_user(_i);
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(pthread_create(&thread, NULL, wait_in_thread, NULL),
			 0);
	while (!thread_id)
		;
	ck_assert_int_eq(look_when_asleep(thread_id).call, SYS_read);
	ck_assert_int_eq(look(getpid()).state, 'R');
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
}
END_TEST

START_TEST(a_traced_process_names_its_tracer)
{
	pid_t pid;

	live_user(_i);
	pid = child_start(NULL, NULL);
	ck_assert_int_eq(ptrace(PTRACE_SEIZE, pid, 0, 0), 0);
	ck_assert_int_eq(look(pid).tracer, getpid());
	child_end(pid);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("probe_task");
	SRunner *runner = srunner_create(suite);
	TCase *t = tcase_create("tasks");
	int failed;

	if (live_lacks_ptrace()) {
		srunner_free(runner);
		return 0;
	}
	tcase_set_timeout(t, 0);	/* a busy machine must not fail it */
	tcase_add_loop_test(t, why_a_process_sleeps, 0, LIVE_USERS);
	tcase_add_loop_test(t,
			    a_dead_child_is_a_zombie_until_it_is_waited_for,
			    0, LIVE_USERS);
	tcase_add_loop_test(t, signals_are_told, 0, LIVE_USERS);
	tcase_add_loop_test(t, a_thread_is_a_task_of_its_own, 0, LIVE_USERS);
	tcase_add_loop_test(t, a_traced_process_names_its_tracer, 0,
			    LIVE_USERS);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
