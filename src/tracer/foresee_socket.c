/* Would a call on a socket sleep?  See foresee.c.  */
#include "config.h"

#include "probe/probe.h"
#include "probe/socket.h"
#include "tracer/decode.h"
#include "tracer/sockets.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static uint64_t
message_flags(const struct task *k)
{
	for (int i = 0; i < 6; i++)
		if (k->call->arg[i].kind == ARG_SOCKET_FLAGS)
			return k->arg[i];
	return 0;
}

/* It would wait for ever if it waited: with a limit of time it ends by
 * itself.  */
static bool
is_patient(struct tracing *t, struct task *k, bool to_send)
{
	return thing_kind(t, k->thing) == KIND_SOCKET &&
	       !(message_flags(k) & MSG_DONTWAIT) &&
	       probe_socket_is_patient(k->tid, k->e.fd, to_send);
}

bool
foresee_accept(struct tracing *t, struct task *k)
{
	return sockets_is_listening(t, k->thing) && is_patient(t, k, false) &&
	       probe_ready(k->tid, k->e.fd, POLLIN, NULL) == 0;
}

/* The queue of a listening socket holds one connection more than its backlog
 * (unix_recvq_full() and sk_acceptq_is_full() in the kernel).  */
bool
foresee_connect(struct tracing *t, struct task *k)
{
	int to = sockets_at(t, k, k->thing, k->arg[1], k->arg[2]), fd;
	struct object_state s;
	struct task *holder;

	return is_patient(t, k, true) && sockets_is_listening(t, to) &&
	       thing_holder(t, to, MODE_READ | MODE_WRITE, &holder, &fd) &&
	       sockets_state(t, to, holder, fd, &s) && s.messages >= 0 &&
	       s.messages > s.max_messages;
}

/* Datagrams that a UNIX socket holds, and one more, before who sends to it
 * must wait (unix(7), net.unix.max_dgram_qlen).  */
static int
datagrams_max(void)
{
	int n = -1;
	FILE *f = fopen("/proc/sys/net/unix/max_dgram_qlen", "re");

	if (f && fscanf(f, "%d", &n) != 1)
		n = -1;
	if (f)
		fclose(f);
	return n;
}

static bool
receiver_is_full(struct tracing *t, struct task *k)
{
	int to = decode_destination(t, k), fd, max = datagrams_max();
	struct object_state s;
	struct task *holder;

	/* Two that are connected to each other are not held up. */
	return to >= 0 && to != k->thing && max >= 0 &&
	       sockets_peer(t, to) != k->thing &&
	       thing_holder(t, to, MODE_READ | MODE_WRITE, &holder, &fd) &&
	       sockets_state(t, to, holder, fd, &s) &&
	       strncmp(s.status, "AF_UNIX", 7) == 0 && s.messages > max;
}

bool
foresee_send(struct tracing *t, struct task *k)
{
	if (!is_patient(t, k, true))
		return false;
	if (probe_socket_send_waits(k->tid, k->e.fd) == 1)
		return true;
	return sockets_is_datagram(t, k->thing) && receiver_is_full(t, k);
}

/* With MSG_WAITALL a stream is waited for until all is there.  */
static bool
waits_for_all(struct task *k)
{
	bool ended;
	int64_t unread;

	if (!(message_flags(k) & MSG_WAITALL) || k->call->does != DOES_RECEIVE)
		return false;
	unread = probe_socket_unread(k->tid, k->e.fd, &ended);
	return !ended && unread >= 0 && unread < (int64_t)k->arg[2];
}

bool
foresee_receive(struct tracing *t, struct task *k)
{
	if (!is_patient(t, k, false))
		return false;
	if (probe_ready(k->tid, k->e.fd, POLLIN, NULL) == 0)
		return true;
	return !sockets_is_datagram(t, k->thing) && waits_for_all(k);
}
