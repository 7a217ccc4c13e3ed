/*
 * The client moves into a network of its own.  Whom does it reach from there?
 *
 *	nets path|abstract|inet
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un un = { .sun_family = AF_UNIX };
static struct sockaddr_in in = { .sin_family = AF_INET };

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

/* A name in the abstract name space begins with a zero byte.  */
static socklen_t
unix_address(const char *name, int abstract)
{
	strcpy(un.sun_path + abstract, name);
	return offsetof(struct sockaddr_un, sun_path) + abstract +
	       strlen(name) + !abstract;
}

int
main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "path";
	struct sockaddr *address = (struct sockaddr *)&un;
	socklen_t length = unix_address("nets.sock", how[0] == 'a');
	int listener, s;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (strcmp(how, "inet") == 0) {
		address = (struct sockaddr *)&in;
		length = sizeof(in);
	}
	listener = check(socket(address->sa_family, SOCK_STREAM, 0), "socket");
	check(bind(listener, address, length), "bind");
	check(getsockname(listener, address, &length), "getsockname");
	check(listen(listener, 5), "listen");
	if (check(fork(), "fork") == 0) {
		if (unshare(CLONE_NEWNET) == -1)
			check(unshare(CLONE_NEWUSER | CLONE_NEWNET),
			      "unshare");
		s = check(socket(address->sa_family, SOCK_STREAM, 0),
			  "socket");
		if (connect(s, address, length) == -1)
			printf("client: %s\n", strerror(errno));
		else
			printf("client: connected\n");
		return 0;
	}
	check(wait(NULL), "wait");
	return 0;
}
