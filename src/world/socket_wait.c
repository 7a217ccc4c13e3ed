/* Waiting in calls on sockets: for what, for whom, and what a call would
 * do.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <string.h>

/* ---- for what, and for whom ---- */

static void
add_holders(const struct world *w, struct wait *wait, int self, int object)
{
	int fd;

	for (int a = 0; a < w->n_actors; a++) {
		if (!actor_is_alive(&w->actor[a]) ||
		    !world_holds(w, a, object, MODE_READ | MODE_WRITE, &fd))
			continue;
		if (a == self)
			wait->own_fd = fd;
		else if (wait->n < WAITED_MAX)
			wait->who[wait->n++] = a;
	}
}

/* The far end of a connection that waits in a queue: who could accept it.  */
static void
add_other_side(const struct world *w, struct wait *wait, int self, int object)
{
	if (object >= 0 && w->object[object].socket.queue >= 0)
		object = w->object[object].socket.queue;
	add_holders(w, wait, self, object);
}

/* Datagrams come from whoever has a socket that could send them.  */
static void
add_senders(const struct world *w, struct wait *wait, int self)
{
	const struct object *to = &w->object[wait->object];

	for (int a = 0; a < w->n_actors; a++)
		for (int i = 0; i < w->n_objects; i++) {
			const struct object *o = &w->object[i];

			if (a == self || i == wait->object ||
			    !actor_is_alive(&w->actor[a]) ||
			    wait->n == WAITED_MAX ||
			    o->kind != KIND_SOCKET ||
			    strcmp(o->socket.type, to->socket.type) != 0 ||
			    !world_holds(w, a, i, MODE_WRITE, NULL))
				continue;
			wait->who[wait->n++] = a;
			break;
		}
}

static bool
asks_for_all(const struct actor *a)
{
	return strstr(a->args, "MSG_WAITALL") != NULL;
}

void
wait_to_receive(const struct world *w, int self, struct wait *wait)
{
	const struct object *o;

	wait->kind = WAIT_RECEIVE;
	if (wait->object < 0)
		return;
	o = &w->object[wait->object];
	if (o->socket.is & (SOCKET_ENDED | SOCKET_RESET) ||
	    (o->n_segments > o->head_segment &&
	     !asks_for_all(&w->actor[self]))) {
		wait->kind = WAIT_NONE;
		return;
	}
	if (socket_is_datagram(o))
		add_senders(w, wait, self);
	else
		add_other_side(w, wait, self, o->peer);
}

static int
destination(const struct world *w, int self, int object)
{
	char to[ADDRESS_MAX_LEN] = "";
	struct event e;

	event_init(&e, WHAT_NONE);
	COPY_STR(e.args, w->actor[self].args);
	if (event_arg(&e, "dest_addr", to, sizeof(to)) && to[0] &&
	    strcmp(to, "null") != 0 && world_object(w, to) >= 0)
		return world_object(w, to);
	return w->object[object].peer;
}

void
wait_to_send(const struct world *w, int self, struct wait *wait)
{
	int from = wait->object, to;

	wait->kind = WAIT_SEND;
	if (from < 0)
		return;
	to = destination(w, self, from);
	if (w->object[from].socket.is & (SOCKET_SHUT | SOCKET_RESET))
		wait->kind = WAIT_NONE;
	if (to < 0)
		return;
	add_other_side(w, wait, self, to);
	wait->object = to;
}

void
wait_for_connection(const struct world *w, int self, struct wait *wait)
{
	const struct object *o;

	wait->kind = WAIT_CONNECTION;
	if (wait->object < 0)
		return;
	o = &w->object[wait->object];
	if (o->n_segments > o->head_segment)
		wait->kind = WAIT_NONE;
	for (int a = 0; a < w->n_actors; a++)
		if (a != self && actor_is_alive(&w->actor[a]) &&
		    wait->n < WAITED_MAX)
			wait->who[wait->n++] = a;
}

