/*
 * Whoever starts a sandbox is killed while it begins: at a system call of one
 * of those that make it, then in another beginning at a later one, and so on.
 * Nobody may be left.
 *
 * This process traces them, and so decides when that is; who loses his parent
 * becomes its child, and so it knows who is left.  $MOMENTS is "all": at every
 * system call, entered and left; else at some.
 */
#include "config.h"

#include "child.h"
#include "sandbox/sandbox.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	STEP = 31,		/* of moments, where not all are tried */
	PROGRAMS = 3,		/* bwrap, prlimit and what is run */
	FAR_TOO_LONG = 300,	/* seconds */
	KNOWN_MAX = 64,
	OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
		  PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
		  PTRACE_O_TRACEEXEC,
};

static pid_t known[KNOWN_MAX];		/* of this beginning */
static int n_known;

static void
remember(pid_t pid)
{
	for (int i = 0; i < n_known; i++)
		if (known[i] == pid)
			return;
	if (n_known < KNOWN_MAX)
		known[n_known++] = pid;
}

static void
end_whoever_is_left(int sig)
{
	static const char text[] = "# somebody is left, and waits\n";

	(void)sig;
	for (int i = 0; i < n_known; i++)
		kill(known[i], SIGKILL);
	if (write(1, text, sizeof(text) - 1) < 0)
		_exit(2);
	_exit(1);
}

/* ---- who is killed ---- */
static void __attribute__((noreturn))
begin_and_wait(void)
{
	char sleeps[] = "/bin/sleep", long_time[] = "100000";
	char *const argv[] = { sleeps, long_time, NULL };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	char *why = NULL;

	raise(SIGSTOP);
	sandbox_spawn(&(struct sandbox_config){ .cwd = "/" }, argv,
		      (int[]){ null, null, null }, 3, &why);
	for (;;)
		pause();
}

/* ---- one beginning ---- */
struct beginning {
	pid_t parent;
	int moment;		/* when the parent is killed */
	int seen, execs;
	bool killed;		/* it is over: everybody is let go */
};

static void
strike(struct beginning *b)
{
	kill(b->parent, SIGKILL);
	b->killed = true;
}

/* What is to be given to the task when it goes on.  */
static int
look(struct beginning *b, pid_t pid, int status)
{
	int sig = WSTOPSIG(status), event = status >> 16;

	if (sig == (SIGTRAP | 0x80) && pid != b->parent) {
		if (++b->seen == b->moment)
			strike(b);
		return 0;
	}
	if (event == PTRACE_EVENT_EXEC && ++b->execs == PROGRAMS)
		strike(b);
	return event || sig == (SIGTRAP | 0x80) ? 0 : sig;
}

static pid_t
seize(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		begin_and_wait();
	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	ck_assert(WIFSTOPPED(status));
	ck_assert_int_eq(ptrace(PTRACE_SEIZE, pid, 0, OPTIONS), 0);
	kill(pid, SIGCONT);
	return pid;
}

/* True: there was such a moment.  Returns when nobody is left.  */
static bool
kill_at(int moment)
{
	struct beginning b = { .parent = seize(), .moment = moment };
	int status;
	pid_t pid;

	n_known = 0;
	alarm(FAR_TOO_LONG);
	while ((pid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
		int sig;

		if (pid < 0 || !WIFSTOPPED(status))
			continue;
		remember(pid);
		sig = look(&b, pid, status);
		ptrace(b.killed ? PTRACE_DETACH : PTRACE_SYSCALL, pid, 0, sig);
	}
	alarm(0);
	return b.seen >= moment;
}

START_TEST(killed_at_any_moment_nobody_is_left)
{
	const char *all = getenv("MOMENTS");
	int step = all && strcmp(all, "all") == 0 ? 1 : STEP, moment = 1;

	live_user(_i);
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	signal(SIGALRM, end_whoever_is_left);
	while (kill_at(moment))
		moment += step;
	ck_assert_int_gt(moment, 10 * step);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("orphan");
	SRunner *runner = srunner_create(suite);
	TCase *t = tcase_create("orphan");
	char *why = NULL;
	int failed;

	if (live_lacks_ptrace())
		return 0;
	if (sandbox_tier(&why) == SANDBOX_NONE) {
		printf("1..0 # SKIP %s\n", why);
		srunner_free(runner);
		return 0;
	}
	free(why);
	tcase_set_timeout(t, 0);	/* a busy machine must not fail it */
	tcase_add_loop_test(t, killed_at_any_moment_nobody_is_left, 0,
			    LIVE_USERS);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
