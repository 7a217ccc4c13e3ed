/*
 * A descriptor for a process: it means this process and never another, and
 * poll says when it has ended.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
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
main(void)
{
	pid_t child = check(fork(), "fork");
	struct pollfd watched = { -1, POLLIN, 0 };
	int status;

	if (child == 0)
		for (;;)
			pause();
	/* The C library of some systems has no functions for these yet.  */
	watched.fd = check(syscall(SYS_pidfd_open, child, 0), "pidfd_open");
	check(syscall(SYS_pidfd_send_signal, watched.fd, SIGTERM, NULL, 0),
	      "pidfd_send_signal");
	check(poll(&watched, 1, -1), "poll");
	printf("parent: it has ended\n");
	check(wait(&status), "wait");
	printf("parent: by signal %d\n", WTERMSIG(status));
	return 0;
}
