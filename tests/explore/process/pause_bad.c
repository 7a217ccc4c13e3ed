/* Wrong: the parent looks whether it was called, and then pauses.  To be found:
 * the call comes in between, and it pauses for ever.  */
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

	sigaction(SIGUSR1, &action, NULL);
	start(run_caller);
	while (!called)
		pause();
	return finish(1);
}
