/*
 * Wrong on purpose: the signal may come between the test and pause.
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

	check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	if (check(fork(), "fork") == 0) {
		check(kill(getppid(), SIGUSR1), "kill");
		return 0;
	}
	while (!ready)
		pause();
	write(1, "waiter: it is ready\n", 20);
	check(wait(NULL), "wait");
	return 0;
}
