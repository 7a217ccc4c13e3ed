/*
 * POSIX message queues: mq_overview(7).  A queue is known by its descriptors;
 * to the kernel its name has no slash.
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/decode.h"

#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <stdio.h>

enum { PRIORITIES = 32768 };	/* MQ_PRIO_MAX */

void
decode_exit_mq_open(struct tracing *t, struct task *k, int64_t result)
{
	decode_exit_open(t, k, result);
}

void
decode_entry_mq_unlink(struct tracing *t, struct task *k)
{
	char name[NAME_MAX + 1], path[sizeof(name) + 16];

	if (!memory_string(k->tid, k->arg[0], name, sizeof(name)))
		return;
	snprintf(path, sizeof(path), "/dev/mqueue/%s", name);
	decode_on_thing(t, k, thing_by_path(t, path));
}

void
decode_exit_mq_unlink(struct tracing *t, struct task *k, int64_t result)
{
	if (result >= 0)
		thing_removed(t, k->thing);
}

void
decode_entry_mq_send(struct tracing *t, struct task *k)
{
	decode_on_fd(t, k, (int)k->arg[0]);
	k->e.end = MODE_WRITE;
}

void
decode_entry_mq_receive(struct tracing *t, struct task *k)
{
	decode_on_fd(t, k, (int)k->arg[0]);
	k->e.end = MODE_READ;
}

void
decode_exit_mq_send(struct tracing *t, struct task *k, int64_t result)
{
	if (result < 0)
		return;
	k->e.bytes = (int64_t)k->arg[2];
	k->e.type = (unsigned)k->arg[3];
	decode_take_data(t, k, k->arg[1], k->e.bytes, k->thing);
}

/* The priority is known only if the subject wants to know it.  */
void
decode_exit_mq_receive(struct tracing *t, struct task *k, int64_t result)
{
	unsigned priority;

	if (result < 0)
		return;
	k->e.bytes = result;
	if (k->arg[3] && memory_read(k->tid, k->arg[3], &priority,
				     sizeof(priority)) == sizeof(priority))
		k->e.type = priority;
	decode_take_data(t, k, k->arg[1], result, k->thing);
}

/* mq_setattr(3) changes O_NONBLOCK, for all descriptors of the description. */
void
decode_exit_mq_attr(struct tracing *t, struct task *k, int64_t result)
{
	struct mq_attr new;

	if (result >= 0 && k->arg[1] &&
	    memory_read(k->tid, k->arg[1], &new, sizeof(new)) == sizeof(new))
		decode_set_status(t, k, k->e.fd, new.mq_flags & O_NONBLOCK);
}

/* ---- would it sleep? ---- */

static bool
asks_queue(struct task *k, unsigned mode, struct probe_mqueue *p)
{
	struct descriptor *d = descriptors_get(k->fds, k->e.fd);

	return d && d->mode & mode && !k->arg[4] &&	/* without a limit */
	       probe_mqueue(k->tid, k->e.fd, p, NULL) == 0 && !p->nonblock;
}

bool
foresee_mq_send(struct tracing *t, struct task *k)
{
	struct probe_mqueue p;

	(void)t;
	return asks_queue(k, MODE_WRITE, &p) &&
	       k->arg[2] <= (uint64_t)p.max_size &&
	       (unsigned)k->arg[3] < PRIORITIES &&
	       p.messages >= p.max_messages;
}

bool
foresee_mq_receive(struct tracing *t, struct task *k)
{
	struct probe_mqueue p;

	(void)t;
	return asks_queue(k, MODE_READ, &p) &&
	       k->arg[2] >= (uint64_t)p.max_size && p.messages == 0;
}
