/* Sentences: why somebody waits, and what somebody would do next.  */
#include "config.h"

#include "base/i18n.h"
#include "event/names.h"
#include "world/inside.h"
#include "world/signals.h"

#include <stdio.h>
#include <string.h>

/* "reader", "reader or logger", "reader, logger or A.3".  */
static void
add_names(const struct world *w, const struct wait *wait, struct buf *out)
{
	for (int i = 0; i < wait->n; i++) {
		if (i)
			buf_adds(out, i == wait->n - 1 ? _(" or ") : _(", "));
		buf_adds(out, w->actor[wait->who[i]].role);
	}
}

/* Virtual time in seconds, without the noughts at the end.  */
static const char *
seconds(int64_t ns, char *text, size_t room)
{
	size_t n = snprintf(text, room, "%lld.%09lld",
			    (long long)(ns / 1000000000),
			    (long long)(ns % 1000000000));

	while (n > 0 && n < room && text[n - 1] == '0')
		text[--n] = '\0';
	if (n > 0 && n < room && text[n - 1] == '.')
		text[--n] = '\0';
	return text;
}

const char *
world_called(const struct world *w, int object)
{
	/* sem_overview(7): where named ones are mounted.  */
	static const char shm[] = "/dev/shm/sem.";
	static char name[PATH_MAX_LEN];
	const char *path = w->object[object].path;

	if (strncmp(path, shm, sizeof(shm) - 1) != 0)
		return path;
	snprintf(name, sizeof(name), "/%s", path + sizeof(shm) - 1);
	return name;
}

const char *
world_title(const struct world *w, int object)
{
	static char text[2][NAME_MAX_LEN + PATH_MAX_LEN + 4];
	static int which;
	const struct object *o;

	if (object < 0)
		return "?";
	o = &w->object[object];
	if (!o->path[0])
		return o->name;
	if (o->kind == KIND_FILE || o->kind == KIND_FIFO ||
	    o->kind == KIND_MQUEUE)
		return o->path;
	if (o->kind < KIND_SEMAPHORE || o->kind > KIND_BARRIER)
		return o->name;
	which = !which;
	snprintf(text[which], sizeof(text[which]), "%s (%s)", o->name,
		 world_called(w, object));
	return text[which];
}

const struct event *
call_of(const struct actor *a)
{
	static struct event e;

	event_init(&e, WHAT_POINT);
	COPY_STR(e.call, a->call);
	COPY_STR(e.args, a->args);
	return &e;
}

static bool
argument(const struct actor *a, const char *name, char *out, size_t room)
{
	out[0] = '\0';
	return event_arg(call_of(a), name, out, room);
}

/* ---- why ---- */

static void
why_room(const struct told *t, struct buf *out)
{
	int64_t room = world_room(t->w, t->wait->object);

	if (t->wait->n == 0 && t->wait->own_fd >= 0)
		buf_addf(out, _("%s waits: %s has no room, and only %s itself "
				"holds a read end (descriptor %d): nobody else "
				"can take anything out."), t->who, t->object,
			 t->who, t->wait->own_fd);
	else if (t->wait->n == 0)
		buf_addf(out, _("%s waits: %s has no room."), t->who,
			 t->object);
	else if (room > 0)	/* the room is counted in pages: pipe(7) */
		buf_addf(out, _("%s waits: no page of %s is free until %s has "
				"emptied one."), t->who, t->object, t->names);
	else
		buf_addf(out, _("%s waits: %s has no room, and it sleeps until "
				"%s takes some out."), t->who, t->object,
			 t->names);
}

