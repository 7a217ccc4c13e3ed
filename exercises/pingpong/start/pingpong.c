/*
 * Two words over two pipes: pingpong PING PONG.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORD_MAX = 64 };

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
	int to_child[2];

	if (argc != 3) {
		fprintf(stderr, "usage: %s PING PONG\n", argv[0]);
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(pipe(to_child), "pipe");
	/* To do: the second pipe, and a child.  The parent writes PING into
	 * the first pipe.  The child reads it, prints it, and writes PONG into
	 * the second.  The parent reads it, prints it, and waits for the
	 * child.  Each closes the ends that it does not use.  */
	return 0;
}
