/*
 * The sender sends SIGUSR1 to the receiver, once.  What the receiver does with
 * it, the first argument says: catch, ignore, block, or nothing at all.
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

static void
on_signal(int signal)
{
	(void)signal;
	write(1, "receiver: it has come\n", 22);
}

static void
prepare(const char *how)
{
	struct sigaction action = { .sa_handler = on_signal };
	sigset_t set;

	if (strcmp(how, "ignore") == 0)
		action.sa_handler = SIG_IGN;
	if (strcmp(how, "nothing") != 0)
		check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	if (strcmp(how, "block") == 0) {
		sigemptyset(&set);
		sigaddset(&set, SIGUSR1);
		check(sigprocmask(SIG_BLOCK, &set, NULL), "sigprocmask");
	}
}

int
main(int argc, char **argv)
{
	prepare(argc > 1 ? argv[1] : "catch");
	if (check(fork(), "fork") == 0) {
		check(kill(getppid(), SIGUSR1), "kill");
		return 0;
	}
	write(1, "receiver: at work\n", 18);
	write(1, "receiver: still at work\n", 24);
	while (wait(NULL) == -1)
		;	/* a handler that runs breaks it off: EINTR */
	return 0;
}
