/*
 * Opening a FIFO without waiting: what open, read and write say instead.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
	char byte;
	int in, out;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	if (mkfifo("door", 0600) == -1) {
		perror("mkfifo");
		return 1;
	}
	out = open("door", O_WRONLY | O_NONBLOCK);
	say("open to write, nobody reads", out);

	in = open("door", O_RDONLY | O_NONBLOCK);
	say("open to read, nobody writes", in);
	say("read, nobody has it open to write", read(in, &byte, 1));

	out = open("door", O_WRONLY | O_NONBLOCK);
	say("open to write, there is a reader", out);
	say("read, there is a writer", read(in, &byte, 1));
	return 0;
}
