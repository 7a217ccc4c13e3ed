/* For what, and for whom, an actor waits.  */
#include "config.h"

#include "base/i18n.h"
#include "event/json.h"
#include "world/inside.h"
#include "world/queue.h"

#include <stdlib.h>
#include <string.h>

enum { PIPE_WHOLE = 4096 };	/* PIPE_BUF */

void
wait_add(struct wait *wait, int actor)
{
	if (wait->n < WAITED_MAX)
		wait->who[wait->n++] = actor;
}

/* Those that hold the other end; a table that several share counts with
 * each, as each of them could act.  */
void
wait_add_holders(const struct world *w, struct wait *wait, int self,
		 unsigned mode)
{
	int fd;

	for (int a = 0; a < w->n_actors; a++) {
		if (!actor_is_alive(&w->actor[a]) ||
		    !world_holds(w, a, wait->object, mode, &fd))
			continue;
		if (a == self)
			wait->own_fd = fd;
		else
			wait_add(wait, a);
	}
}

bool
wait_is_settled(const struct world *w, const struct actor *a)
{
	return w->driven && w->held && a->state == ACTOR_BLOCKED;
}

/* Up to PIPE_BUF bytes go in whole or not at all (pipe(7)).  The kernel
 * counts pages, so it may refuse what the number of bytes would allow: when it
 * said that the call sleeps, only what was taken out since then counts.  In a
 * driven run that is held, whom the last move woke has come out of its call:
 * who still sleeps there found no page.  */
static bool
has_room_now(const struct world *w, const struct actor *a, int object)
{
	const struct object *o = &w->object[object];
	int64_t room = world_room(w, object), count;
	struct event e;

	if (wait_is_settled(w, a))
		return false;
	event_init(&e, WHAT_NONE);
	COPY_STR(e.args, a->args);
	count = event_arg_int(&e, "count", 1);
	if (count > PIPE_WHOLE)
		count = PIPE_WHOLE;
	return o->changed_n > a->call_n && (room < 0 || room >= count);
}

static void
wait_to_write(const struct world *w, int self, struct wait *wait)
{
	if (world_ends(w, wait->object, MODE_READ) == 0 ||	/* EPIPE */
	    has_room_now(w, &w->actor[self], wait->object))
		return;
	wait->kind = WAIT_ROOM;
	wait_add_holders(w, wait, self, MODE_READ);
}

static void
wait_to_count(const struct world *w, int self, struct wait *wait)
{
	if (eventfd_is_ready(&w->object[wait->object], w->actor[self].end))
		return;
	wait->kind = w->actor[self].end == MODE_READ ? WAIT_COUNTER
						     : WAIT_CALL;
	wait_add_holders(w, wait, self, MODE_READ | MODE_WRITE);
}

static void
wait_to_read(const struct world *w, int self, struct wait *wait)
{
	const struct object *o = &w->object[wait->object];

	if (o->kind == KIND_SIGNALFD) {
		wait->kind = WAIT_SIGNAL;
		return;
	}
	if (object_is_pipe(o)) {
		if (o->bytes > 0 ||
		    (o->made && world_ends(w, wait->object, MODE_WRITE) == 0))
			return;
		wait_add_holders(w, wait, self, MODE_WRITE);
	}
	wait->kind = WAIT_BYTES;
}

static void
wait_for_object(const struct world *w, int self, struct wait *wait)
{
	if (wait->object < 0)
		wait->kind = WAIT_CALL;
	else if (w->object[wait->object].kind == KIND_EVENTFD)
		wait_to_count(w, self, wait);
	else if (w->object[wait->object].kind == KIND_SOCKET)
		w->actor[self].end == MODE_WRITE ?
			wait_to_send(w, self, wait) :
			wait_to_receive(w, self, wait);
	else if (w->actor[self].end == MODE_WRITE)
		wait_to_write(w, self, wait);
	else
		wait_to_read(w, self, wait);
}

