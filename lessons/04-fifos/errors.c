/*
 * Things that can go wrong with a FIFO, done on purpose.
 *
 *	errors [NAME]		only the one of that name
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long
twice(void)
{
	return mkfifo("door", 0600);
}

static long
no_folder(void)
{
	return mkfifo("nowhere/door", 0600);
}

static long
no_reader(void)
{
	return open("door", O_WRONLY | O_NONBLOCK);
}

static long
not_made(void)
{
	return open("dor", O_RDONLY);
}

static long
rewind_it(void)
{
	return lseek(open("door", O_RDWR), 0, SEEK_SET);
}

static long
empty(void)
{
	char byte;

	return read(open("door", O_RDWR | O_NONBLOCK), &byte, 1);
}

/* The reader was there when we opened, and has gone.  */
static long
gone(void)
{
	int in = open("door", O_RDONLY | O_NONBLOCK);
	int out = open("door", O_WRONLY);

	signal(SIGPIPE, SIG_IGN);
	close(in);
	return write(out, "x", 1);
}

static const struct {
	const char *name;
	long (*go)(void);
} tries[] = {
	{ "twice", twice },
	{ "no-folder", no_folder },
	{ "not-made", not_made },
	{ "no-reader", no_reader },
	{ "gone", gone },
	{ "empty", empty },
	{ "rewind", rewind_it },
};

int
main(int argc, char *argv[])
{
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	if (mkfifo("door", 0600) == -1) {
		perror("mkfifo");
		return 1;
	}
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		if (argc > 1 && strcmp(argv[1], tries[i].name) != 0)
			continue;
		if (tries[i].go() == -1)
			printf("%s: %s\n", tries[i].name, strerror(errno));
		else
			printf("%s: it worked\n", tries[i].name);
	}
	return 0;
}
