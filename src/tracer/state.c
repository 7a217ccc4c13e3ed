/*
 * What the kernel says of an object, for the events: one probe for each
 * kind.  Called only while no subject runs, so that what is seen is what is.
 */
#include "config.h"

#include "event/names.h"
#include "event/sigset.h"
#include "probe/probe.h"
#include "tracer/sockets.h"
#include "tracer/trace.h"

#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

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
	if (probe_file(a->k->tid, a->fd, s, NULL) < 0)
		return false;
	state_mappings(a->t, a->id, s);
	thing_locks(a->t, a->id, s);
	return true;
}

static bool
state_of_memory(const struct asked *a, struct object_state *s)
{
	return state_memory(a->t, a->id, s);
}

static bool
state_eventfd(const struct asked *a, struct object_state *s)
{
	return probe_eventfd(a->k->tid, a->fd, s, NULL) == 0;
}

static bool
state_timerfd(const struct asked *a, struct object_state *s)
{
	return probe_timerfd(a->k->tid, a->fd, s, NULL) == 0;
}

static bool
state_epoll(const struct asked *a, struct object_state *s)
{
	return probe_epoll(a->k->tid, a->fd, s, NULL) == 0;
}

static bool
state_semaphore_set(const struct asked *a, struct object_state *s)
{
	return probe_semaphores(thing_id(a->t, a->id), getpid(), s, NULL) >= 0;
}

/* What stands in memory, in a process that has it mapped; a named semaphore
 * that nobody has mapped any more is still a file.  */
static bool
state_semaphore(const struct asked *a, struct object_state *s)
{
	uint64_t at;
	struct task *k = thing_place(a->t, a->id, &at);

	if (k)
		return probe_posix_semaphore(k->tid, at, s, NULL) == 0;
	return probe_named_semaphore(thing_path(a->t, a->id), s, NULL) == 0;
}

static bool
state_futex(const struct asked *a, struct object_state *s)
{
	uint64_t at;
	uint32_t word;
	struct task *k = thing_place(a->t, a->id, &at);

	if (!k || memory_read(k->tid, at, &word, sizeof(word)) !=
		  sizeof(word))
		return false;
	s->value = word;
	return true;
}

static bool
state_signalfd(const struct asked *a, struct object_state *s)
{
	struct buf b = BUF_INIT;

	sigset_write(&b, probe_signalfd(a->k->tid, a->fd));
	COPY_STR(s->status, buf_str(&b));
	buf_release(&b);
	return true;
}

/* For which process it stands, by name.  */
static bool
state_pidfd(const struct asked *a, struct object_state *s)
{
	pid_t pid = probe_pidfd(a->k->tid, a->fd);

	for (struct task *k = a->t->first; pid > 0 && k; k = k->next)
		if (k->tid == pid && !k->reaped) {
			COPY_STR(s->peer, k->name);
			COPY_STR(s->status, k->phase == PHASE_ENDED ? "ended"
								    : "");
			return true;
		}
	COPY_STR(s->status, "gone");
	return true;
}

static bool
state_socket(const struct asked *a, struct object_state *s)
{
	return sockets_state(a->t, a->id, a->k, a->fd, s);
}

static bool
state_queue(const struct asked *a, struct object_state *s)
{
	int id = thing_id(a->t, a->id);

	return id >= 0 && probe_queue(id, s, NULL) == 0;
}

/* Who is told of the next message, and how (mq_notify(3)).  */
static void
tell_notified(const struct asked *a, const struct probe_mqueue *p,
	      struct object_state *s)
{
	struct task *k = p->notify_pid ? task_find(a->t, p->notify_pid) : NULL;

	if (k && p->notify == SIGEV_SIGNAL)
		snprintf(s->status, sizeof(s->status), "notifies %s by %s",
			 k->name, signal_name(p->signal));
	else if (k)
		snprintf(s->status, sizeof(s->status), "notifies %s by %s",
			 k->name, p->notify == SIGEV_THREAD ? "a thread"
							    : "nothing");
}

/* Through whoever has it open; a queue that nobody has open any more, by its
 * name, if that leads to the same one.  */
static bool
probe_mqueue_of(const struct asked *a, struct probe_mqueue *p)
{
	struct task *k;
	struct stat st;
	int fd;
	bool ok;

	if (thing_holder(a->t, a->id, MODE_READ | MODE_WRITE, &k, &fd))
		return probe_mqueue(k->tid, fd, p, NULL) == 0;
	fd = mq_open(thing_path(a->t, a->id), O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return false;
	ok = fstat(fd, &st) == 0 && thing_is_file(a->t, a->id, &st) &&
	     probe_mqueue(getpid(), fd, p, NULL) == 0;
	mq_close(fd);
	return ok;
}

static bool
state_mqueue(const struct asked *a, struct object_state *s)
{
	struct probe_mqueue p;

	if (!probe_mqueue_of(a, &p))
		return false;
	s->derived = true;
	s->bytes = p.bytes;
	s->messages = p.messages;
	s->max_messages = p.max_messages;
	s->max_size = p.max_size;
	tell_notified(a, &p, s);
	return true;
}

static const struct {
	bool (*state)(const struct asked *a, struct object_state *s);
	bool no_fd;		/* it is not known by a descriptor */
} states[KIND_MAX] = {
	[KIND_PIPE] = { state_pipe },
	[KIND_FIFO] = { state_pipe },
	[KIND_FILE] = { state_file },
	[KIND_EVENTFD] = { state_eventfd },
	[KIND_TIMERFD] = { state_timerfd },
	[KIND_EPOLL] = { state_epoll },
	[KIND_SEMAPHORE_SET] = { state_semaphore_set, true },
	[KIND_SEMAPHORE] = { state_semaphore, true },
	[KIND_FUTEX] = { state_futex, true },
	[KIND_MEMORY] = { state_of_memory, true },
	[KIND_SIGNALFD] = { state_signalfd },
	[KIND_PIDFD] = { state_pidfd },
	[KIND_SOCKET] = { state_socket },
	[KIND_QUEUE] = { state_queue, true },
	[KIND_MQUEUE] = { state_mqueue, true },
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
