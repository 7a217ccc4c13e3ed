/*
 * What is in a message queue: a segment is a message.
 *
 * System V keeps messages in the order in which they came, and a receiver
 * takes the first that it asks for; POSIX keeps those of higher priority in
 * front, and a receiver takes the first (msgop(2), mq_overview(7)).  So of
 * messages of one type it is always the oldest that is taken.
 */
#include "config.h"

#include "world/queue_inside.h"

#include "base/i18n.h"
#include "event/names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool
object_is_queue(const struct object *o)
{
	return o->kind == KIND_QUEUE || o->kind == KIND_MQUEUE;
}

struct queue *
queue_own(struct object *o)
{
	return object_own(o, sizeof(struct queue));
}

const struct queue *
queue_known(const struct object *o)
{
	return object_has_own(o, sizeof(struct queue));
}

bool
queue_is_length(int64_t bytes)
{
	return bytes >= 0 && bytes < INT32_MAX;
}

size_t
queue_messages(const struct object *o, const struct segment **list)
{
	*list = o->segment ? o->segment + o->head_segment : NULL;
	return o->n_segments - o->head_segment;
}

int64_t
queue_room(const struct object *o)
{
	const struct object_state *s = &o->probed;
	int64_t n = (int64_t)(o->n_segments - o->head_segment);

	if (o->kind == KIND_QUEUE && o->capacity < 0)
		return -1;
	if (o->kind == KIND_QUEUE)
		return o->capacity > o->bytes ? o->capacity - o->bytes : 0;
	if (!queue_is_length(s->max_messages) || !queue_is_length(s->max_size))
		return -1;
	return s->max_messages > n ? (s->max_messages - n) * s->max_size : 0;
}

bool
queue_is_foreign(const struct object *o)
{
	const struct queue *q = queue_known(o);

	return !o->made || (q && q->foreign);
}

/* ---- who uses it ---- */

static void
add_user(struct world *w, struct object *o, int a)
{
	struct queue *q = queue_own(o);

	for (int i = 0; i < q->n_users; i++)
		if (q->user[i].actor == a)
			return;
	if (q->n_users == QUEUE_USERS)
		return;
	q->user[q->n_users].actor = a;
	q->user[q->n_users++].n = w->n;
}

/* Its id or descriptor goes from parent to child.  */
bool
queue_has_user(const struct world *w, int object, int actor)
{
	const struct queue *q = queue_known(&w->object[object]);
	uint64_t before = UINT64_MAX;

	for (int a = actor; q && a >= 0; a = w->actor[a].parent) {
		for (int i = 0; i < q->n_users; i++)
			if (q->user[i].actor == a && q->user[i].n < before)
				return true;
		before = w->actor[a].born_n;
	}
	return false;
}

/* ---- one message ---- */

int
queue_common(int a, int b)
{
	return a < b ? a : b;
}

/* Could this be the message that was seen?  A receiver may have taken less
 * than all of it (MSG_NOERROR).  */
static bool
looks_like(const struct segment *s, const struct event *e)
{
	int n = queue_common(s->data_len, e->data_len > 0 ? e->data_len : 0);

	return e->bytes <= s->bytes &&
	       (n <= 0 || memcmp(s->data, e->data, n) == 0);
}

/* The place of the message that was taken, -1: it was not told yet.  */
static int64_t
find_taken(const struct object *o, const struct event *e)
{
	int64_t unknown = -1;

	for (size_t i = o->head_segment; i < o->n_segments; i++) {
		const struct segment *s = &o->segment[i];

		if ((e->type < 0 || s->type == e->type) && looks_like(s, e))
			return (int64_t)i;
		if (s->type < 0 && unknown < 0)
			unknown = (int64_t)i;
	}
	return unknown;
}

static void
take_out(struct object *o, size_t i)
{
	o->bytes -= o->segment[i].bytes;
	memmove(o->segment + i, o->segment + i + 1,
		(o->n_segments - i - 1) * sizeof(*o->segment));
	o->n_segments--;
	if (o->n_segments == o->head_segment)
		pipe_emptied(o);
}

/* Where a new message goes: behind all, or (POSIX) before those of lower
 * priority.  */
static struct segment *
put_in(struct object *o, int64_t type)
{
	struct segment *s = segment_add(o);
	size_t i = o->n_segments - 1;

	while (o->kind == KIND_MQUEUE && i > o->head_segment &&
	       o->segment[i - 1].type < type) {
		o->segment[i] = o->segment[i - 1];
		i--;
	}
	s = &o->segment[i];
	*s = (struct segment){ .writer = -1, .type = type };
	return s;
}

void
queue_set_data(char *to, int *len, int room, const char *data, int data_len)
{
	*len = data_len > 0 ? queue_common(data_len, room) : 0;
	memcpy(to, data, (size_t)*len);
}

