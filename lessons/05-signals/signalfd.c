/*
 * Signals out of a descriptor: it can be watched with poll beside others, and
 * read when there is something.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
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
work(int to)
{
	check(write(to, "x", 1), "write");
	check(kill(getppid(), SIGUSR1), "kill");
}

int
main(void)
{
	struct signalfd_siginfo info;
	int fd[2], signals;
	sigset_t set;
	char byte;

	check(pipe(fd), "pipe");
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	check(sigprocmask(SIG_BLOCK, &set, NULL), "sigprocmask");
	signals = check(signalfd(-1, &set, 0), "signalfd");
	if (check(fork(), "fork") == 0) {
		work(fd[1]);
		return 0;
	}
	for (int seen = 0; seen < 2; seen++) {
		struct pollfd both[] = { { fd[0], POLLIN, 0 },
					 { signals, POLLIN, 0 } };

		check(poll(both, 2, -1), "poll");
		if (both[0].revents) {
			check(read(fd[0], &byte, 1), "read");
			printf("receiver: a byte\n");
		} else {
			check(read(signals, &info, sizeof(info)), "read");
			printf("receiver: signal %d\n", info.ssi_signo);
		}
	}
	check(wait(NULL), "wait");
	return 0;
}
