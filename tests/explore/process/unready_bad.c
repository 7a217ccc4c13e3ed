/* Wrong: the child is called as soon as there is one.  To be found: it has no
 * handler yet, and the signal ends it. */
#include <signal.h>

#include "must.h"

static volatile sig_atomic_t called;

static void
on_call(int signal)
{
	(void)signal;
	called = 1;
}

static void
run_called(void)
{
	struct sigaction action = { .sa_handler = on_call };
	sigset_t blocked, open;

	sigaction(SIGUSR1, &action, NULL);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	sigprocmask(SIG_BLOCK, &blocked, &open);
	sigdelset(&open, SIGUSR1);
	while (!called)
		sigsuspend(&open);
}

int
main(void)
{
	pid_t child = start(run_called);

	must(kill(child, SIGUSR1) == 0, "the child can be called");
	return finish(1);
}
