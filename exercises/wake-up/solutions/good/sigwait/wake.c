/*
 * wake WORD: the parent sleeps until the child says with SIGUSR1 that it is
 * ready, and then prints WORD.
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

int
main(int argc, char **argv)
{
	sigset_t usr1;
	int got;

	if (argc != 2) {
		fprintf(stderr, "usage: %s WORD\n", argv[0]);
		return 2;
	}
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	check(sigprocmask(SIG_BLOCK, &usr1, NULL), "sigprocmask");
	if (check(fork(), "fork") == 0) {
		check(kill(getppid(), SIGUSR1), "kill");
		_exit(0);
	}
	if (sigwait(&usr1, &got) != 0 || got != SIGUSR1)
		return 1;
	printf("%s\n", argv[1]);
	check(wait(NULL), "wait");
	return 0;
}