/* ---- what happens ---- */

/* Its taking was told first.  */
static bool
pays_debt(struct world *w, struct object *o, const struct event *e)
{
	struct queue *q = queue_own(o);

	for (int i = 0; i < q->n_debts; i++) {
		struct queue_debt *d = &q->debt[i];
		int n = queue_common(d->data_len, e->data_len);

		if ((d->type >= 0 && d->type != e->type) ||
		    d->bytes > e->bytes ||
		    (n > 0 && memcmp(d->data, e->data, (size_t)n) != 0))
			continue;
		world_link_to(w, w->n, d->n);
		memmove(d, d + 1, (size_t)(--q->n_debts - i) * sizeof(*d));
		return true;
	}
	return false;
}

static int
sleeping_receivers(const struct world *w, int id)
{
	int n = 0;

	for (int a = 0; a < w->n_actors; a++)
		n += w->actor[a].object == id && w->actor[a].end == MODE_READ &&
		     (w->actor[a].state == ACTOR_BLOCKED ||
		      w->actor[a].state == ACTOR_SLEEPING) &&
		     strcmp(w->actor[a].call, "mq_timedreceive") == 0;
	return n;
}

/* Who asked is told once, of a message that comes into the empty queue, and
 * that nobody sleeps for (mq_notify(3)).  */
static void
notify(struct world *w, int id, int sender)
{
	struct object *o = &w->object[id];
	struct queue *q = queue_own(o);
	int signal;

	if (o->kind != KIND_MQUEUE || !q->notified ||
	    o->n_segments > o->head_segment || sleeping_receivers(w, id) > 0)
		return;
	signal = signal_number(q->notify);
	if (signal > 0 && q->notified <= w->n_actors)
		signals_sent(w, q->notified - 1, sender, signal, q->value);
	q->notified = 0;
}

static void
sent(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	struct segment *s;

	notify(w, id, a);
	o->last_writer = a;
	o->last_write_n = o->changed_n = w->n;
	if (!queue_is_length(e->bytes) || pays_debt(w, o, e))
		return;
	s = put_in(o, e->type);
	s->writer = a;
	s->n = w->n;
	s->bytes = e->bytes;
	queue_set_data(s->data, &s->data_len, sizeof(s->data), e->data,
		 e->data_len);
	o->bytes += e->bytes;
}

static void
owe(struct world *w, struct object *o, const struct event *e)
{
	struct queue *q = queue_own(o);
	struct queue_debt *d;

	if (queue_is_foreign(o) || q->n_debts == QUEUE_DEBTS)
		return;
	d = &q->debt[q->n_debts++];
	*d = (struct queue_debt){ .n = w->n, .type = e->type,
				  .bytes = e->bytes };
	queue_set_data(d->data, &d->data_len, sizeof(d->data), e->data,
		 e->data_len);
}

static void
received(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	char flags[64] = "";
	int64_t i;

	event_arg(e, "msgflg", flags, sizeof(flags));
	if (strstr(flags, "MSG_COPY") || !queue_is_length(e->bytes))
		return;
	i = find_taken(o, e);
	o->last_reader = a;
	o->changed_n = w->n;
	if (i < 0) {
		owe(w, o, e);
		return;
	}
	world_link(w, o->segment[i].n);
	take_out(o, (size_t)i);
}

static void
removed(struct world *w, int id)
{
	struct object *o = &w->object[id];

	o->removed = true;
	o->changed_n = w->n;
	/* A System V queue goes at once; a POSIX queue has lost its name. */
	if (o->kind == KIND_QUEUE)
		pipe_emptied(o);
}

static void
controlled(struct world *w, int id, const struct event *e, int a)
{
	char op[32] = "";

	(void)a;
	if (event_arg(e, "op", op, sizeof(op)) && strcmp(op, "IPC_RMID") == 0)
		removed(w, id);
}

static void
unlinked(struct world *w, int id, const struct event *e, int a)
{
	(void)e, (void)a;
	removed(w, id);
}

/* Made by this call, or there before?  */
static void
opened(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	char made[8] = "";

	(void)a;
	if (event_arg(e, "made", made, sizeof(made)))
		o->made = true;
	else if (!o->made)
		queue_own(o)->foreign = true;
}

/* It is the process that is registered, not one of its threads.  */
static int
process_of(const struct world *w, int a)
{
	for (int i = 0; w->actor[a].thread && i < w->n_actors; i++)
		if (w->actor[i].pid == w->actor[a].pid && !w->actor[i].thread)
			return i;
	return a;
}

