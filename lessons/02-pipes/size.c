/*
 * How large is a pipe, and how large can it be made?
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
ask(int fd, int size)
{
	int got = fcntl(fd, F_SETPIPE_SZ, size);

	if (got == -1)
		printf("asked for %d: %s\n", size, strerror(errno));
	else
		printf("asked for %d: it holds %d\n", size, got);
}

int
main(void)
{
	char page[4096];
	int fd[2], i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	if (pipe(fd) == -1) {
		perror("pipe");
		return 1;
	}
	printf("at first: it holds %d\n", fcntl(fd[1], F_GETPIPE_SZ));
	ask(fd[1], 1000);
	ask(fd[1], 5000);
	ask(fd[1], 128 * 1024);

	memset(page, 'a', sizeof(page));
	for (i = 0; i < 2; i++)
		if (write(fd[1], page, sizeof(page)) == -1) {
			perror("write");
			return 1;
		}
	ask(fd[1], 4096);	/* two pages are in it */
	return 0;
}
