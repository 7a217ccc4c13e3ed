/*
 * One end goes away.  What does the other notice?
 *
 *	gone [unread|write|ignore]
 *		unread: it had not read all; write: the other end sends once
 *		more; ignore: ... and ignores SIGPIPE
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
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

int
main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "";
	int s[2];
	char text[64];
	long n;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	if (strcmp(how, "ignore") == 0)
		signal(SIGPIPE, SIG_IGN);
	check(socketpair(AF_UNIX, SOCK_STREAM, 0, s), "socketpair");
	check(write(s[0], "hello", 5), "write");
	if (strcmp(how, "unread") != 0)
		check(read(s[1], text, sizeof(text)), "read");
	check(close(s[1]), "close");

	if (strcmp(how, "write") == 0 || strcmp(how, "ignore") == 0)
		n = write(s[0], "more", 4);
	else
		n = read(s[0], text, sizeof(text));
	if (n == -1)
		printf("%s\n", strerror(errno));
	else
		printf("%ld bytes\n", n);
	return 0;
}
