/*
 * The guard.  SIGKILL cannot be caught, and a terminal left in raw mode on
 * the other screen is useless to the learner.  So a small process waits for
 * the death of the lab (PR_SET_PDEATHSIG), and gives the terminal back if it
 * was taken at that moment.  It holds nothing open but the terminal.
 */
#include "config.h"

#include "term/signals.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t guard;

static void
guard_main(pid_t lab, const sigset_t *death)
{
	int sig;

	prctl(PR_SET_NAME, "ipclab-guard");
	/* Away from the terminal's job control: its signals are not ours,
	 * and we may set its modes when a shell is in the foreground.  */
	setsid();
	close_range(STDERR_FILENO, ~0u, 0);
	prctl(PR_SET_PDEATHSIG, SIGUSR1);
	if (getppid() == lab)
		sigwait(death, &sig);
	restore_now();
	_exit(0);
}

void
guard_start(void)
{
	pid_t lab = getpid();
	sigset_t death, old;

	sigemptyset(&death);
	sigaddset(&death, SIGUSR1);
	sigprocmask(SIG_BLOCK, &death, &old);
	/* No guard is no reason not to work: fork(2) may fail.  */
	guard = fork();
	if (guard == 0)
		guard_main(lab, &death);
	sigprocmask(SIG_SETMASK, &old, NULL);
}

void
guard_stop(void)
{
	if (guard <= 0)
		return;
	kill(guard, SIGKILL);
	waitpid(guard, NULL, 0);
	guard = 0;
}
