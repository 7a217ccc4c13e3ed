/*
 * Print what comes out of a FIFO until the end of file.
 *
 *	receive NAME
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
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
	char text[256];
	long n;
	int in;

	if (argc != 2) {
		fprintf(stderr, "usage: receive NAME\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	in = check(open(argv[1], O_RDONLY), argv[1]);
	while ((n = check(read(in, text, sizeof(text)), "read")) > 0)
		printf("received: %.*s", (int)n, text);
	printf("received: end of file\n");
	check(close(in), "close");
	return 0;
}
