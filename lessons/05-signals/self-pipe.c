/*
 * The self-pipe: the handler writes a byte into a pipe of its own process.
 * So a signal becomes something that poll sees, on every Unix.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
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

static int self[2];

static void
on_signal(int signal)
{
	int saved = errno;	/* the handler must leave it as it was */

	(void)signal;
	write(self[1], "s", 1);
	errno = saved;
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_signal,
				    .sa_flags = SA_RESTART };
	struct pollfd watched;
	char byte;

	check(pipe(self), "pipe");
	/* A full pipe must not make the handler sleep.  */
	check(fcntl(self[1], F_SETFL, O_NONBLOCK), "fcntl");
	check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	if (check(fork(), "fork") == 0) {
		check(kill(getppid(), SIGUSR1), "kill");
		return 0;
	}
	watched = (struct pollfd){ self[0], POLLIN, 0 };
	while (poll(&watched, 1, -1) == -1)
		;	/* EINTR: poll is never made again */
	check(read(self[0], &byte, 1), "read");
	printf("receiver: a signal came\n");
	check(wait(NULL), "wait");
	return 0;
}
