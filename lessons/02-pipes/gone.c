/*
 * The reader takes one line and leaves.  What becomes of the writer?
 *
 *	gone ignore	the writer ignores SIGPIPE
 *	gone keep	the writer keeps a read end (wrong on purpose)
 */
#include <errno.h>
#include <signal.h>
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
start_reader(int fd[2])
{
	char line[4];

	if (check(fork(), "fork") != 0)
		return;
	check(close(fd[1]), "close");
	check(read(fd[0], line, sizeof(line)), "read");
	printf("reader: %.3s is enough\n", line);
	exit(0);
}

int
main(int argc, char *argv[])
{
	static const char *const line[] = { "one\n", "two\n", "six\n" };
	const char *how = argc > 1 ? argv[1] : "";
	int fd[2], i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	if (strcmp(how, "ignore") == 0)
		signal(SIGPIPE, SIG_IGN);
	check(pipe(fd), "pipe");
	start_reader(fd);
	if (strcmp(how, "keep") != 0)
		check(close(fd[0]), "close");
	for (i = 0; i < 3; i++)
		if (write(fd[1], line[i], 4) == -1) {
			printf("writer: line %d: %s\n", i + 1,
				strerror(errno));
			return 1;
		}
	printf("writer: three lines written\n");
	check(close(fd[1]), "close");
	check(wait(NULL), "wait");
	return 0;
}
