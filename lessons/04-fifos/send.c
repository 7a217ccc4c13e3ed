/*
 * Write a line into a FIFO, which it finds by its name.
 *
 *	send NAME TEXT
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

int
main(int argc, char *argv[])
{
	char line[256];
	int out;

	if (argc != 3) {
		fprintf(stderr, "usage: send NAME TEXT\n");
		return 2;
	}
	snprintf(line, sizeof(line), "%s\n", argv[2]);
	out = check(open(argv[1], O_WRONLY), argv[1]);
	check(write(out, line, strlen(line)), "write");
	check(close(out), "close");
	return 0;
}
