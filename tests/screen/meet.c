/*
 * Two processes meet at a FIFO: each opens it by its name, one for writing,
 * one for reading.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

static void
run_reader(void)
{
	char text[64];
	long n;
	int in;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	in = check(open("door", O_RDONLY), "open");
	while ((n = check(read(in, text, sizeof(text)), "read")) > 0)
		printf("reader: %ld bytes: %.*s", n, (int)n, text);
	printf("reader: end of file\n");
}

int
main(void)
{
	int out;

	check(mkfifo("door", 0600), "mkfifo");
	if (check(fork(), "fork") == 0) {
		run_reader();
		return 0;
	}
	out = check(open("door", O_WRONLY), "open");
	check(write(out, "hello\n", 6), "write");
	check(close(out), "close");
	check(wait(NULL), "wait");
	check(unlink("door"), "unlink");
	return 0;
}
