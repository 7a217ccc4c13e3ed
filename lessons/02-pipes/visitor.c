/*
 * To use a pipe one needs a descriptor, not a relative.  The child gives up
 * both of its ends; then it is let in again, through /proc.
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

static void
run_child(int fd[2])
{
	char path[64], text[16];
	int in;
	long n;

	check(close(fd[0]), "close");
	check(close(fd[1]), "close");
	if (read(fd[0], text, sizeof(text)) == -1)
		printf("child: without descriptor: %s\n", strerror(errno));

	snprintf(path, sizeof(path), "/proc/%d/fd/%d",
		(int)getppid(), fd[0]);
	in = check(open(path, O_RDONLY), path);
	n = check(read(in, text, sizeof(text)), "read");
	printf("child: with descriptor: %.*s\n", (int)n, text);
}

int
main(void)
{
	int fd[2];

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(pipe(fd), "pipe");
	check(write(fd[1], "welcome", 7), "write");
	if (check(fork(), "fork") == 0) {
		run_child(fd);
		return 0;
	}
	check(wait(NULL), "wait");
	return 0;
}
