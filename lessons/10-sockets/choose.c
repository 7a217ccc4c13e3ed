/*
 * connect() on a datagram socket: no connection is made.  It fixes whom the
 * socket sends to, and from whom it takes anything.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
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

/* A datagram socket with that name.  */
static int
make(const char *name, struct sockaddr_un *a)
{
	int s = check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");

	memset(a, 0, sizeof(*a));
	a->sun_family = AF_UNIX;
	strcpy(a->sun_path, name);
	check(bind(s, (struct sockaddr *)a, sizeof(*a)), "bind");
	return s;
}

int
main(void)
{
	struct sockaddr_un a, b, c;
	int ann = make("ann.sock", &a);
	int bob = make("bob.sock", &b);
	int cat = make("cat.sock", &c);
	char text[64];

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	/* Ann is connected to Bob; Bob knows nothing of it.  */
	check(connect(ann, (struct sockaddr *)&b, sizeof(b)), "connect");
	check(send(ann, "to Bob", 6, 0), "send");
	check(recv(bob, text, sizeof(text), 0), "recv");

	/* Bob may send to her, Cat may not.  */
	check(sendto(bob, "from Bob", 8, 0, (struct sockaddr *)&a, sizeof(a)),
	      "sendto");
	if (sendto(cat, "from Cat", 8, 0, (struct sockaddr *)&a, sizeof(a)) ==
	    -1)
		printf("Cat: %s\n", strerror(errno));
	check(recv(ann, text, sizeof(text), 0), "recv");
	return 0;
}
