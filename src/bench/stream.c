/*
 * Mechanisms that carry bytes: pipe(7), fifo(7), unix(7) and tcp(7) stream
 * sockets.  A message is so many bytes; both sides know how many.
 */
#include "config.h"

#include "bench/channel.h"

#include "base/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* One direction: from a side's OUT to the other's IN.  */
static void
lay(struct channel *c, enum side from, int out, int in)
{
	c->fd[from][OUT] = out;
	c->fd[!from][IN] = in;
}

int
pipe_open(struct channel *c)
{
	for (enum side from = NEAR; from <= FAR; from++) {
		int fd[2];

		if (pipe2(fd, O_CLOEXEC) < 0)
			return channel_failed(c, "pipe2");
		lay(c, from, fd[1], fd[0]);
	}
	return 0;
}

/* Both ends of a FIFO.  The reader first, and not waiting: to open one end
 * is to wait for the other (fifo(7)).  */
static int
open_both(struct channel *c, const char *name, enum side from)
{
	int in, out;

	if (mkfifo(name, 0600) < 0)
		return channel_failed(c, "mkfifo");
	in = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	out = in < 0 ? -1 : open(name, O_WRONLY | O_CLOEXEC);
	unlink(name);
	if (out < 0)
		return channel_failed(c, "open");
	lay(c, from, out, in);
	return fcntl(in, F_SETFL, O_RDONLY) < 0 ? channel_failed(c, "fcntl")
						: 0;
}

int
fifo_open(struct channel *c)
{
	char *folder = path_temporary(NULL);
	int rc = 0;

	if (!folder)
		return channel_failed(c, "mkdtemp");
	for (enum side from = NEAR; from <= FAR && rc == 0; from++) {
		char *name = xasprintf("%s/fifo%d", folder, from);

		rc = open_both(c, name, from);
		free(name);
	}
	path_remove_tree(folder, NULL);
	free(folder);
	return rc;
}

static void
both_ways(struct channel *c, const int fd[2])
{
	for (enum side side = NEAR; side <= FAR; side++)
		c->fd[side][OUT] = c->fd[side][IN] = fd[side];
}

int
unix_stream_open(struct channel *c)
{
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd) < 0)
		return channel_failed(c, "socketpair");
	both_ways(c, fd);
	return 0;
}

/* What is sent is not to wait for more to be sent with it (tcp(7)): neither
 * an answer nor the last message of a batch.  */
static int
no_delay(struct channel *c, int fd)
{
	int on = 1;

	if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) < 0)
		return channel_failed(c, "setsockopt");
	return 0;
}

/* Connected to ourselves: the listener's backlog takes the connection before
 * anybody accepts it (listen(2)).  */
static int
connect_pair(struct channel *c, int listener, int fd[2])
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(to);

	if (bind(listener, (struct sockaddr *)&to, sizeof(to)) < 0)
		return channel_failed(c, "bind");
	if (listen(listener, 1) < 0)
		return channel_failed(c, "listen");
	if (getsockname(listener, (struct sockaddr *)&to, &len) < 0)
		return channel_failed(c, "getsockname");
	if (connect(fd[NEAR], (struct sockaddr *)&to, len) < 0)
		return channel_failed(c, "connect");
	fd[FAR] = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd[FAR] < 0)
		return channel_failed(c, "accept4");
	return no_delay(c, fd[NEAR]) < 0 ? -1 : no_delay(c, fd[FAR]);
}

int
tcp_open(struct channel *c)
{
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int fd[2] = { socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), -1 };

	if (listener < 0 || fd[NEAR] < 0)
		return channel_failed(c, "socket");
	if (connect_pair(c, listener, fd) < 0)
		return -1;
	close(listener);
	both_ways(c, fd);
	return 0;
}

int
stream_send(struct channel *c)
{
	for (size_t done = 0; done < c->size; ) {
		ssize_t n = write(c->fd[c->side][OUT], c->buf + done,
				  c->size - done);

		if (n < 0)
			return channel_failed(c, "write");
		done += (size_t)n;
	}
	return 0;
}

int
stream_receive(struct channel *c)
{
	for (size_t done = 0; done < c->size; ) {
		ssize_t n = read(c->fd[c->side][IN], c->buf + done,
				 c->size - done);

		if (n == 0)
			errno = EPIPE;
		if (n <= 0)
			return channel_failed(c, "read");
		done += (size_t)n;
	}
	return 0;
}
