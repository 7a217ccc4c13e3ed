/*
 * Limits of time that belong to a socket (SO_RCVTIMEO, SO_SNDTIMEO: socket(7)),
 * on the virtual clock: for the time of the call there is none in the kernel.
 */
#include "config.h"

#include "probe/socket.h"
#include "tracer/trace.h"

#include <errno.h>
#include <sys/socket.h>

static bool
sends(const struct task *k)
{
	switch (k->call->does) {
	case DOES_WRITE: case DOES_WRITEV: case DOES_SEND: case DOES_SENDMSG:
	case DOES_CONNECT:
		return true;
	default:
		return false;
	}
}

static bool
receives(const struct task *k)
{
	switch (k->call->does) {
	case DOES_READ: case DOES_READV: case DOES_RECEIVE:
	case DOES_RECVMSG: case DOES_ACCEPT:
		return true;
	default:
		return false;
	}
}

int64_t
virtual_socket_timeout(struct tracing *t, struct task *k)
{
	if (thing_kind(t, k->thing) != KIND_SOCKET ||
	    (!sends(k) && !receives(k)))
		return -1;
	if (k->limit == 0) {
		k->limit = probe_socket_swap_limit(k->tid, k->e.fd, sends(k),
						   0);
		if (k->limit < 0)
			k->limit = 0;
	}
	return k->limit > 0 ? k->limit : -1;
}

void
virtual_socket_time_over(struct task *k)
{
	if (k->limit > 0)
		probe_socket_swap_limit(k->tid, k->e.fd, sends(k), k->limit);
	k->limit = 0;
}

/* What a call returns whose time is over: poll(2) 0, a socket EAGAIN.  */
int
virtual_socket_result(const struct task *k)
{
	if (k->limit == 0)
		return 0;
	return k->call->does == DOES_CONNECT ? -EINPROGRESS : -EAGAIN;
}
