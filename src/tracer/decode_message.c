/* Calls that send and receive: send(2), recv(2) and their kin.  */
#include "config.h"

#include "tracer/args_socket.h"
#include "tracer/decode.h"
#include "tracer/sockets.h"

#include <string.h>
#include <sys/socket.h>

enum { RIGHTS_MAX = 253 };	/* SCM_MAX_FD: unix(7) */

/* Where a send says by itself where to: the place of the address, 0.  */
static uint64_t
address_given(struct task *k, uint64_t *len)
{
	struct msghdr m;

	*len = 0;
	if (k->call->does == DOES_SEND) {
		*len = (uint32_t)k->arg[5];
		return k->arg[4];
	}
	if (k->call->does != DOES_SENDMSG ||
	    memory_read(k->tid, k->arg[1], &m, sizeof(m)) != sizeof(m))
		return 0;
	*len = m.msg_namelen;
	return (uintptr_t)m.msg_name;
}

int
decode_destination(struct tracing *t, struct task *k)
{
	uint64_t len, at = address_given(k, &len);

	if (at && sockets_is_datagram(t, k->thing))
		return sockets_at(t, k, k->thing, at, len);
	return sockets_peer(t, k->thing);
}

void
decode_entry_send(struct tracing *t, struct task *k)
{
	uint64_t len;

	decode_on_fd(t, k, (int)k->arg[0]);
	k->e.end = MODE_WRITE;
	if (thing_kind(t, k->thing) == KIND_SOCKET && address_given(k, &len))
		COPY_STR(k->e.object2, thing_name(t, decode_destination(t, k)));
}

/* A datagram socket gets its address with the first send: ip(7).  */
static void
sent(struct tracing *t, struct task *k)
{
	if (thing_kind(t, k->thing) != KIND_SOCKET)
		return;
	if (sockets_is_nameless(t, k->thing))
		sockets_look(t, k, k->e.fd, k->thing, k->e.address);
	decode_touch(t, decode_destination(t, k));
}

void
decode_entry_receive(struct tracing *t, struct task *k)
{
	decode_on_fd(t, k, (int)k->arg[0]);
	k->e.end = MODE_READ;
}

void
decode_exit_send(struct tracing *t, struct task *k, int64_t r)
{
	if (r < 0)
		return;
	k->e.bytes = r;
	decode_take_data(t, k, k->arg[1], r, k->thing);
	sent(t, k);
}

void
decode_exit_receive(struct tracing *t, struct task *k, int64_t r)
{
	if (r < 0)
		return;
	/* With MSG_TRUNC more may have come than was put there. */
	k->e.bytes = r;
	decode_take_data(t, k, k->arg[1],
			 r < (int64_t)k->arg[2] ? r : (int64_t)k->arg[2],
			 k->thing);
	if (k->arg[4])
		decode_take_address(k, k->arg[4], k->arg[5]);
}

/* The first message of one or several; *n: bytes moved by it.  */
static bool
first_message(struct task *k, int64_t r, struct msghdr *m, int64_t *n)
{
	struct mmsghdr first;
	bool several = k->call->arg[1].kind == ARG_SOCKET_MESSAGES;

	if (r < 0 || (several && r == 0))
		return false;
	if (!several) {
		*n = r;
		return memory_read(k->tid, k->arg[1], m, sizeof(*m)) ==
		       sizeof(*m);
	}
	if (memory_read(k->tid, k->arg[1], &first, sizeof(first)) !=
	    sizeof(first))
		return false;
	*m = first.msg_hdr;
	*n = first.msg_len;
	return true;
}

/* The bytes of all messages of sendmmsg(2), recvmmsg(2).  */
static int64_t
bytes_of_all(struct task *k, int64_t r)
{
	struct mmsghdr one;
	int64_t total = 0;

	for (int64_t i = 0; i < r; i++)
		if (memory_read(k->tid, k->arg[1] + i * sizeof(one), &one,
				sizeof(one)) == sizeof(one))
			total += one.msg_len;
	return total;
}

static bool
take_message(struct tracing *t, struct task *k, int64_t r, struct msghdr *m)
{
	int64_t n;

	if (!first_message(k, r, m, &n))
		return false;
	k->e.bytes = k->call->arg[1].kind == ARG_SOCKET_MESSAGES ?
		     bytes_of_all(k, r) : r;
	decode_take_parts(t, k, (uintptr_t)m->msg_iov, m->msg_iovlen, n,
			  k->thing);
	return true;
}

typedef void each_fn(struct tracing *t, struct task *k, int fd);

/* Each descriptor that goes with a message (SCM_RIGHTS, unix(7)).  */
static void
each_right(struct tracing *t, struct task *k, const struct msghdr *m,
	   each_fn *each)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(RIGHTS_MAX * sizeof(int)) + 256];
	} control;
	struct msghdr own = { .msg_control = control.bytes };
	size_t n = m->msg_controllen < sizeof(control) ? m->msg_controllen
						       : sizeof(control);

	if (!m->msg_control || n < sizeof(struct cmsghdr) ||
	    memory_read(k->tid, (uintptr_t)m->msg_control, &control, n) !=
	    (ssize_t)n)
		return;
	own.msg_controllen = n;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&own); c;
	     c = CMSG_NXTHDR(&own, c)) {
		size_t len = c->cmsg_len - CMSG_LEN(0);
		int fd;

		/* Another thread may have written there since. */
		if (c->cmsg_len < CMSG_LEN(0) || c->cmsg_len >
		    n - (size_t)((char *)c - control.bytes))
			return;
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t at = 0; at + sizeof(fd) <= len &&
		     at < RIGHTS_MAX * sizeof(fd); at += sizeof(fd)) {
			memcpy(&fd, CMSG_DATA(c) + at, sizeof(fd));
			each(t, k, fd);
		}
	}
}

static void
right_leaves(struct tracing *t, struct task *k, int fd)
{
	struct descriptor *d = thing_of_fd(t, k, fd);

	if (d)
		thing_sent(t, d->object, d->description);
}

/* What arrives is opened by this call.  */
static void
right_arrives(struct tracing *t, struct task *k, int fd)
{
	descriptors_close(k->fds, fd, fd);
	decode_opened(t, k, &k->e, fd);
}

void
decode_exit_sendmsg(struct tracing *t, struct task *k, int64_t r)
{
	struct msghdr m;

	if (!take_message(t, k, r, &m))
		return;
	each_right(t, k, &m, right_leaves);
	sent(t, k);
}


void
decode_exit_recvmsg(struct tracing *t, struct task *k, int64_t r)
{
	struct buf b = BUF_INIT;
	struct msghdr m;

	if (!take_message(t, k, r, &m))
		return;
	if (m.msg_name && m.msg_namelen)
		socket_address_at(k, (uintptr_t)m.msg_name, m.msg_namelen,
				  k->e.address, sizeof(k->e.address));
	each_right(t, k, &m, right_arrives);
	socket_control_write(t, k, &b, &m);
	if (b.len)
		args_append(&k->e, "\"control\":%s", buf_str(&b));
	if (m.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
		args_append(&k->e, "\"msg_flags\":\"%s\"",
			    !(m.msg_flags & MSG_CTRUNC) ? "MSG_TRUNC" :
			    m.msg_flags & MSG_TRUNC ? "MSG_TRUNC|MSG_CTRUNC" :
			    "MSG_CTRUNC");
	buf_release(&b);
}
