/*
 * Whose is O_NONBLOCK?  The child sets it, and the parent's read feels it:
 * both have a descriptor of the same open file description.
 */
#include <errno.h>
#include <fcntl.h>
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

int
main(void)
{
	char text[16];
	int fd[2];

	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		check(fcntl(fd[0], F_SETFL, O_NONBLOCK), "F_SETFL");
		return 0;
	}
	check(wait(NULL), "wait");
	if (read(fd[0], text, sizeof(text)) == -1)
		printf("parent: %s\n", strerror(errno));
	return 0;
}
