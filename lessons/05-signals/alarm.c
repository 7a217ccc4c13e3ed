/*
 * alarm(2) as a limit of time: the reader waits for a byte that nobody
 * writes, but not longer than two seconds.
 */
#define _GNU_SOURCE		/* strerrorname_np */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
on_alarm(int signal)
{
	(void)signal;	/* that it runs is enough: read is broken off */
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_alarm };
	char byte;
	int fd[2];

	check(sigaction(SIGALRM, &action, NULL), "sigaction");
	check(pipe(fd), "pipe");
	alarm(2);
	if (read(fd[0], &byte, 1) == -1)
		printf("no answer for two seconds: %s\n",
		       strerrorname_np(errno));
	return 0;
}
