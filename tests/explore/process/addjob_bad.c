/* Wrong: a job is put into the table after its child is started.  To be found:
 * the child ends before, and its job stays for ever.  */
#include <errno.h>
#include <signal.h>

#include "must.h"

static volatile pid_t job;		/* the table: 0, or a child */
static volatile sig_atomic_t reaped;

static void
on_child(int signal)
{
	int keep = errno;
	pid_t pid;

	(void)signal;
	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
		if (pid == job)
			job = 0;
		reaped = 1;
	}
	errno = keep;
}

static void
run_job(void)
{
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_child };
	sigset_t child, before;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigaction(SIGCHLD, &action, NULL);
	job = start(run_job);
	sigprocmask(SIG_BLOCK, &child, &before);
	while (!reaped)
		sigsuspend(&before);
	must(job == 0, "a job that has ended is not in the table");
	return 0;
}
