/* Right: the signal is blocked while the parent looks, and lets go as it
 * sleeps.  */
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
run_caller(void)
{
	must(kill(getppid(), SIGUSR1) == 0, "the parent can be called");
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_call };
	sigset_t call, before;

	sigaction(SIGUSR1, &action, NULL);
	sigemptyset(&call);
	sigaddset(&call, SIGUSR1);
	sigprocmask(SIG_BLOCK, &call, &before);
	start(run_caller);
	while (!called)
		sigsuspend(&before);
	return finish(1);
}
