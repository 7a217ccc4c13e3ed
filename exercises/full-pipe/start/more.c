/*
 * more FILLED MORE: FILLED bytes are in a pipe, in pages; then MORE bytes are
 * to be written into it, and the pipe is O_NONBLOCK.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 4096, MOST = 64 * 1024 };

int
main(int argc, char **argv)
{
	static char bytes[MOST];
	int ends[2], filled, more;

	if (argc != 3)
		return 2;
	filled = atoi(argv[1]);
	more = atoi(argv[2]);
	memset(bytes, 'x', sizeof(bytes));
	if (more > MOST || pipe2(ends, O_NONBLOCK) == -1)
		return 1;
	for (int i = 0; i < filled; i += PAGE)
		if (write(ends[1], bytes, PAGE) != PAGE)
			return 1;
	if (write(ends[1], bytes, (size_t)more) == -1)	/* this one */
		perror("write");
	return 0;
}
