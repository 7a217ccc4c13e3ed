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
	if (check(fork(), "fork") == 0) {
		check(dup2(fd[1], 1), "dup2");
		close(fd[0]);
		close(fd[1]);
		check(execlp("seq", "seq", argv[1], NULL), "seq");
	}
	if (check(fork(), "fork") == 0) {
		check(dup2(fd[1], 0), "dup2");
		close(fd[0]);
		close(fd[1]);
		check(execlp("wc", "wc", "-l", NULL), "wc");
	}
	close(fd[0]);
	close(fd[1]);
	check(wait(NULL), "wait");
	check(wait(NULL), "wait");
	return 0;
}
