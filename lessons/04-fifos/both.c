/*
 * Linux lets one open a FIFO for reading and writing at once: that waits for
 * nobody.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
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
main(void)
{
	char text[16];
	long n;
	int fd;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(mkfifo("door", 0600), "mkfifo");
	fd = check(open("door", O_RDWR), "open");
	check(write(fd, "note\n", 5), "write");
	n = check(read(fd, text, sizeof(text)), "read");
	printf("to myself: %.*s", (int)n, text);
	check(read(fd, text, sizeof(text)), "read");
	return 0;
}
