/*
 * wake WORD: the parent sleeps until the child says with SIGUSR1 that it is
 * ready, and then prints WORD.  Wrong on purpose.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t ready;

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

static void
on_signal(int signal)
{
	(void)signal;
	ready = 1;
}

int
main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_signal };

	if (argc != 2) {
		fprintf(stderr, "usage: %s WORD\n", argv[0]);
		return 2;
	}
	check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	if (check(fork(), "fork") == 0) {
		check(kill(getppid(), SIGUSR1), "kill");
		_exit(0);
	}
	while (!ready)
		pause();
	printf("%s\n", argv[1]);
	check(wait(NULL), "wait");
	return 0;
}
