/*
 * How much does a pipe hold?  The writer writes 20 pieces; the reader reads
 * until the end and checks every byte.
 *
 *	fill [PIECE [GULP]]	bytes a write, bytes a read; 4096 each
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECES = 20, MOST = 8192 };

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

/* The first piece is all 'a', the second all 'b', and so on.  */
static void
run_writer(int out, long piece)
{
	char buf[MOST];
	int i;

	for (i = 0; i < PIECES; i++) {
		memset(buf, 'a' + i, piece);
		check(write(out, buf, piece), "write");
	}
}

static void
run_reader(int in, long piece, long gulp)
{
	char buf[MOST];
	long total = 0, wrong = 0, n, i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	while ((n = check(read(in, buf, gulp), "read")) > 0)
		for (i = 0; i < n; i++, total++)
			wrong += buf[i] != 'a' + total / piece;
	printf("reader: %ld bytes came, %ld of them wrong\n", total, wrong);
}

static long
size_of(const char *text)
{
	long size = text ? strtol(text, NULL, 10) : 4096;

	if (size < 1 || size > MOST) {
		fprintf(stderr, "fill: a size is 1 to %d bytes\n", MOST);
		exit(2);
	}
	return size;
}

int
main(int argc, char *argv[])
{
	long piece = size_of(argc > 1 ? argv[1] : NULL);
	long gulp = size_of(argc > 2 ? argv[2] : NULL);
	int fd[2];

	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		check(close(fd[1]), "close");
		run_reader(fd[0], piece, gulp);
		return 0;
	}
	check(close(fd[0]), "close");
	run_writer(fd[1], piece);
	check(close(fd[1]), "close");
	check(wait(NULL), "wait");
	return 0;
}
