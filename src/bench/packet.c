/*
 * Sockets that carry messages: UNIX datagrams and sequenced packets
 * (unix(7)), and udp(7) on the loopback device.  Buffers are those that a
 * program gets when it asks for nothing.
 */
#include "config.h"

#include "bench/channel.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* 65535 bytes of an IPv4 packet, less the headers of IP and UDP.  */
enum { UDP_MOST = 65535 - 20 - 8 };

static int
pair(struct channel *c, int type)
{
	int fd[2];

	if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, fd) < 0)
		return channel_failed(c, "socketpair");
	for (enum side side = NEAR; side <= FAR; side++)
		c->fd[side][OUT] = c->fd[side][IN] = fd[side];
	return 0;
}

int
unix_datagram_open(struct channel *c)
{
	return pair(c, SOCK_DGRAM);
}

int
unix_seqpacket_open(struct channel *c)
{
	return pair(c, SOCK_SEQPACKET);
}

/* A message must fit into the send buffer, less 32 bytes that the kernel
 * keeps: it fails with EMSGSIZE else (send(2)).  */
uint32_t
unix_largest(struct channel *c)
{
	int bytes = 0;
	socklen_t len = sizeof(bytes);

	getsockopt(c->fd[NEAR][OUT], SOL_SOCKET, SO_SNDBUF, &bytes, &len);
	return bytes > 32 ? (uint32_t)bytes - 32 : 0;
}

uint32_t
udp_largest(struct channel *c)
{
	(void)c;
	return UDP_MOST;
}

/* A socket on a port of its own.  */
static int
bound(struct channel *c, struct sockaddr_in *name)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t len = sizeof(*name);

	if (fd < 0)
		return channel_failed(c, "socket");
	*name = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	if (bind(fd, (struct sockaddr *)name, sizeof(*name)) < 0)
		return channel_failed(c, "bind");
	if (getsockname(fd, (struct sockaddr *)name, &len) < 0)
		return channel_failed(c, "getsockname");
	return fd;
}

/* A datagram that is lost is not to hold up the lab: a second is long.  */
static int
meet(struct channel *c, int fd, const struct sockaddr_in *peer)
{
	const struct timeval patience = { .tv_sec = 1 };

	if (connect(fd, (const struct sockaddr *)peer, sizeof(*peer)) < 0)
		return channel_failed(c, "connect");
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
		       sizeof(patience)) < 0)
		return channel_failed(c, "setsockopt");
	return 0;
}

int
udp_open(struct channel *c)
{
	struct sockaddr_in name[2];

	for (enum side side = NEAR; side <= FAR; side++) {
		int fd = bound(c, &name[side]);

		if (fd < 0)
			return -1;
		c->fd[side][OUT] = c->fd[side][IN] = fd;
	}
	if (meet(c, c->fd[NEAR][OUT], &name[FAR]) < 0)
		return -1;
	return meet(c, c->fd[FAR][OUT], &name[NEAR]);
}

int
packet_send(struct channel *c)
{
	if (send(c->fd[c->side][OUT], c->buf, c->size, MSG_NOSIGNAL) < 0)
		return channel_failed(c, "send");
	return 0;
}

int
packet_receive(struct channel *c)
{
	ssize_t n = recv(c->fd[c->side][IN], c->buf, c->size, 0);

	if (n >= 0 && (size_t)n != c->size) {
		errno = EPIPE;
		n = -1;
	}
	return n < 0 ? channel_failed(c, "recv") : 0;
}
