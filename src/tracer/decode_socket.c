/* Calls that make sockets, name them, and connect them.  */
#include "config.h"

#include "tracer/args_socket.h"
#include "tracer/decode.h"
#include "tracer/sockets.h"

#include <errno.h>
#include <string.h>

/* Of the length that a call left where the argument points.  */
static uint64_t
length_at(struct task *k, uint64_t at)
{
	uint32_t len;

	return at && memory_read(k->tid, at, &len, sizeof(len)) == sizeof(len)
	       ? len : 0;
}

void
decode_take_address(struct task *k, uint64_t at, uint64_t len_at)
{
	if (at)
		socket_address_at(k, at, length_at(k, len_at), k->e.address,
				  sizeof(k->e.address));
}

/* Where a call on a socket succeeded, what the kernel made of it: its
 * address.  */
static void
look(struct tracing *t, struct task *k)
{
	if (thing_kind(t, k->thing) == KIND_SOCKET)
		sockets_look(t, k, k->e.fd, k->thing, k->e.address);
}

void
decode_exit_socket(struct tracing *t, struct task *k, int64_t r)
{
	decode_exit_new_fd(t, k, r);
	if (r < 0 || !k->e.n_opened)
		return;
	k->thing = descriptors_get(k->fds, r)->object;
	sockets_look(t, k, r, k->thing, NULL);
}

void
decode_exit_bind(struct tracing *t, struct task *k, int64_t r)
{
	if (r < 0)
		return;
	look(t, k);
	sockets_bound(t, k, k->thing, k->arg[1], k->arg[2]);
}

void
decode_exit_listen(struct tracing *t, struct task *k, int64_t r)
{
	if (r >= 0)
		look(t, k);
}

/* Whose the address is that it connects to.  */
void
decode_entry_connect(struct tracing *t, struct task *k)
{
	struct descriptor *d = decode_on_fd(t, k, (int)k->arg[0]);

	if (d)
		COPY_STR(k->e.object2, thing_name(t, sockets_at(t, k,
			 d->object, k->arg[1], k->arg[2])));
}

static bool
is_dissolved(struct task *k)
{
	uint16_t family = 0;

	memory_read(k->tid, k->arg[1], &family, sizeof(family));
	return family == AF_UNSPEC;
}

void
decode_exit_connect(struct tracing *t, struct task *k, int64_t r)
{
	int to;

	if ((r < 0 && k->e.error != EINPROGRESS) ||
	    thing_kind(t, k->thing) != KIND_SOCKET)
		return;
	look(t, k);
	if (is_dissolved(k)) {
		sockets_part(t, k->thing);
		return;
	}
	to = sockets_at(t, k, k->thing, k->arg[1], k->arg[2]);
	if (to < 0)
		return;
	if (sockets_is_listening(t, to)) {
		decode_touch(t, to);
		to = sockets_expect(t, k, k->thing, to);
	} else {
		sockets_join(t, k->thing, to);
	}
	COPY_STR(k->e.object2, thing_name(t, to));
}

void
decode_exit_shutdown(struct tracing *t, struct task *k, int64_t r)
{
	if (r >= 0)
		decode_touch(t, sockets_peer(t, k->thing));
}

static void
join_pair(struct tracing *t, struct task *k, const int *fd)
{
	int one = k->thing, two = descriptors_get(k->fds, fd[1])->object;

	sockets_look(t, k, fd[0], one, NULL);
	sockets_look(t, k, fd[1], two, NULL);
	sockets_join(t, one, two);
	sockets_join(t, two, one);
	decode_touch(t, two);
}

void
decode_exit_socketpair(struct tracing *t, struct task *k, int64_t r)
{
	int fd[2];

	if (r < 0 || memory_read(k->tid, k->arg[3], fd, sizeof(fd)) !=
		     sizeof(fd))
		return;
	for (int i = 0; i < 2; i++) {
		descriptors_close(k->fds, fd[i], fd[i]);
		decode_opened(t, k, &k->e, fd[i]);
	}
	if (k->e.n_opened == 2) {
		COPY_STR(k->e.object, k->e.opened[0].object);
		COPY_STR(k->e.object2, k->e.opened[1].object);
		k->thing = descriptors_get(k->fds, fd[0])->object;
		join_pair(t, k, fd);
	}
	args_append(&k->e, "\"sv\":[%d,%d]", fd[0], fd[1]);
}

void
decode_exit_accept(struct tracing *t, struct task *k, int64_t r)
{
	int id;

	if (r < 0)
		return;
	decode_take_address(k, k->arg[1], k->arg[2]);
	descriptors_close(k->fds, r, r);
	sockets_accepted(t, k, r, k->thing);
	decode_opened(t, k, &k->e, r);
	if (!k->e.n_opened)
		return;
	id = descriptors_get(k->fds, r)->object;
	sockets_look(t, k, r, id, NULL);
	decode_touch(t, id);
}

void
decode_exit_sockname(struct tracing *t, struct task *k, int64_t r)
{
	(void)t;
	if (r >= 0)
		decode_take_address(k, k->arg[1], k->arg[2]);
}

void
decode_exit_sockopt(struct tracing *t, struct task *k, int64_t r)
{
	struct buf b = BUF_INIT;

	if (r < 0 || strcmp(k->call->name, "getsockopt") != 0)
		return;
	socket_value_write(t, k, &b, k->arg[3], length_at(k, k->arg[4]));
	args_append(&k->e, "\"optval\":%s", buf_str(&b));
	buf_release(&b);
}
