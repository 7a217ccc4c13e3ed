/*
 * The same, done right: the signal is blocked, but for the time in which the
 * waiter sleeps.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Pass the result of a system call on; stop with a message if it failed.  */
static long
check(long result, const char *what)
{
	if (result == -1) {
		perror(what);
		exit(1);
	}
	return result;
}

static volatile sig_atomic_t ready;

static void
on_signal(int signal)
{
	(void)signal;
	ready = 1;
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	sigset_t set, before;

	check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	check(sigprocmask(SIG_BLOCK, &set, &before), "sigprocmask");
	if (check(fork(), "fork") == 0) {
		check(kill(getppid(), SIGUSR1), "kill");
		return 0;
	}
	while (!ready)
		sigsuspend(&before);
	write(1, "waiter: it is ready\n", 20);
	check(wait(NULL), "wait");
	return 0;
}
