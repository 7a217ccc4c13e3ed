/*
 * Wrong on purpose: it sends everything before it reads anything back.
 * Two pipes of one page each; the helper sends back whatever it reads.
 *
 *	echo PAGES [turns]	turns: read each page back before the next
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096 };

static char page[PAGE];

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
make_pipe(int fd[2])
{
	check(pipe(fd), "pipe");
	check(fcntl(fd[1], F_SETPIPE_SZ, PAGE), "F_SETPIPE_SZ");
}

static void
start_helper(int there[2], int back[2])
{
	long n;

	if (check(fork(), "fork") != 0)
		return;
	check(close(there[1]), "close");
	check(close(back[0]), "close");
	while ((n = check(read(there[0], page, PAGE), "read")) > 0)
		check(write(back[1], page, n), "write");
	exit(0);
}

int
main(int argc, char *argv[])
{
	int pages = argc > 1 ? atoi(argv[1]) : 1;
	int turns = argc > 2 && strcmp(argv[2], "turns") == 0;
	int there[2], back[2], i;
	long total = 0, n;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	make_pipe(there);
	make_pipe(back);
	start_helper(there, back);
	check(close(there[0]), "close");
	check(close(back[1]), "close");

	memset(page, 'a', PAGE);
	for (i = 0; i < pages; i++) {
		check(write(there[1], page, PAGE), "write");
		if (turns)
			total += check(read(back[0], page, PAGE), "read");
	}
	check(close(there[1]), "close");
	while ((n = check(read(back[0], page, PAGE), "read")) > 0)
		total += n;
	printf("asker: %ld bytes came back\n", total);
	check(wait(NULL), "wait");
	return 0;
}
