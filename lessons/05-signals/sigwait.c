/*
 * Without a handler: the receiver blocks the signals and takes them with
 * sigwaitinfo, one after the other, where it wants.
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
send_both(pid_t receiver)
{
	union sigval value = { .sival_int = 42 };

	check(sigqueue(receiver, SIGRTMIN, value), "sigqueue");
	check(kill(receiver, SIGTERM), "kill");
}

int
main(void)
{
	siginfo_t info;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGTERM);
	check(sigprocmask(SIG_BLOCK, &set, NULL), "sigprocmask");
	if (check(fork(), "fork") == 0) {
		send_both(getppid());
		return 0;
	}
	while (check(sigwaitinfo(&set, &info), "sigwaitinfo") != SIGTERM)
		printf("receiver: it brings %d\n", info.si_value.sival_int);
	printf("receiver: asked to end\n");
	check(wait(NULL), "wait");
	return 0;
}
