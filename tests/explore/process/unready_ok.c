/* Right: the signal is blocked before there is a child, and waits for it. */
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
	sigset_t call;
	pid_t child;

	sigemptyset(&call);
	sigaddset(&call, SIGUSR1);
	sigprocmask(SIG_BLOCK, &call, NULL);
	child = start(run_called);
	must(kill(child, SIGUSR1) == 0, "the child can be called");
	return finish(1);
}
