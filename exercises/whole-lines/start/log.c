/*
 * A log: two writers, one pipe, one reader.  log TEXT TEXT: each writer writes
 * one record into the pipe, its number, a space, its text and a newline; the
 * reader prints what comes out.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 2 };

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

/* To do: the records get mixed up.  */
static void
log_record(int out, int number, const char *text)
{
	char head[2] = { (char)('0' + number), ' ' };

	check(write(out, head, sizeof(head)), "write");
	check(write(out, text, strlen(text)), "write");
	check(write(out, "\n", 1), "write");
}

static void
run_reader(int in)
{
	char buf[4096];
	long n;

	while ((n = check(read(in, buf, sizeof(buf)), "read")) > 0)
		check(write(1, buf, (size_t)n), "write");
}

int
main(int argc, char **argv)
{
	int fd[2];

	if (argc != 1 + WRITERS) {
		fprintf(stderr, "usage: %s TEXT TEXT\n", argv[0]);
		return 2;
	}
	check(pipe(fd), "pipe");
	for (int i = 1; i <= WRITERS; i++)
		if (check(fork(), "fork") == 0) {
			close(fd[0]);
			log_record(fd[1], i, argv[i]);
			return 0;
		}
	close(fd[1]);
	run_reader(fd[0]);
	for (int i = 1; i <= WRITERS; i++)
		check(wait(NULL), "wait");
	return 0;
}
