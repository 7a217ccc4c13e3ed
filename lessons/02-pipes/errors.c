/*
 * Things that can go wrong with a pipe, done on purpose.
 *
 *	errors [NAME]		only the one of that name
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char page[4096];

static long
read_write_end(int fd[2])
{
	return read(fd[1], page, 1);
}

static long
write_read_end(int fd[2])
{
	return write(fd[0], "x", 1);
}

static long
rewind_it(int fd[2])
{
	return lseek(fd[0], 0, SEEK_SET);
}

static long
read_closed(int fd[2])
{
	close(fd[0]);
	return read(fd[0], page, 1);
}

static long
shrink_full(int fd[2])
{
	if (write(fd[1], page, sizeof(page)) + write(fd[1], "x", 1) != 4097)
		return -1;
	return fcntl(fd[1], F_SETPIPE_SZ, 4096);
}

static long
too_many(int fd[2])
{
	struct rlimit none = { 0, 0 };

	(void)fd;
	setrlimit(RLIMIT_NOFILE, &none);
	return pipe(fd);
}

static const struct {
	const char *name;
	long (*go)(int fd[2]);
} tries[] = {
	{ "read-write-end", read_write_end },
	{ "write-read-end", write_read_end },
	{ "read-closed", read_closed },
	{ "shrink-full", shrink_full },
	{ "rewind", rewind_it },
	{ "too-many", too_many },
};

int
main(int argc, char *argv[])
{
	size_t i;
	int fd[2];

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		if (argc > 1 && strcmp(argv[1], tries[i].name) != 0)
			continue;
		if (pipe(fd) == -1 || tries[i].go(fd) == -1)
			printf("%s: %s\n", tries[i].name, strerror(errno));
		else
			printf("%s: it worked\n", tries[i].name);
	}
	return 0;
}
