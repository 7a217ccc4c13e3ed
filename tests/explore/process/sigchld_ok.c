/* Right: the handler reaps all children that there are.  */
#include <errno.h>
#include <signal.h>

#include "must.h"

static volatile sig_atomic_t reaped;

static void
on_child(int signal)
{
	int keep = errno;

	(void)signal;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		reaped++;
	errno = keep;
}

static void
run_child(void)
{
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_child };
	sigset_t child, before;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &before);
	sigaction(SIGCHLD, &action, NULL);
	start(run_child);
	start(run_child);
	while (reaped < 2)
		sigsuspend(&before);
	return 0;
}
