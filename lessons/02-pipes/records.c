/*
 * Two writers, one pipe of one page: do their records stay whole?  Ann
 * writes one record of a's, Bob one of b's, each in a single write.
 *
 *	records SIZE		bytes of each record
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, MOST = 16 * PAGE };

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
start_writer(int fd[2], char letter, size_t size)
{
	static char record[MOST];

	if (check(fork(), "fork") != 0)
		return;
	check(close(fd[0]), "close");
	memset(record, letter, size);
	check(write(fd[1], record, size), "write");
	exit(0);
}

/* Print what comes as runs of one letter: "3000 a, 3000 b, ".  */
static void
read_runs(int in)
{
	char page[PAGE], last = 0;
	long n, i, run = 0;
	int runs = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	while ((n = check(read(in, page, PAGE), "read")) > 0)
		for (i = 0; i < n; i++, run++) {
			if (run && page[i] != last) {
				printf("%ld %c, ", run, last);
				runs++;
				run = 0;
			}
			last = page[i];
		}
	printf("%ld %c: the records are %s\n", run, last,
		runs > 1 ? "mixed" : "whole");
}

int
main(int argc, char *argv[])
{
	long size = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
	int fd[2];

	if (size < 1 || size > MOST) {
		fprintf(stderr, "usage: records SIZE (1 to %d)\n", MOST);
		return 2;
	}
	check(pipe(fd), "pipe");
	check(fcntl(fd[1], F_SETPIPE_SZ, PAGE), "F_SETPIPE_SZ");
	start_writer(fd, 'a', size);
	start_writer(fd, 'b', size);
	check(close(fd[1]), "close");
	read_runs(fd[0]);
	check(wait(NULL), "wait");
	check(wait(NULL), "wait");
	return 0;
}
