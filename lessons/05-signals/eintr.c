/*
 * The reader sleeps in a call when SIGUSR1 comes.  First argument: read,
 * sleep or pause; with "restart" behind it the handler has SA_RESTART.
 */
#define _GNU_SOURCE		/* strerrorname_np */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
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
}

static long
sleep_in(const char *call, int in)
{
	struct timespec ten = { 10, 0 };
	char byte;

	if (strcmp(call, "pause") == 0)
		return pause();
	if (strcmp(call, "sleep") == 0)
		return nanosleep(&ten, NULL);
	return read(in, &byte, 1);
}

int
main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_signal };
	int fd[2];

	if (argc > 2 && strcmp(argv[2], "restart") == 0)
		action.sa_flags = SA_RESTART;
	check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		close(fd[0]);
		check(kill(getppid(), SIGUSR1), "kill");
		check(write(fd[1], "x", 1), "write");
		return 0;
	}
	close(fd[1]);
	if (sleep_in(argc > 1 ? argv[1] : "read", fd[0]) == -1)
		printf("reader: %s\n", strerrorname_np(errno));
	else
		printf("reader: got it\n");
	return 0;
}