/* A FIFO being opened: whoever lives could open the other side.  */
static void
wait_for_other_side(const struct world *w, int self, struct wait *wait)
{
	for (int a = 0; a < w->n_actors; a++)
		if (a != self && actor_is_alive(&w->actor[a]))
			wait_add(wait, a);
	wait->kind = WAIT_OTHER_SIDE;
}

static void
wait_for_child(const struct world *w, int self, struct wait *wait)
{
	const struct actor *a = &w->actor[self];
	struct event e;
	int64_t pid;
	int any = 0;

	event_init(&e, WHAT_NONE);
	COPY_STR(e.args, a->args);
	pid = event_arg_int(&e, "pid", event_arg_int(&e, "id", -1));
	for (int i = 0; i < w->n_actors; i++) {
		const struct actor *child = &w->actor[i];
		bool ours = child->parent >= 0 && !child->thread &&
			    w->actor[child->parent].pid == a->pid;

		if (!ours || (pid > 0 && child->pid != pid) ||
		    child->state == ACTOR_GONE)
			continue;
		any++;
		if (child->state == ACTOR_ZOMBIE)
			return;		/* there is one to be had */
		wait_add(wait, i);
	}
	if (any || w->driven)
		wait->kind = WAIT_CHILD;
}

/* After vfork(2), and the clone(2) like it, the parent sleeps until the child,
 * which runs in its memory, becomes another program or ends.  */
static void
wait_for_borrower(const struct world *w, int self, struct wait *wait)
{
	for (int i = w->n_actors - 1; i >= 0 && wait->n == 0; i--)
		if (w->actor[i].parent == self && !w->actor[i].thread &&
		    actor_is_alive(&w->actor[i]))
			wait_add(wait, i);
	wait->kind = wait->n ? WAIT_BORROWER : WAIT_CALL;
}

static void
wait_for_time(const struct world *w, int self, struct wait *wait)
{
	(void)w, (void)self;
	wait->kind = WAIT_TIME;
}

static void
wait_for_signal(const struct world *w, int self, struct wait *wait)
{
	(void)w, (void)self;
	wait->kind = WAIT_SIGNAL;
}

/* Does the kernel name the actor as a holder of a lock on the file?  */
static bool
has_lock(const struct world *w, int a, const struct object_state *s)
{
	for (int i = 0; i < s->n_items; i++)
		if (strcmp(s->item[i].perms, "lock") == 0 &&
		    s->item[i].pid == w->actor[a].pid)
			return true;
	return false;
}

/* Of those that have the file open, the ones that the kernel named as holders
 * of a lock; all, if it named none of them.  */
static void
wait_for_lock(const struct world *w, int self, struct wait *wait)
{
	const struct object_state *s;

	wait->kind = WAIT_LOCK;
	if (wait->object < 0)
		return;
	s = &w->object[wait->object].probed;
	for (int pass = 0; pass < 2 && wait->n == 0; pass++)
		for (int a = 0; a < w->n_actors; a++)
			if (a != self && actor_is_alive(&w->actor[a]) &&
			    !w->actor[a].thread &&
			    world_holds(w, a, wait->object,
					MODE_READ | MODE_WRITE, NULL) &&
			    (pass == 1 || has_lock(w, a, s)))
				wait_add(wait, a);
}

/* Whoever lives may wake it.  */
static void
wait_for_futex(const struct world *w, int self, struct wait *wait)
{
	for (int a = 0; a < w->n_actors; a++)
		if (a != self && actor_is_alive(&w->actor[a]))
			wait_add(wait, a);
	wait->kind = WAIT_FUTEX;
}

static bool
polled_queue_is_ready(const struct world *w, int self, const char *events,
		      struct wait *wait)
{
	int64_t n = world_messages(w, wait->object);

