/*
 * Things that can go wrong with sockets, done on purpose.
 *
 *	errors [NAME]		only the one of that name
 */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static struct sockaddr_un un = { .sun_family = AF_UNIX,
				 .sun_path = "errors.sock" };
static struct sockaddr_in in = { .sin_family = AF_INET };
static char page[4096];

static int
a_socket(int family, int type)
{
	return socket(family, type, 0);
}

static long
bind_it(int s)
{
	return bind(s, (struct sockaddr *)&un, sizeof(un));
}

static long
connect_it(int s)
{
	return connect(s, (struct sockaddr *)&un, sizeof(un));
}

static long
name_taken(void)
{
	bind_it(a_socket(AF_UNIX, SOCK_STREAM));
	return bind_it(a_socket(AF_UNIX, SOCK_STREAM));
}

static long
name_left(void)
{
	int s = a_socket(AF_UNIX, SOCK_STREAM);

	bind_it(s);
	close(s);
	return bind_it(a_socket(AF_UNIX, SOCK_STREAM));
}

static long
nobody_listens(void)
{
	bind_it(a_socket(AF_UNIX, SOCK_STREAM));
	return connect_it(a_socket(AF_UNIX, SOCK_STREAM));
}

static long
no_such_name(void)
{
	return connect_it(a_socket(AF_UNIX, SOCK_STREAM));
}

static long
no_such_port(void)
{
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	in.sin_port = htons(9);
	return connect(a_socket(AF_INET, SOCK_STREAM), (struct sockaddr *)&in,
		       sizeof(in));
}

static long
other_type(void)
{
	bind_it(a_socket(AF_UNIX, SOCK_DGRAM));
	return connect_it(a_socket(AF_UNIX, SOCK_STREAM));
}

static long
not_connected(void)
{
	return read(a_socket(AF_INET, SOCK_STREAM), page, 1);
}

static long
no_destination(void)
{
	return send(a_socket(AF_INET, SOCK_DGRAM), "x", 1, 0);
}

static long
connected_twice(void)
{
	int listener = a_socket(AF_UNIX, SOCK_STREAM);
	int s = a_socket(AF_UNIX, SOCK_STREAM);

	bind_it(listener);
	listen(listener, 5);
	connect_it(s);
	return connect_it(s);
}

static long
accept_without_listen(void)
{
	int s = a_socket(AF_UNIX, SOCK_STREAM);

	bind_it(s);
	return accept(s, NULL, NULL);
}

static long
listen_datagram(void)
{
	return listen(a_socket(AF_UNIX, SOCK_DGRAM), 5);
}

static long
too_long(void)
{
	static char huge[70000];

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	in.sin_port = htons(9);
	return sendto(a_socket(AF_INET, SOCK_DGRAM), huge, sizeof(huge), 0,
		      (struct sockaddr *)&in, sizeof(in));
}

static long
nothing_there(void)
{
	int s[2];

	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	return recv(s[0], page, 1, MSG_DONTWAIT);
}

static long
other_end_gone(void)
{
	int s[2];

	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	close(s[1]);
	return send(s[0], "x", 1, MSG_NOSIGNAL);
}

static long
no_socket(void)
{
	return listen(0, 5);
}

static const struct {
	const char *name;
	long (*go)(void);
} tries[] = {
	{ "name-taken", name_taken },
	{ "name-left", name_left },
	{ "nobody-listens", nobody_listens },
	{ "no-such-name", no_such_name },
	{ "no-such-port", no_such_port },
	{ "other-type", other_type },
	{ "not-connected", not_connected },
	{ "no-destination", no_destination },
	{ "connected-twice", connected_twice },
	{ "accept-without-listen", accept_without_listen },
	{ "listen-datagram", listen_datagram },
	{ "too-long", too_long },
	{ "nothing-there", nothing_there },
	{ "other-end-gone", other_end_gone },
	{ "no-socket", no_socket },
};

int
main(int argc, char *argv[])
{
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		if (argc > 1 && strcmp(argv[1], tries[i].name) != 0)
			continue;
		if (tries[i].go() == -1)
			printf("%s: %s\n", tries[i].name, strerror(errno));
		else
			printf("%s: it worked\n", tries[i].name);
		unlink(un.sun_path);
	}
	return 0;
}
