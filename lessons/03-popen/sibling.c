/*
 * Wrong on purpose, but for "e" and "popen": a second child holds the pipe
 * to the first one, and pclose waits for ever.
 *
 *	sibling [e|popen]	popen with "we"; both children by popen
 */
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

/* A child made by hand: it copies what comes from us.  */
static int
start_sibling(void)
{
	int fd[2];

	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		check(dup2(fd[0], STDIN_FILENO), "dup2");
		check(close(fd[0]), "close");
		check(close(fd[1]), "close");
		execlp("cat", "cat", (char *)NULL);
		perror("cat");
		_exit(127);
	}
	check(close(fd[0]), "close");
	return fd[1];
}

static FILE *
start(const char *type)
{
	FILE *to = popen("exec cat", type);

	if (!to) {
		perror("popen");
		exit(1);
	}
	return to;
}

int
main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "";
	FILE *first, *second = NULL;
	int out = -1;

	first = start(strcmp(how, "e") == 0 ? "we" : "w");
	if (strcmp(how, "popen") == 0)
		second = start("w");
	else
		out = start_sibling();
	fprintf(first, "hello\n");
	pclose(first);
	printf("the first has ended\n");
	if (second) {
		pclose(second);
		return 0;
	}
	check(close(out), "close");
	check(wait(NULL), "wait");
	return 0;
}
