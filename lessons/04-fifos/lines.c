/*
 * Two writers and one reader at a FIFO: does each line stay in one piece?
 *
 *	lines whole		each line in one write
 *	lines pieces		each line in two writes: wrong on purpose
 *	lines readers		one writer, two readers: who comes too late
 *				waits for the next writer
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
start_writer(const char *name, const char *wish, int whole)
{
	char line[64];
	int out;

	if (check(fork(), "fork") != 0)
		return;
	out = check(open("door", O_WRONLY), "open");
	if (whole) {
		snprintf(line, sizeof(line), "%s%s", name, wish);
		check(write(out, line, strlen(line)), "write");
	} else {
		check(write(out, name, strlen(name)), "write");
		check(write(out, wish, strlen(wish)), "write");
	}
	exit(0);
}

/* Read to the end, then print all of it.  */
static void
run_reader(const char *who)
{
	char text[256];
	size_t n = 0;
	long more;
	int in = check(open("door", O_RDONLY), "open");

	while ((more = check(read(in, text + n, sizeof(text) - n), "read")) > 0)
		n += more;
	printf("%s:\n%.*s", who, (int)n, text);
}

static void
start_reader(const char *who)
{
	if (check(fork(), "fork") != 0)
		return;
	run_reader(who);
	exit(0);
}

int
main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "whole";

	check(mkfifo("door", 0600), "mkfifo");
	start_writer("Ann: ", "one tea\n", strcmp(how, "pieces") != 0);
	if (strcmp(how, "readers") == 0)
		start_reader("second");
	else
		start_writer("Bob: ", "one coffee\n",
			strcmp(how, "pieces") != 0);
	run_reader(strcmp(how, "readers") == 0 ? "first" : "came");
	check(wait(NULL), "wait");
	check(wait(NULL), "wait");
	return 0;
}
