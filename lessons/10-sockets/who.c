/*
 * The server asks the kernel who is at the other end.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un address = { .sun_family = AF_UNIX,
				      .sun_path = "who.sock" };

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
run_client(void)
{
	int s = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");

	check(connect(s, (struct sockaddr *)&address, sizeof(address)),
	      "connect");
	check(write(s, "I am somebody else", 18), "write");
}

int
main(void)
{
	struct ucred who;
	socklen_t length = sizeof(who);
	int listener, s;
	char text[64];
	pid_t child;
	long n;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	listener = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	check(bind(listener, (struct sockaddr *)&address, sizeof(address)),
	      "bind");
	check(listen(listener, 5), "listen");
	child = check(fork(), "fork");
	if (child == 0) {
		run_client();
		return 0;
	}
	s = check(accept(listener, NULL, NULL), "accept");
	check(getsockopt(s, SOL_SOCKET, SO_PEERCRED, &who, &length),
	      "SO_PEERCRED");
	n = check(read(s, text, sizeof(text)), "read");
	printf("it says: %.*s\n", (int)n, text);
	printf("the kernel says: %s, %s user\n",
	       who.pid == child ? "my child" : "a stranger",
	       who.uid == getuid() ? "of the same" : "of another");
	check(wait(NULL), "wait");
	return 0;
}