static void
asked(struct world *w, int id, const struct event *e, int a)
{
	struct queue *q = queue_own(&w->object[id]);
	char s[128] = "";
	const char *name, *value;

	q->notified = 0;
	if (!event_arg(e, "sevp", s, sizeof(s)) || s[0] != '{')
		return;
	q->notified = 1 + process_of(w, a);
	q->notify_fd = e->fd;
	value = strstr(s, "\"value\":");
	q->value = value ? strtoll(value + 8, NULL, 10) : NO_VALUE;
	COPY_STR(q->notify, "SIGEV_NONE");
	name = strstr(s, "\"signo\":\"");
	if (strstr(s, "SIGEV_THREAD"))
		COPY_STR(q->notify, "SIGEV_THREAD");
	else if (name && strstr(s, "SIGEV_SIGNAL"))
		copy_str(q->notify, queue_common((int)sizeof(q->notify),
			 (int)strcspn(name + 9, "\"") + 1), name + 9);
}

/* Any closing of it by the process ends the registration (mqueue_flush_file()
 * in ipc/mqueue.c).  */
void
queue_closed(struct world *w, int id, int a)
{
	struct object *o = &w->object[id];
	struct queue *q = o->kind == KIND_MQUEUE ? queue_own(o) : NULL;

	if (q && q->notified && q->notified <= w->n_actors &&
	    w->actor[q->notified - 1].pid == w->actor[a].pid)
		q->notified = 0;
}

/* A message that does not fit the receiver's memory is lost all the same
 * (do_msgrcv() in ipc/msg.c, do_mq_timedreceive() in ipc/mqueue.c).  */
void
queue_failed(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	struct queue_wish wish = queue_wish_of(e);
	const struct segment *all, *m;
	char flags[64] = "", until[64] = "";
	size_t n = queue_messages(o, &all);

	event_arg(e, "msgflg", flags, sizeof(flags));
	event_arg(e, "abs_timeout", until, sizeof(until));
	if (e->error != EFAULT || strstr(flags, "MSG_COPY") || n == 0 ||
	    strcmp(until, "ADDR") == 0 ||
	    (strcmp(e->call, "msgrcv") != 0 &&
	     strcmp(e->call, "mq_timedreceive") != 0))
		return;
	m = o->kind == KIND_QUEUE ? queue_select(o, wish.selector, wish.except)
				  : all;
	if (!m)
		return;
	o->last_reader = a;
	o->changed_n = w->n;
	take_out(o, (size_t)(m - o->segment));
}

static const struct {
	const char *call;
	void (*effect)(struct world *w, int id, const struct event *e, int a);
} effects[] = {
	{ "msgget", opened }, { "mq_open", opened },
	{ "msgsnd", sent }, { "mq_timedsend", sent },
	{ "msgrcv", received }, { "mq_timedreceive", received },
	{ "msgctl", controlled }, { "mq_unlink", unlinked },
	{ "mq_notify", asked },
};

void
queue_called(struct world *w, int id, const struct event *e, int a)
{
	for (size_t i = 0; i < ARRAY_SIZE(effects); i++)
		if (strcmp(e->call, effects[i].call) == 0) {
			add_user(w, &w->object[id], a);
			effects[i].effect(w, id, e, a);
			return;
		}
}

/* exec and the end of the process close it as well.  */
static bool
holds_at(const struct world *w, int a, int object, int fd)
{
	const struct descriptor *d = w->actor[a].fds ?
		descriptors_get(w->actor[a].fds, fd) : NULL;

	return d && d->object == object;
}

int
queue_notified(const struct world *w, int object, const char **how)
{
	const struct queue *q = queue_known(&w->object[object]);
	int a = q ? q->notified - 1 : -1;

	if (a < 0 || a >= w->n_actors || !holds_at(w, a, object, q->notify_fd))
		return -1;
	*how = q->notify;
	return a;
}

/* ---- what a receive asks for ---- */

struct queue_wish
queue_wish_of(const struct event *e)
{
	char flags[64] = "";

	event_arg(e, "msgflg", flags, sizeof(flags));
	return (struct queue_wish){
		.selector = event_arg_int(e, "msgtyp", 0),
		.except = strstr(flags, "MSG_EXCEPT") != NULL,
	};
}

const struct segment *
queue_select(const struct object *o, int64_t selector, bool except)
{
	const struct segment *m, *best = NULL;
	size_t n = queue_messages(o, &m);

	for (size_t i = 0; i < n; i++) {
		if (selector == 0)
			return &m[i];
		if (selector > 0 && (m[i].type == selector) != except)
			return &m[i];
		/* The lowest type up to -selector, of several the first. */
		if (selector < 0 && m[i].type >= 0 &&
		    selector <= -m[i].type &&
		    (!best || m[i].type < best->type))
			best = &m[i];
	}
	return best;
}
