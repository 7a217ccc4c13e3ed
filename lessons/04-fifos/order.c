/*
 * Two FIFOs, one for questions, one for answers.
 *
 *	order			both open the questions first
 *	order wrong		wrong on purpose: the helper begins with the
 *				answers
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
run_helper(int wrong)
{
	char text[16];
	int in = -1, out;
	long n;

	if (!wrong)
		in = check(open("questions", O_RDONLY), "open");
	out = check(open("answers", O_WRONLY), "open");
	if (wrong)
		in = check(open("questions", O_RDONLY), "open");
	n = check(read(in, text, sizeof(text)), "read");
	if (n == 3 && memcmp(text, "2+2", 3) == 0)
		check(write(out, "4", 1), "write");
}

int
main(int argc, char *argv[])
{
	char text[16];
	int in, out;
	long n;

	(void)argv;
	check(mkfifo("questions", 0600), "mkfifo");
	check(mkfifo("answers", 0600), "mkfifo");
	if (check(fork(), "fork") == 0) {
		run_helper(argc > 1);
		return 0;
	}
	out = check(open("questions", O_WRONLY), "open");
	in = check(open("answers", O_RDONLY), "open");
	check(write(out, "2+2", 3), "write");
	n = check(read(in, text, sizeof(text)), "read");
	printf("the answer is %.*s\n", (int)n, text);
	check(wait(NULL), "wait");
	return 0;
}
