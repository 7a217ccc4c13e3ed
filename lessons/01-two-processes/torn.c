/*
 * A property that is written in place can be read half done (WRONG ON
 * PURPOSE); `torn whole` writes a new file and renames it over the old one.
 *
 * The property props/limit must be there and say "10" at the beginning.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT "props/limit"

static void
put(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	ssize_t len = strlen(value);

	if (fd == -1 || write(fd, value, len) != len)
		err(2, "%s", path);
	close(fd);
}

static void
set_in_place(const char *value)
{
	put(LIMIT, value);
}

static void
set_whole(const char *value)
{
	put(LIMIT ".new", value);
	if (rename(LIMIT ".new", LIMIT) == -1)
		err(2, "rename");
}

static int
read_limit(void)
{
	char value[16] = "", line[64];
	int fd = open(LIMIT, O_RDONLY);

	if (fd == -1 || read(fd, value, sizeof(value) - 1) == -1)
		err(2, "%s", LIMIT);
	close(fd);
	snprintf(line, sizeof(line), "reader: the limit is \"%s\"\n", value);
	if (write(STDOUT_FILENO, line, strlen(line)) == -1)
		err(2, "write");
	return strcmp(value, "10") == 0 || strcmp(value, "25") == 0;
}

int
main(int argc, char **argv)
{
	int whole = argc > 1 && strcmp(argv[1], "whole") == 0;
	pid_t writer = fork();
	int good;

	if (writer == -1)
		err(2, "fork");
	if (writer == 0) {
		if (whole)
			set_whole("25");
		else
			set_in_place("25");
		return 0;
	}
	good = read_limit();
	if (wait(NULL) == -1)
		err(2, "wait");
	return good ? 0 : 1;
}