	if (strstr(events, "POLLIN")) {
		if (n > 0)
			return true;
		wait_add_holders(w, wait, self, MODE_WRITE);
	}
	if (strstr(events, "POLLOUT")) {
		if (world_room(w, wait->object) > 0)
			return true;
		wait_add_holders(w, wait, self, MODE_READ);
	}
	return false;
}

/* Can what is not of this run make it ready: somebody who types, a clock, a
 * device, the other end of what was given?  */
static bool
is_moved_from_outside(const struct object *o)
{
	switch (o->kind) {
	case KIND_PIPE:
	case KIND_FIFO:
	case KIND_SOCKET:
	case KIND_EVENTFD:
		return !o->made;
	case KIND_MQUEUE:
		return queue_is_foreign(o);
	case KIND_SIGNALFD:
	case KIND_PIDFD:
	case KIND_EPOLL:
		return false;
	default:
		return true;
	}
}

static void
look_outside(const struct world *w, int self, int64_t fd, struct wait *wait)
{
	const struct descriptor *d = w->actor[self].fds ?
		descriptors_get(w->actor[self].fds, (int)fd) : NULL;

	if (d && d->object >= 0 && is_moved_from_outside(&w->object[d->object]))
		wait->outside = true;
}

/* Of what select's lists and epoll name: which, the call does not tell.  Each
 * descriptor below nfds may stand in the lists (select(2)).  */
static void
look_at_unlisted(const struct world *w, int self, const struct event *e,
		 struct wait *wait)
{
	enum { FDS_MAX = 1024 };	/* FD_SETSIZE */
	const struct descriptor *d = w->actor[self].fds ?
		descriptors_get(w->actor[self].fds,
				(int)event_arg_int(e, "epfd", -1)) : NULL;
	int64_t nfds = event_arg_int(e, "nfds", 0);

	for (int fd = 0; fd < nfds && fd < FDS_MAX; fd++)
		look_outside(w, self, fd, wait);
	if (d && d->object >= 0 && w->object[d->object].kind == KIND_EPOLL) {
		const struct object_state *s = &w->object[d->object].probed;

		for (int i = 0; i < s->n_items; i++)
			look_outside(w, self, s->item[i].number, wait);
	}
}

/* Of one of the polled: is it ready now, and who could make it so?  */
static bool
polled_is_ready(const struct world *w, int self, int fd, const char *events,
		struct wait *wait)
{
	const struct descriptor *d = w->actor[self].fds ?
		descriptors_get(w->actor[self].fds, fd) : NULL;
	const struct object *o;

	if (!d || d->object < 0)
		return false;
	o = &w->object[d->object];
	wait->object = d->object;
	if (is_moved_from_outside(o))
		wait->outside = true;
	if (o->kind == KIND_MQUEUE)
		return polled_queue_is_ready(w, self, events, wait);
	if (o->kind == KIND_SOCKET)
		return polled_socket_is_ready(w, self, events, wait);
	if (!object_is_pipe(o))
		return false;
	if (strstr(events, "POLLIN")) {
		if (o->bytes > 0 || (o->made &&
		    world_ends(w, d->object, MODE_WRITE) == 0))
			return true;
		wait_add_holders(w, wait, self, MODE_WRITE);
	}
	if (strstr(events, "POLLOUT")) {
		if (world_room(w, d->object) >= PIPE_WHOLE)
			return true;
		wait_add_holders(w, wait, self, MODE_READ);
	}
	return false;
}

/* poll's list: [{"fd":3,"events":"POLLIN"},...].  */
static bool
any_is_ready(const struct world *w, int self, struct json *j,
	     struct wait *wait)
{
	char key[NAME_MAX_LEN], events[128];
	int64_t fd;

