/*
 * upper N: sends N letters through a filter, and prints how many capital
 * letters came back.  The filter is a child: pipe 1 leads to it, pipe 2 back.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHUNK = 4096 };

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

/* A write may move less than it was given.  */
static void
write_all(int out, const char *buf, long n)
{
	for (long did; n > 0; buf += did, n -= did)
		did = check(write(out, buf, (size_t)n), "write");
}

/* Reads small letters, writes capital letters, until its input ends.  */
static void
run_filter(int in, int out)
{
	char buf[CHUNK];
	long n;

	while ((n = check(read(in, buf, sizeof(buf)), "read")) > 0) {
		for (long i = 0; i < n; i++)
			buf[i] = (char)(buf[i] - 'a' + 'A');
		write_all(out, buf, n);
	}
}

static long
send_and_count(int out, int in, long left)
{
	char buf[CHUNK];
	long n, wanted = left, count = 0;

	while (count < wanted) {
		memset(buf, 'x', sizeof(buf));
		if (left > 0) {
			n = write(out, buf, left < CHUNK ? left : CHUNK);
			left -= n > 0 ? n : 0;
		}
		n = read(in, buf, sizeof(buf));
		for (long i = 0; i < n; i++)
			count += buf[i] == 'X';
	}
	return count;
}

int
main(int argc, char **argv)
{
	int to[2], from[2];

	if (argc != 2) {
		fprintf(stderr, "usage: %s N\n", argv[0]);
		return 2;
	}
	check(pipe(to), "pipe");
	check(pipe(from), "pipe");
	if (check(fork(), "fork") == 0) {
		close(to[1]);
		close(from[0]);
		run_filter(to[0], from[1]);
		return 0;
	}
	close(to[0]);
	close(from[1]);
	fcntl(to[1], F_SETFL, O_NONBLOCK);
	fcntl(from[0], F_SETFL, O_NONBLOCK);
	printf("%ld\n", send_and_count(to[1], from[0], atol(argv[1])));
	close(to[1]);
	check(wait(NULL), "wait");
	return 0;
}