/* Into a queue that is full, or to a machine that does not answer.  */
void
wait_to_connect(const struct world *w, int self, struct wait *wait)
{
	char to[ADDRESS_MAX_LEN] = "";
	struct event e;

	event_init(&e, WHAT_NONE);
	COPY_STR(e.args, w->actor[self].args);
	event_arg(&e, "addr", to, sizeof(to));
	wait->kind = WAIT_CONNECT;
	wait->object = to[0] ? world_object(w, to) : -1;
	if (wait->object >= 0)
		add_holders(w, wait, self, wait->object);
}

bool
polled_socket_is_ready(const struct world *w, int self, const char *events,
		       struct wait *wait)
{
	const struct object *o = &w->object[wait->object];
	struct wait one = *wait;

	if (!strstr(events, "POLLIN"))
		return false;
	if (o->socket.is & SOCKET_LISTENING)
		wait_for_connection(w, self, &one);
	else
		wait_to_receive(w, self, &one);
	if (one.kind == WAIT_NONE)
		return true;
	one.kind = wait->kind;
	*wait = one;
	return false;
}

/* Could somebody act who is not of this run?  */
bool
socket_is_open_to_others(const struct world *w, const struct wait *wait)
{
	const struct object *o = wait->object >= 0 ? &w->object[wait->object]
						    : NULL;

	if (wait->kind == WAIT_CONNECTION || wait->kind == WAIT_CONNECT)
		return true;
	return (wait->kind == WAIT_RECEIVE || wait->kind == WAIT_SEND) && o &&
	       (o->peer < 0 || !o->made) && o->socket.queue < 0 &&
	       (o->path[0] || !o->made);
}

/* ---- why ---- */

void
why_receive(const struct told *t, struct buf *out)
{
	const struct object *o = t->wait->object >= 0 ?
		&t->w->object[t->wait->object] : NULL;
	const char *peer = o && o->peer >= 0 ? t->w->object[o->peer].name
					     : "?";

	if (o && o->bytes > 0 && asks_for_all(t->a)) {
		buf_addf(out, _("%s waits: it asked for all of its bytes, and "
				"only %lld have come in %s."), t->who,
			 (long long)o->bytes, t->object);
	} else if (o && socket_is_datagram(o)) {
		buf_addf(out, _("%s waits: no datagram has come to %s."),
			 t->who, t->object);
	} else if (t->wait->n == 0 && t->wait->own_fd >= 0) {
		buf_addf(out, _("%s waits: nothing has come in %s, and only "
				"%s itself holds the other end (%s, descriptor "
				"%d): nobody else can send."), t->who,
			 t->object, t->who, peer, t->wait->own_fd);
	} else if (t->wait->n == 0) {
		buf_addf(out, _("%s waits: nothing has come in %s."), t->who,
			 t->object);
	} else {
		buf_addf(out, _("%s waits: nothing has come in %s, and it "
				"sleeps until %s sends something or closes "
				"%s."), t->who, t->object, t->names, peer);
		if (t->wait->own_fd >= 0)
			buf_addf(out, _(" It holds that end itself too "
					"(descriptor %d): while that is open, "
					"the end cannot come."),
				 t->wait->own_fd);
	}
}

void
why_send(const struct told *t, struct buf *out)
{
	const struct object *o = t->wait->object >= 0 ?
		&t->w->object[t->wait->object] : NULL;

	if (!o || t->wait->n == 0)
		buf_addf(out, _("%s waits: there is no room for what it sends "
				"to %s."), t->who, t->object);
	else if (socket_is_datagram(o))
		buf_addf(out, _("%s waits: %s holds %lld datagrams, as many "
				"as it may, and it sleeps until %s takes one "
				"out."), t->who, t->object,
			 (long long)(o->n_segments - o->head_segment),
			 t->names);
	else
		buf_addf(out, _("%s waits: there is no room on the way to %s, "
				"and it sleeps until %s takes something "
				"out."), t->who, t->object, t->names);
}

