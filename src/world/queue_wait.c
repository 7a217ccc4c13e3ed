/* Message queues: who waits there, what for, and what one would do next.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"
#include "world/queue.h"

#include <inttypes.h>
#include <string.h>

/* Whoever lives and uses the queue could send, or take something out.  Of a
 * POSIX queue one needs a descriptor of that mode.  */
static void
add_others(const struct world *w, int self, unsigned mode, struct wait *wait)
{
	if (w->object[wait->object].kind == KIND_MQUEUE) {
		wait_add_holders(w, wait, self, mode);
		return;
	}
	for (int a = 0; a < w->n_actors; a++)
		if (a != self && actor_is_alive(&w->actor[a]) &&
		    queue_has_user(w, wait->object, a))
			wait_add(wait, a);
}

void
wait_for_message(const struct world *w, int self, struct wait *wait)
{
	const struct actor *a = &w->actor[self];
	const struct object *o;
	struct queue_wish wish;

	wait->kind = WAIT_CALL;
	if (wait->object < 0)
		return;
	o = &w->object[wait->object];
	wish = queue_wish_of(call_of(a));
	wait->kind = WAIT_NONE;
	if (o->removed && o->kind == KIND_QUEUE)
		return;		/* EIDRM */
	if (!wait_is_settled(w, a) && o->changed_n > a->call_n &&
	    queue_select(o, wish.selector, wish.except))
		return;
	wait->kind = WAIT_MESSAGE;
	add_others(w, self, MODE_WRITE, wait);
}

/* The bytes of the message that an actor is about to send.  */
static int64_t
length_of(const struct event *e)
{
	return event_arg_int(e, "msgsz", event_arg_int(e, "msg_len", -1));
}

void
wait_for_queue_room(const struct world *w, int self, struct wait *wait)
{
	const struct actor *a = &w->actor[self];
	const struct object *o;

	wait->kind = WAIT_CALL;
	if (wait->object < 0)
		return;
	o = &w->object[wait->object];
	wait->kind = WAIT_NONE;
	if (o->removed && o->kind == KIND_QUEUE)
		return;
	if (!wait_is_settled(w, a) && o->changed_n > a->call_n &&
	    queue_room(o) >= length_of(call_of(a)))
		return;
	wait->kind = WAIT_QUEUE_ROOM;
	add_others(w, self, MODE_READ, wait);
}

/* ---- why ---- */

/* "queue 1 has no message of type 2".  */
static void
add_lack(const struct told *t, struct queue_wish wish, struct buf *out)
{
	long long type = wish.selector;

	if (type == 0)
		buf_addf(out, _("%s holds no message"), t->object);
	else if (wish.except && type > 0)
		buf_addf(out, _("%s has no message of another type than %lld"),
			 t->object, type);
	else if (type > 0)
		buf_addf(out, _("%s has no message of type %lld"), t->object,
			 type);
	else
		buf_addf(out, _("%s has no message of a type up to %lld"),
			 t->object, type == INT64_MIN ? INT64_MAX : -type);
}

static void
add_other_types(const struct told *t, struct buf *out)
{
	const struct segment *m;
	size_t n = queue_messages(&t->w->object[t->wait->object], &m);

	if (n == 1)
		buf_adds(out, _(" The message that is there is not what it "
				"asks for."));
	else if (n > 1)
		buf_addf(out, ngettext(" The %zu message that is there is not "
				       "what it asks for.",
				       " The %zu messages that are there are "
				       "not what it asks for.", n), n);
}

void
why_message(const struct told *t, struct buf *out)
{
	struct queue_wish wish = queue_wish_of(call_of(t->a));
	struct buf lack = BUF_INIT;

	add_lack(t, wish, &lack);
	if (t->wait->n > 0)
		buf_addf(out, _("%s waits: %s, and it sleeps until %s sends "
				"one."), t->who, buf_str(&lack), t->names);
	else if (t->wait->own_fd >= 0)
		buf_addf(out, _("%s waits: %s, and only %s itself could send "
				"one (descriptor %d)."), t->who,
			 buf_str(&lack), t->who, t->wait->own_fd);
	else
		buf_addf(out, _("%s waits: %s, and nobody else in this run "
				"uses it."), t->who, buf_str(&lack));
	if (wish.selector != 0)
		add_other_types(t, out);
	buf_release(&lack);
}

static void
add_full(const struct told *t, struct buf *out)
{
	const struct object *o = &t->w->object[t->wait->object];
	const struct segment *m;
	size_t n = queue_messages(o, &m);

	if (o->kind == KIND_MQUEUE)
		buf_addf(out, ngettext("%s is full with %zu message",
				       "%s is full with %zu messages", n),
			 t->object, n);
	else
		buf_addf(out, _("%s has no room for %" PRId64 " more bytes (%"
				PRId64 " of %" PRId64 " are used)"), t->object,
			 length_of(call_of(t->a)), o->bytes, o->capacity);
}

