/*
 * Wrong on purpose: printf in a handler, while the program is in printf.
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

static void
on_signal(int signal)
{
	(void)signal;
	printf("handler: a signal\n");
	fflush(stdout);
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	if (check(fork(), "fork") == 0) {
		check(kill(getppid(), SIGUSR1), "kill");
		_exit(0);
	}
	printf("writer: one line\n");
	fflush(stdout);
	while (wait(NULL) == -1)
		;	/* a handler that runs breaks it off: EINTR */
	return 0;
}