static void
why_bytes(const struct told *t, struct buf *out)
{
	const struct wait *wait = t->wait;

	if (wait->object >= 0 &&
	    t->w->object[wait->object].kind == KIND_TERMINAL) {
		buf_addf(out, _("%s waits: nothing has been typed at %s yet."),
			 t->who, t->object);
	} else if (wait->n == 0 && wait->own_fd >= 0) {
		buf_addf(out, _("%s waits: %s is empty, and the only write end "
				"is its own (descriptor %d), which it did not "
				"close: nobody will write, and the end of file "
				"cannot come."), t->who, t->object,
			 wait->own_fd);
	} else if (wait->n == 0 && wait->object >= 0 &&
		   !t->w->object[wait->object].made) {
		buf_addf(out, _("%s waits: %s is empty, and who could write "
				"into it is not part of this run."), t->who,
			 t->object);
	} else if (wait->n == 0) {
		buf_addf(out, _("%s waits: %s is empty."), t->who, t->object);
	} else {
		buf_addf(out, wait->n == 1 ?
			 _("%s waits: %s is empty, and it sleeps until %s "
			   "writes into it or closes its write end.") :
			 _("%s waits: %s is empty, and it sleeps until %s "
			   "writes into it, or all of them close their write "
			   "ends."), t->who, t->object, t->names);
		if (wait->own_fd >= 0)
			buf_addf(out, _(" It holds a write end itself "
					"(descriptor %d): while that is open, "
					"the end of file cannot come."),
				 wait->own_fd);
	}
}

static void
why_other_side(const struct told *t, struct buf *out)
{
	char flags[128], path[PATH_MAX_LEN];

	argument(t->a, "flags", flags, sizeof(flags));
	if (!argument(t->a, "pathname", path, sizeof(path)))
		COPY_STR(path, t->object);
	buf_addf(out, strstr(flags, "O_WRONLY") ?
		 _("%s waits in open: nobody has %s open for reading.") :
		 _("%s waits in open: nobody has %s open for writing."),
		 t->who, path);
}

static void
why_child(const struct told *t, struct buf *out)
{
	if (t->wait->n == 0)
		buf_addf(out, _("%s waits for a child."), t->who);
	else
		buf_addf(out, _("%s waits: it sleeps until %s ends."), t->who,
			 t->names);
}

static void
why_borrower(const struct told *t, struct buf *out)
{
	buf_addf(out, _("%s waits: %s uses its memory, until exec or exit "
			"(vfork)."), t->who, t->names);
}

static void
why_time(const struct told *t, struct buf *out)
{
	char until[40], now[40];

	if (t->a->until < 0)
		buf_addf(out, _("%s sleeps in %s."), t->who, t->call);
	else
		buf_addf(out, _("%s sleeps until %s s; it is %s s now."),
			 t->who, seconds(t->a->until, until, sizeof(until)),
			 seconds(t->w->time, now, sizeof(now)));
}

static void
why_any(const struct told *t, struct buf *out)
{
	if (t->wait->n > 0)
		buf_addf(out, _("%s waits in %s: none of its descriptors is "
				"ready until %s acts."), t->who, t->call,
			 t->names);
	else
		buf_addf(out, _("%s waits in %s: none of its descriptors is "
				"ready."), t->who, t->call);
}

static void
why_signal(const struct told *t, struct buf *out)
{
	signals_why(t->w, (int)(t->a - t->w->actor), out);
}

static void why_call(const struct told *t, struct buf *out);

static void
why_lock(const struct told *t, struct buf *out)
{
	if (t->wait->object < 0)
		why_call(t, out);
	else if (t->wait->n > 0)
		buf_addf(out, _("%s waits: %s is locked, and it sleeps until "
				"%s gives the lock up."), t->who, t->object,
			 t->names);
	else
		buf_addf(out, _("%s waits: %s is locked, and it sleeps until "
				"the lock is released."), t->who, t->object);
}

static void
why_continue(const struct told *t, struct buf *out)
{
	buf_addf(out, _("%s is stopped by %s until SIGCONT comes."), t->who,
		 signal_name(t->a->signal));
}

static void
why_call(const struct told *t, struct buf *out)
{
	if (t->wait->object >= 0)
		buf_addf(out, _("%s waits: it sleeps in %s on %s."), t->who,
			 t->call, t->object);
	else
		buf_addf(out, _("%s waits: it sleeps in %s."), t->who,
			 t->call);
}

