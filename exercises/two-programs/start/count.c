/*
 * What the shell does for `seq N | wc -l`: count N.
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

	if (argc != 2) {
		fprintf(stderr, "usage: %s N\n", argv[0]);
		return 2;
	}
	check(pipe(fd), "pipe");
	/* To do: two children.  The first becomes `seq N`, and its standard
	 * output is the pipe.  The second becomes `wc -l`, and its standard
	 * input is the pipe.  Then wait for both.  */
	return 0;
}
