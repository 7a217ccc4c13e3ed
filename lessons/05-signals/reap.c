/*
 * Three children end at once.  The handler of SIGCHLD waits for one child
 * ("one", which is wrong), or for all that there are ("all").
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static volatile sig_atomic_t reaped;
static int one;

static void
on_child(int signal)
{
	(void)signal;
	if (one) {
		reaped += waitpid(-1, NULL, WNOHANG) > 0;
		return;
	}
	while (waitpid(-1, NULL, WNOHANG) > 0)
		reaped++;
}

int
main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_child };
	sigset_t set, before;

	one = argc > 1 && strcmp(argv[1], "one") == 0;
	check(sigaction(SIGCHLD, &action, NULL), "sigaction");
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	check(sigprocmask(SIG_BLOCK, &set, &before), "sigprocmask");
	for (int i = 0; i < 3; i++)
		if (check(fork(), "fork") == 0)
			return 0;
	write(1, "parent: at work\n", 16);
	check(sigprocmask(SIG_SETMASK, &before, NULL), "sigprocmask");
	printf("parent: %d of 3 children reaped\n", (int)reaped);
	return 0;
}