void
why_connection(const struct told *t, struct buf *out)
{
	const char *path = t->wait->object >= 0 ?
		t->w->object[t->wait->object].path : "";

	if (path[0])
		buf_addf(out, _("%s waits: nobody has connected to %s (%s)."),
			 t->who, t->object, path);
	else
		buf_addf(out, _("%s waits: nobody has connected to %s."),
			 t->who, t->object);
}

void
why_connect(const struct told *t, struct buf *out)
{
	const struct object *o = t->wait->object >= 0 ?
		&t->w->object[t->wait->object] : NULL;

	if (o && t->wait->n > 0)
		buf_addf(out, _("%s waits: the queue of %s is full, and it "
				"sleeps until %s accepts a connection."),
			 t->who, t->object, t->names);
	else
		buf_addf(out, _("%s waits in connect: the other side has not "
				"answered."), t->who);
}

/* ---- what it would do ---- */

static const char *
argument(const struct plan *p, const char *name, char *out, size_t room)
{
	out[0] = '\0';
	event_arg(p->e, name, out, room);
	return strcmp(out, "null") == 0 ? "" : out;
}

void
next_socket(const struct plan *p, struct buf *out)
{
	char domain[32], type[64];

	argument(p, "domain", domain, sizeof(domain));
	argument(p, "type", type, sizeof(type));
	buf_addf(out, strcmp(p->a->call, "socketpair") == 0 ?
		 _("%s would make two connected sockets (%s, %s).") :
		 _("%s would make a socket (%s, %s)."), p->who, domain, type);
}

void
next_bind(const struct plan *p, struct buf *out)
{
	char address[ADDRESS_MAX_LEN];

	buf_addf(out, _("%s would give %s the address %s."), p->who, p->object,
		 argument(p, "addr", address, sizeof(address)));
}

void
next_listen(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would make %s listen for connections."), p->who,
		 p->object);
}

void
next_accept(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would take a connection out of the queue of %s."),
		 p->who, p->object);
}

void
next_connect(const struct plan *p, struct buf *out)
{
	char address[ADDRESS_MAX_LEN];

	buf_addf(out, _("%s would connect %s to %s."), p->who, p->object,
		 argument(p, "addr", address, sizeof(address)));
}

void
next_send(const struct plan *p, struct buf *out)
{
	long long n = event_arg_int(p->e, "len",
				    event_arg_int(p->e, "count", -1));
	char to[ADDRESS_MAX_LEN];

	argument(p, "dest_addr", to, sizeof(to));
	if (n >= 0 && to[0])
		buf_addf(out, _("%s would send %lld bytes through %s to %s."),
			 p->who, n, p->object, to);
	else if (n >= 0)
		buf_addf(out, _("%s would send %lld bytes through %s."),
			 p->who, n, p->object);
	else if (strstr(p->a->args, "SCM_RIGHTS"))
		buf_addf(out, _("%s would send a message with descriptors "
				"through %s."), p->who, p->object);
	else
		buf_addf(out, _("%s would send through %s."), p->who,
			 p->object);
}

void
next_receive(const struct plan *p, struct buf *out)
{
	long long n = event_arg_int(p->e, "len",
				    event_arg_int(p->e, "count", -1));
	const char *args = p->a->args;

	if (strstr(args, "MSG_PEEK"))
		buf_addf(out, _("%s would look at what is in %s, and leave it "
				"there."), p->who, p->object);
	else if (n >= 0)
		buf_addf(out, _("%s would receive up to %lld bytes from %s."),
			 p->who, n, p->object);
	else
		buf_addf(out, _("%s would receive from %s."), p->who,
			 p->object);
}

void
next_shutdown(const struct plan *p, struct buf *out)
{
	char how[32];

	argument(p, "how", how, sizeof(how));
	buf_addf(out, strcmp(how, "SHUT_RD") == 0 ?
		 _("%s would receive no more from %s.") :
		 strcmp(how, "SHUT_WR") == 0 ?
		 _("%s would send no more through %s.") :
		 _("%s would end both ways of %s."), p->who, p->object);
}
