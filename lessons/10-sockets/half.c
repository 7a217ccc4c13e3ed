/*
 * The client sends some words, the server counts them when it has them all.
 *
 *	half [forget]	forget: the client does not say when it has sent all
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
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
run_client(int s, int forget)
{
	char text[64];
	long n;

	check(write(s, "one two ", 8), "write");
	check(write(s, "three", 5), "write");
	if (!forget)
		check(shutdown(s, SHUT_WR), "shutdown");
	n = check(read(s, text, sizeof(text)), "read");
	printf("client: %.*s\n", (int)n, text);
}

static void
run_server(int s)
{
	char text[64];
	long n, total = 0;
	int len;

	while ((n = check(read(s, text, sizeof(text)), "read")) > 0)
		total += n;
	len = snprintf(text, sizeof(text), "%ld bytes", total);
	check(write(s, text, len), "write");
}

int
main(int argc, char *argv[])
{
	int s[2];

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(socketpair(AF_UNIX, SOCK_STREAM, 0, s), "socketpair");
	if (check(fork(), "fork") == 0) {
		check(close(s[0]), "close");
		run_client(s[1], argc > 1 && strcmp(argv[1], "forget") == 0);
		return 0;
	}
	check(close(s[1]), "close");
	run_server(s[0]);
	check(close(s[0]), "close");
	check(wait(NULL), "wait");
	return 0;
}
