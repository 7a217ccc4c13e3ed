/*
 * A server that reads requests from a FIFO, and two clients.
 *
 *	server naive		stops after its first client: wrong on purpose
 *	server reopen		opens the FIFO anew: wrong on purpose
 *	server keep		holds a write end of its own
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
run_client(const char *request)
{
	int out = check(open("door", O_WRONLY), "open");

	check(write(out, request, strlen(request)), "write");
	exit(0);
}

/* Serve until the end of file.  */
static void
serve(int in)
{
	char text[64];
	long n;

	while ((n = check(read(in, text, sizeof(text)), "read")) > 0)
		printf("served: %.*s", (int)n, text);
	printf("nobody writes any more\n");
}

int
main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "naive";
	int in;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(mkfifo("door", 0600), "mkfifo");
	if (check(fork(), "fork") == 0)
		run_client("tea\n");
	if (check(fork(), "fork") == 0)
		run_client("coffee\n");

	in = check(open("door", O_RDONLY), "open");
	if (strcmp(how, "keep") == 0)	/* never used */
		check(open("door", O_WRONLY), "open");
	serve(in);
	while (strcmp(how, "reopen") == 0) {
		check(close(in), "close");
		in = check(open("door", O_RDONLY), "open");
		serve(in);
	}
	check(close(in), "close");
	while (wait(NULL) > 0)
		;
	return 0;
}