	for (bool f = true; json_next_item(j, f); f = false) {
		fd = -1;
		events[0] = '\0';
		for (bool g = true; json_next_key(j, g, key, sizeof(key));
		     g = false) {
			bool ok = strcmp(key, "fd") == 0 ?
				json_read_int(j, &fd) : json_peek_text(j) ?
				json_read_text(j, events, sizeof(events)) :
				json_skip(j);

			if (!ok)
				return false;
		}
		if (fd >= 0 && fd < INT32_MAX &&
		    polled_is_ready(w, self, (int)fd, events, wait))
			return true;
	}
	return false;
}

static void
wait_for_any(const struct world *w, int self, struct wait *wait)
{
	char fds[ARGS_MAX_LEN];
	struct event e;
	struct json j;

	event_init(&e, WHAT_NONE);
	COPY_STR(e.args, w->actor[self].args);
	/* Of nothing, for ever: that is pause(3) of aarch64.  */
	if (event_arg_int(&e, "nfds", -1) == 0 && w->actor[self].until < 0 &&
	    strstr(w->actor[self].call, "poll")) {
		wait->kind = WAIT_SIGNAL;
		return;
	}
	if (event_arg(&e, "fds", fds, sizeof(fds))) {
		json_init(&j, fds, strlen(fds));
		if (any_is_ready(w, self, &j, wait))
			return;
	} else {
		look_at_unlisted(w, self, &e, wait);
	}
	wait->kind = WAIT_ANY;
}

/* Beginnings of calls' names, the longer before the shorter.  */
static const struct {
	const char *start;
	void (*find)(const struct world *w, int self, struct wait *wait);
} finders[] = {
	{ "read", wait_for_object }, { "pread", wait_for_object },
	{ "write", wait_for_object }, { "pwrite", wait_for_object },
	{ "vmsplice", wait_for_object }, { "splice", wait_for_object },
	{ "tee", wait_for_object }, { "sendfile", wait_for_object },
	{ "open", wait_for_other_side },
	{ "wait", wait_for_child },
	{ "vfork", wait_for_borrower }, { "clone", wait_for_borrower },
	{ "nanosleep", wait_for_time }, { "clock_nanosleep", wait_for_time },
	{ "pause", wait_for_signal }, { "rt_sig", wait_for_signal },
	{ "poll", wait_for_any }, { "ppoll", wait_for_any },
	{ "select", wait_for_any }, { "pselect", wait_for_any },
	{ "epoll", wait_for_any },
	{ "semop", wait_for_semaphores }, { "semtimedop", wait_for_semaphores },
	{ "sem_", wait_for_semaphore }, { "futex", wait_for_futex },
	{ "pthread_mutex_", wait_for_holder },
	{ "pthread_rwlock_", wait_for_holder },
	{ "pthread_spin_", wait_for_holder },
	{ "pthread_cond_", wait_for_wake },
	{ "pthread_barrier_", wait_for_meeting },
	{ "pthread_join", wait_for_thread },
	{ "fcntl", wait_for_lock }, { "flock", wait_for_lock },
	{ "msgrcv", wait_for_message }, { "mq_timedreceive", wait_for_message },
	{ "msgsnd", wait_for_queue_room },
	{ "mq_timedsend", wait_for_queue_room },
	{ "accept", wait_for_connection }, { "connect", wait_to_connect },
	{ "recv", wait_to_receive }, { "send", wait_to_send },
};

bool
wait_of(const struct world *w, int actor, struct wait *wait)
{
	const struct actor *a = &w->actor[actor];

	*wait = (struct wait){ .object = a->object, .own_fd = -1 };
	if (a->state == ACTOR_STOPPED) {
		wait->kind = WAIT_CONTINUE;
		return true;
	}
	if (a->state != ACTOR_BLOCKED && a->state != ACTOR_SLEEPING &&
	    !(a->state == ACTOR_READY && a->would_block))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(finders); i++)
		if (strncmp(a->call, finders[i].start,
			    strlen(finders[i].start)) == 0) {
			finders[i].find(w, actor, wait);
			return wait->kind != WAIT_NONE;
		}
	wait->kind = WAIT_CALL;
	return true;
}
