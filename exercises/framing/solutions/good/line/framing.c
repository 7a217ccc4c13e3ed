/*
 * A child sends each of its arguments through a pipe; the parent prints them,
 * each on a line.
 */
#define _GNU_SOURCE
#include <errno.h>
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

/* A pipe may take less than it is given, and a signal may come in between.  */
static void
write_all(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		ssize_t done = write(fd, at, n);

		if (done == -1 && errno == EINTR)
			continue;
		check(done, "write");
		at += done;
		n -= (size_t)done;
	}
}

/* All n bytes; fewer: the other end is closed.  */
static size_t
read_all(int fd, void *bytes, size_t n)
{
	size_t have = 0;

	while (have < n) {
		ssize_t got = read(fd, (char *)bytes + have, n - have);

		if (got == -1 && errno == EINTR)
			continue;
		if (check(got, "read") == 0)
			break;
		have += (size_t)got;
	}
	return have;
}

/* "5\nhello" */
static void
send_message(int fd, const char *text)
{
	char *framed;
	int n = asprintf(&framed, "%zu\n%s", strlen(text), text);

	check(n, "asprintf");
	write_all(fd, framed, (size_t)n);
	free(framed);
}

/* Its length; -1: there are no more.  */
static long
receive_message(int fd, char *message)
{
	size_t n = 0;
	char c;

	for (;;) {
		if (read_all(fd, &c, 1) == 0)
			return -1;
		if (c == '\n')
			break;
		n = n * 10 + (size_t)(c - '0');
		if (c < '0' || c > '9' || n > LONGEST)
			exit(1);
	}
	return read_all(fd, message, n) == n ? (long)n : -1;
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
