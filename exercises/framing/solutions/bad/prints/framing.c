/*
 * A child sends each of its arguments through a pipe; the parent prints them,
 * each on a line.
 */
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

int
main(int argc, char **argv)
{
	int fd[2];

	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		close(fd[0]);
		return 0;
	}
	close(fd[1]);
	for (int i = 1; i < argc; i++)
		printf("%s\n", argv[i]);
	check(wait(NULL), "wait");
	return 0;
}
