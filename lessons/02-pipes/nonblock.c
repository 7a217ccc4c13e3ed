/*
 * A pipe that lets nobody sleep: what read and write say instead.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 4096 };

static char buf[2 * PAGE];

static void
say(const char *what, long n)
{
	if (n == -1)
		printf("%s: %s\n", what, strerror(errno));
	else
		printf("%s: %ld\n", what, n);
}

int
main(void)
{
	int fd[2], pages = 0;
	long n;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	if (pipe2(fd, O_NONBLOCK) == -1) {
		perror("pipe2");
		return 1;
	}
	say("read while it is empty", read(fd[0], buf, PAGE));

	while ((n = write(fd[1], buf, PAGE)) == PAGE)
		pages++;
	say("write while it is full", n);
	say("pages that went in before", pages);

	say("read of one page", read(fd[0], buf, PAGE));
	say("write of two pages into room for one",
	    write(fd[1], buf, 2 * PAGE));

	say("read of one page", read(fd[0], buf, PAGE));
	say("write of 3000 bytes", write(fd[1], buf, 3000));
	say("write of 3000 bytes into room for 1096",
	    write(fd[1], buf, 3000));
	return 0;
}
