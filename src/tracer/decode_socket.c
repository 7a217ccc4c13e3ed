/* Calls that make sockets, name them, and connect them.  */
#include "config.h"

#include "tracer/args_socket.h"
#include "tracer/decode.h"

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
	}
	args_append(&k->e, "\"sv\":[%d,%d]", fd[0], fd[1]);
}

void
decode_exit_accept(struct tracing *t, struct task *k, int64_t r)
{
	if (r < 0)
		return;
	decode_take_address(k, k->arg[1], k->arg[2]);
	descriptors_close(k->fds, r, r);
	decode_opened(t, k, &k->e, r);
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
