/* Wrong: a signal that could not be queued is lost.  To be found: the user has
 * too many that wait (sigqueue(3), EAGAIN), so the parent waits for ever.  */
#include <errno.h>
#include <signal.h>

#include "must.h"

enum { CALLS = 2 };

static int ends[2];

static void
on_call(int signal)
{
	(void)signal;
}

static void
run_caller(void)
{
	for (int i = 0; i < CALLS; i++)
		sigqueue(getppid(), SIGRTMIN,
			 (union sigval){ .sival_int = i });
	must(write(ends[1], "x", 1) == 1, "the letter is sent");
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_call };
	sigset_t calls;
	char letter;

	sigemptyset(&calls);
	sigaddset(&calls, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &calls, NULL);
	sigaction(SIGRTMIN, &action, NULL);
	must(pipe(ends) == 0, "there is a pipe");
	start(run_caller);
	close(ends[1]);
	must(read(ends[0], &letter, 1) == 1, "the letter comes");
	for (int i = 0; i < CALLS; i++)
		must(sigwaitinfo(&calls, NULL) == SIGRTMIN, "a call comes");
	close(ends[0]);
	return finish(1);
}
