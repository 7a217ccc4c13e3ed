/*
 * A child sends each of its arguments through a pipe; the parent prints them,
 * each on a line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONGEST = 100000 };	/* bytes of a message */

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
send_message(int fd, const char *text)
{
	check(write(fd, text, strlen(text)), "write");
}

/* Its length; -1: there are no more.  */
static long
receive_message(int fd, char *message)
{
	long n = check(read(fd, message, LONGEST), "read");

	return n > 0 ? n : -1;
}

int
main(int argc, char **argv)
{
	static char message[LONGEST + 1];
	int fd[2];
	long n;

	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		close(fd[0]);
		for (int i = 1; i < argc; i++)
			send_message(fd[1], argv[i]);
		return 0;
	}
	close(fd[1]);
	while ((n = receive_message(fd[0], message)) >= 0)
		printf("%.*s\n", (int)n, message);
	check(wait(NULL), "wait");
	return 0;
}
