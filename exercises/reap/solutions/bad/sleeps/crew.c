/*
 * crew N: N workers write one byte each and end.  The parent reads what they
 * write; the handler of SIGCHLD waits for those that have ended.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t reaped;

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
on_child(int signal)
{
	int before = errno;

	(void)signal;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		reaped++;
	errno = before;
}

/* How many bytes come, until nobody can write any more.  A handler breaks off
 * a read: then it is made again.  */
static int
count_results(int in)
{
	char byte;
	long got;
	int n = 0;

	while ((got = read(in, &byte, 1)) != 0) {
		if (got == -1 && errno != EINTR)
			check(got, "read");
		n += got == 1;
	}
	return n;
}

int
main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_child };
	int fd[2], results, n = argc == 2 ? atoi(argv[1]) : 3;

	check(sigaction(SIGCHLD, &action, NULL), "sigaction");
	check(pipe(fd), "pipe");
	for (int i = 0; i < n; i++)
		if (check(fork(), "fork") == 0) {
			check(write(fd[1], "r", 1), "write");
			_exit(0);
		}
	close(fd[1]);
	while (reaped < n)
		usleep(1000);
	results = count_results(fd[0]);
	printf("%d results, %d reaped\n", results, (int)reaped);
	return 0;
}
