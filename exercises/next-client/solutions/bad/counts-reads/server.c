/*
 * server WORD...: a server that reads from the FIFO "door", and for each WORD a
 * client that writes it there, as a line.  The server prints what it reads.
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

/* A client comes, leaves a line and goes.  It is not to be changed.  */
static void
run_client(const char *word)
{
	int out = (int)check(open("door", O_WRONLY), "open");
	char line[100];
	int n = snprintf(line, sizeof(line), "%s\n", word);

	check(write(out, line, (size_t)n), "write");
	_exit(0);
}

/* Print what is written, until so many lines have come.  */
static void
serve(int in, int clients)
{
	char text[100];
	int lines = 0;
	long n;

	while (lines < clients) {
		n = check(read(in, text, sizeof(text)), "read");
		check(write(STDOUT_FILENO, text, (size_t)n), "write");
		lines++;
	}
}

int
main(int argc, char **argv)
{
	int clients = argc - 1, in;

	check(mkfifo("door", 0600), "mkfifo");
	for (int i = 0; i < clients; i++)
		if (check(fork(), "fork") == 0)
			run_client(argv[i + 1]);

	/* With a write end of its own the server never sees the end.  */
	in = (int)check(open("door", O_RDONLY), "open");
	check(open("door", O_WRONLY), "open");	/* never used */
	serve(in, clients);
	check(unlink("door"), "unlink");
	for (int i = 0; i < clients; i++)
		check(wait(NULL), "wait");
	return 0;
}
