/*
 * A server and a client: one question, one answer.
 *
 *	talk [unix|inet|inet6]		the same in three address families
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where the server can be found.  Port 0: the kernel chooses one.  */
static struct sockaddr_un un = { .sun_family = AF_UNIX,
				 .sun_path = "talk.sock" };
static struct sockaddr_in in = { .sin_family = AF_INET };
static struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

static struct sockaddr *address = (struct sockaddr *)&un;
static socklen_t length = sizeof(un);

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
choose_family(const char *name)
{
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);	/* 127.0.0.1 */
	in6.sin6_addr = in6addr_loopback;		/* ::1 */
	if (strcmp(name, "inet") == 0) {
		address = (struct sockaddr *)&in;
		length = sizeof(in);
	} else if (strcmp(name, "inet6") == 0) {
		address = (struct sockaddr *)&in6;
		length = sizeof(in6);
	}
}

static void
run_client(void)
{
	int s = check(socket(address->sa_family, SOCK_STREAM, 0), "socket");
	char text[64];
	long n;

	check(connect(s, address, length), "connect");
	check(write(s, "2+2?", 4), "write");
	n = check(read(s, text, sizeof(text)), "read");
	printf("client: the answer is %.*s\n", (int)n, text);
}

static void
serve_one(int listener)
{
	int s = check(accept(listener, NULL, NULL), "accept");
	char text[64];
	long n = check(read(s, text, sizeof(text)), "read");

	printf("server: somebody asks %.*s\n", (int)n, text);
	check(write(s, "4", 1), "write");
	check(close(s), "close");
}

int
main(int argc, char *argv[])
{
	int listener;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	choose_family(argc > 1 ? argv[1] : "unix");
	listener = check(socket(address->sa_family, SOCK_STREAM, 0), "socket");
	check(bind(listener, address, length), "bind");
	check(getsockname(listener, address, &length), "getsockname");
	check(listen(listener, 5), "listen");

	if (check(fork(), "fork") == 0) {
		check(close(listener), "close");
		run_client();
		return 0;
	}
	serve_one(listener);
	check(wait(NULL), "wait");
	return 0;
}
