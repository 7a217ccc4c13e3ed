/*
 * Wrong on purpose: one pipe for both directions.
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

static void
start_helper(int fd[2])
{
	char text[16];

	if (check(fork(), "fork") != 0)
		return;
	check(read(fd[0], text, sizeof(text)), "read");
	check(write(fd[1], "4", 1), "write");
	exit(0);
}

int
main(void)
{
	char text[16];
	int fd[2];
	long n;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(pipe(fd), "pipe");
	start_helper(fd);
	check(write(fd[1], "2+2", 3), "write");
	n = check(read(fd[0], text, sizeof(text)), "read");
	printf("asker: the answer is %.*s\n", (int)n, text);
	check(wait(NULL), "wait");
	return 0;
}