static void
why_futex(const struct told *t, struct buf *out)
{
	if (t->wait->object < 0)
		why_call(t, out);
	else
		buf_addf(out, _("%s waits: it sleeps on %s until somebody "
				"wakes it there."), t->who, t->object);
}

static why_fn *const whys[] = {
	[WAIT_ROOM] = why_room,
	[WAIT_BYTES] = why_bytes,
	[WAIT_OTHER_SIDE] = why_other_side,
	[WAIT_CHILD] = why_child,
	[WAIT_BORROWER] = why_borrower,
	[WAIT_TIME] = why_time,
	[WAIT_ANY] = why_any,
	[WAIT_SIGNAL] = why_signal,
	[WAIT_LOCK] = why_lock,
	[WAIT_CONTINUE] = why_continue,
	[WAIT_SEMAPHORE] = why_semaphore,
	[WAIT_FUTEX] = why_futex,
	[WAIT_HELD] = why_held,
	[WAIT_SIGNALLED] = why_signalled,
	[WAIT_MEETING] = why_meeting,
	[WAIT_MESSAGE] = why_message,
	[WAIT_QUEUE_ROOM] = why_queue_room,
	[WAIT_COUNTER] = why_counter,
	[WAIT_RECEIVE] = why_receive,
	[WAIT_SEND] = why_send,
	[WAIT_CONNECTION] = why_connection,
	[WAIT_CONNECT] = why_connect,
	[WAIT_CALL] = why_call,
};

static void
tell_wait(const struct world *w, int actor, const struct wait *wait,
	  struct buf *out)
{
	const struct actor *a = &w->actor[actor];
	struct buf names = BUF_INIT, call = BUF_INIT;
	char until[40];
	struct told t = { w, a, wait, a->role, world_title(w, wait->object),
			  "", "" };

	add_names(w, wait, &names);
	t.names = buf_str(&names);
	event_call_name(&call, a->call, a->args);
	t.call = buf_str(&call);
	whys[wait->kind](&t, out);
	if (a->until >= 0 && wait->kind != WAIT_TIME)
		buf_addf(out, _(" At %s s it goes on by itself."),
			 seconds(a->until, until, sizeof(until)));
	if (world_in_handler(w, actor))
		buf_addf(out, _(" It is in the handler of %s, in the middle of "
				"something else."),
			 signal_name(world_in_handler(w, actor)));
	buf_release(&names);
	buf_release(&call);
}

static void
tell_end(const struct world *w, const struct actor *a, struct buf *out)
{
	if (fault_why(w, a, out))
		;
	else if (a->signal)
		buf_addf(out, _("%s was killed by %s."), a->role,
			 signal_name(a->signal));
	else if (a->status >= 0)
		buf_addf(out, _("%s has ended with %d."), a->role, a->status);
	else
		buf_addf(out, _("%s has ended."), a->role);
	if (a->state == ACTOR_ZOMBIE && a->parent >= 0)
		buf_adds(out, _(" Its parent has not waited for it yet."));
}

void
world_why(const struct world *w, int actor, struct buf *out)
{
	const struct actor *a;
	struct wait wait;

	if (actor < 0 || actor >= w->n_actors)
		return;
	a = &w->actor[actor];
	if (!actor_is_alive(a))
		tell_end(w, a, out);
	else if (wait_of(w, actor, &wait))
		tell_wait(w, actor, &wait, out);
	else if (a->state == ACTOR_BLOCKED || a->state == ACTOR_SLEEPING)
		buf_addf(out, _("%s is being woken in %s."), a->role,
			 event_call_written(a->call, a->args));
	else if (a->state == ACTOR_READY) {
		buf_addf(out, _("%s can go on."), a->role);
		signals_wait_for(w, actor, out);
	} else
		buf_addf(out, _("%s runs."), a->role);
}
