/*
 * The contents of a file, read from cat, and no shell in between: this is
 * what popen spares us, and what we do ourselves when a name is not ours.
 *
 *	direct NAME
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
main(int argc, char *argv[])
{
	char text[256];
	int fd[2];
	long n;

	if (argc != 2) {
		fprintf(stderr, "usage: direct NAME\n");
		return 2;
	}
	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		check(dup2(fd[1], STDOUT_FILENO), "dup2");
		check(close(fd[0]), "close");
		check(close(fd[1]), "close");
		execlp("cat", "cat", "--", argv[1], (char *)NULL);
		perror("cat");
		_exit(127);
	}
	check(close(fd[1]), "close");
	while ((n = check(read(fd[0], text, sizeof(text)), "read")) > 0)
		printf("%.*s", (int)n, text);
	check(close(fd[0]), "close");
	check(wait(NULL), "wait");
	return 0;
}
