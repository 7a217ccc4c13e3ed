/*
 * What the kernel says of an object, for the events: one probe for each
 * kind.  Called only while no subject runs, so that what is seen is what is.
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/trace.h"

/* What a probe is asked: the object, and a task with a descriptor of it
 * (fd -1 for kinds that are known by an id or an address).  */
struct asked {
	struct tracing *t;
	int id;
	struct task *k;
	int fd;
};

static bool
state_pipe(const struct asked *a, struct object_state *s)
{
	struct task *reader;
	int fd;

	/* A read end is better: a write end must be reopened. */
	if (thing_holder(a->t, a->id, MODE_READ, &reader, &fd))
		return probe_pipe(reader->tid, fd, s, NULL) == 0;
	return probe_pipe(a->k->tid, a->fd, s, NULL) == 0;
}

static bool
state_file(const struct asked *a, struct object_state *s)
{
	return probe_file(a->k->tid, a->fd, s, NULL) == 0;
}

static const struct {
	bool (*state)(const struct asked *a, struct object_state *s);
	bool no_fd;		/* it is not known by a descriptor */
} states[KIND_MAX] = {
	[KIND_PIPE] = { state_pipe },
	[KIND_FIFO] = { state_pipe },
	[KIND_FILE] = { state_file },
};

void
decode_state(struct tracing *t, struct event *e, int id)
{
	enum object_kind kind = thing_kind(t, id);
	struct asked a = { t, id, NULL, -1 };

	if (thing_is_system(t, id) || !states[kind].state)
		return;
	if (!states[kind].no_fd &&
	    !thing_holder(t, id, MODE_READ | MODE_WRITE, &a.k, &a.fd))
		return;
	e->state.known = states[kind].state(&a, &e->state);
}
