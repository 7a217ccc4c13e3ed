/*
 * Wrong on purpose: the reader keeps a write end, and so waits for itself.
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
run_reader(int in)
{
	char text[64];
	long n;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	while ((n = check(read(in, text, sizeof(text)), "read")) > 0)
		printf("reader: %ld bytes: %.*s", n, (int)n, text);
	printf("reader: end of file\n");
}

int
main(void)
{
	int fd[2];

	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		/* Here close(fd[1]) is missing.  */
		run_reader(fd[0]);
		return 0;
	}
	check(close(fd[0]), "close");
	check(write(fd[1], "hello\n", 6), "write");
	check(close(fd[1]), "close");
	check(wait(NULL), "wait");
	return 0;
}