void
why_queue_room(const struct told *t, struct buf *out)
{
	struct buf full = BUF_INIT;

	add_full(t, &full);
	if (t->wait->n > 0)
		buf_addf(out, _("%s waits: %s, and it sleeps until %s takes "
				"one out."), t->who, buf_str(&full), t->names);
	else
		buf_addf(out, _("%s waits: %s, and nobody else in this run "
				"could take one out."), t->who,
			 buf_str(&full));
	buf_release(&full);
}

/* ---- next ---- */

static bool
is_made(const struct plan *p, const char *argument)
{
	char flags[128];

	return strstr(plan_text(p, argument, flags, sizeof(flags)), "CREAT");
}

void
next_msgget(const struct plan *p, struct buf *out)
{
	char key[32];

	plan_text(p, "key", key, sizeof(key));
	if (strcmp(key, "IPC_PRIVATE") == 0)
		buf_addf(out, _("%s would make a queue without a key."),
			 p->who);
	else if (is_made(p, "msgflg"))
		buf_addf(out, _("%s would ask for the queue of key %s, and "
				"make it if it is not there."), p->who, key);
	else
		buf_addf(out, _("%s would ask for the queue of key %s."),
			 p->who, key);
}

void
next_msgctl(const struct plan *p, struct buf *out)
{
	char op[32];

	plan_text(p, "op", op, sizeof(op));
	if (strcmp(op, "IPC_RMID") == 0)
		buf_addf(out, _("%s would remove %s."), p->who, p->object);
	else if (strcmp(op, "IPC_SET") == 0)
		buf_addf(out, _("%s would change the limits or permissions "
				"of %s."), p->who, p->object);
	else if (p->a->object >= 0)
		buf_addf(out, _("%s would ask about %s (%s)."), p->who,
			 p->object, op);
	else
		buf_addf(out, _("%s would ask about the queues of this "
				"machine (%s)."), p->who, op);
}

void
next_queue_send(const struct plan *p, struct buf *out)
{
	long long len = length_of(p->e);

	if (strcmp(p->a->call, "msgsnd") == 0)
		buf_addf(out, ngettext("%s would send a message of type %lld, "
				       "%lld byte, to %s.",
				       "%s would send a message of type %lld, "
				       "%lld bytes, to %s.", len), p->who,
			 (long long)event_arg_int(p->e, "mtype", 0), len,
			 p->object);
	else
		buf_addf(out, ngettext("%s would send a message of priority "
				       "%lld, %lld byte, to %s.",
				       "%s would send a message of priority "
				       "%lld, %lld bytes, to %s.", len),
			 p->who,
			 (long long)event_arg_int(p->e, "msg_prio", 0), len,
			 p->object);
}

void
next_queue_receive(const struct plan *p, struct buf *out)
{
	struct queue_wish wish = queue_wish_of(p->e);
	long long type = wish.selector;

	if (type == 0)
		buf_addf(out, _("%s would take the first message of %s."),
			 p->who, p->object);
	else if (wish.except && type > 0)
		buf_addf(out, _("%s would take the first message of %s that "
				"is not of type %lld."), p->who, p->object,
			 type);
	else if (type > 0)
		buf_addf(out, _("%s would take the first message of %s that "
				"is of type %lld."), p->who, p->object, type);
	else
		buf_addf(out, _("%s would take the message of %s with the "
				"lowest type, up to %lld."), p->who,
			 p->object, type == INT64_MIN ? INT64_MAX : -type);
}

void
next_mq_open(const struct plan *p, struct buf *out)
{
	char name[PATH_MAX_LEN];

	plan_text(p, "name", name, sizeof(name));
	if (is_made(p, "oflag"))
		buf_addf(out, _("%s would open queue /%s, and make it if it "
				"is not there."), p->who, name);
	else
		buf_addf(out, _("%s would open queue /%s."), p->who, name);
}

void
next_mq_unlink(const struct plan *p, struct buf *out)
{
	char name[PATH_MAX_LEN];

	buf_addf(out, _("%s would remove the name /%s."), p->who,
		 plan_text(p, "name", name, sizeof(name)));
}

void
next_mq_notify(const struct plan *p, struct buf *out)
{
	char how[128];

	if (plan_text(p, "sevp", how, sizeof(how))[0] == '{')
		buf_addf(out, _("%s would ask to be told of the next message "
				"that comes into %s while it is empty."),
			 p->who, p->object);
	else
		buf_addf(out, _("%s would ask not to be told of messages in "
				"%s any more."), p->who, p->object);
}
