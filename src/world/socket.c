/*
 * Sockets: what waits in one to be read, who is at the other end, which of
 * the two ways is closed.
 *
 * What was sent lies in the receiver's object, as in the kernel.  The far end
 * of a connection that nobody has accepted yet is an object without a holder,
 * in the queue of a listening socket.
 */
#include "config.h"

#include "base/i18n.h"
#include "event/json.h"
#include "world/inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct object *
at(const struct world *w, int id)
{
	return id >= 0 && id < w->n_objects ? &w->object[id] : NULL;
}

bool
socket_is_unix(const struct object *o)
{
	return strcmp(o->socket.family, "AF_UNIX") == 0;
}

bool
socket_is_stream(const struct object *o)
{
	return strcmp(o->socket.type, "stream") == 0;
}

bool
socket_is_datagram(const struct object *o)
{
	return strcmp(o->socket.type, "datagram") == 0;
}

bool
socket_keeps_boundaries(const struct object *o)
{
	return !socket_is_stream(o) || o->socket.is & SOCKET_LISTENING;
}

/* ---- what it is ---- */

static void
take_type(struct object *o, const struct event *e)
{
	static const struct {
		const char *argument, *word;
	} types[] = {
		{ "SOCK_STREAM", "stream" },
		{ "SOCK_DGRAM", "datagram" },
		{ "SOCK_SEQPACKET", "seqpacket" },
	};
	char type[64] = "";

	event_arg(e, "domain", o->socket.family, sizeof(o->socket.family));
	event_arg(e, "type", type, sizeof(type));
	COPY_STR(o->socket.type, "raw");
	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (strncmp(type, types[i].argument,
			    strlen(types[i].argument)) == 0)
			COPY_STR(o->socket.type, types[i].word);
}

void
socket_appears(struct world *w, int id, const struct event *e)
{
	int queue = object_find_or_add(w, e->object2);
	struct object *o = &w->object[id], *l = &w->object[queue];

	o->socket = l->socket;
	o->socket.is = 0;
	o->socket.backlog = -1;
	o->socket.queue = queue;
}

static void
join(struct world *w, int one, int two)
{
	w->object[one].peer = two;
	w->object[two].peer = one;
	w->object[one].socket.is |= SOCKET_CONNECTED;
	w->object[two].socket.is |= SOCKET_CONNECTED;
}

static void
made(struct world *w, int id, const struct event *e, int a)
{
	int other;

	(void)a;
	take_type(&w->object[id], e);
	if (!e->object2[0])
		return;
	other = object_find_or_add(w, e->object2);	/* may move them all */
	take_type(&w->object[other], e);
	join(w, id, other);
}

/* The kernel's word is better: it chose a port, or a name.  */
static void
bound(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];

	(void)a;
	if (e->address[0])
		COPY_STR(o->path, e->address);
	else if (strcmp(e->call, "bind") == 0)
		event_arg(e, "addr", o->path, sizeof(o->path));
}

static void
listens(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];

	bound(w, id, e, a);
	o->socket.is |= SOCKET_LISTENING;
	o->socket.backlog = event_arg_int(e, "backlog", -1);
}

/* A connection in a queue goes by the name of the socket that made it.  */
static void
queued(struct world *w, int listener, int client, int a)
{
	struct object *l = &w->object[listener];
	struct segment *s = segment_add(l);
	const char *name = w->object[client].name;

	s->writer = a;
	s->n = w->n;
	s->type = -1;
	s->bytes = 0;
	s->rights = 0;
	s->data_len = (int)strlen(name) < (int)sizeof(s->data)
		      ? (int)strlen(name) : (int)sizeof(s->data);
	memcpy(s->data, name, s->data_len);
	l->changed_n = w->n;
}

static void
connected(struct world *w, int id, const struct event *e, int a)
{
	char address[ADDRESS_MAX_LEN] = "";
	int to;

	bound(w, id, e, a);
	event_arg(e, "addr", address, sizeof(address));
	if (strcmp(address, "AF_UNSPEC") == 0) {
		w->object[id].peer = -1;
		w->object[id].socket.is &= ~SOCKET_CONNECTED;
		return;
	}
	w->object[id].socket.is |= SOCKET_CONNECTED;
	if (!e->object2[0])
		return;
	to = object_find_or_add(w, e->object2);
	if (socket_is_datagram(&w->object[id])) {
		w->object[id].peer = to;
		return;
	}
	join(w, id, to);
	if (w->object[to].socket.queue >= 0)
		queued(w, w->object[to].socket.queue, id, a);
}

static void
remove_segment(struct object *o, size_t i)
{
	memmove(&o->segment[i], &o->segment[i + 1],
		(o->n_segments - i - 1) * sizeof(*o->segment));
	o->n_segments--;
	if (o->head_segment == o->n_segments)
		o->head_segment = o->n_segments = 0;
}

static void
accepted(struct world *w, int id, const struct event *e, int a)
{
	struct object *l = &w->object[id], *o;
	int new;

	(void)a;
	if (e->n_opened == 0 || !e->opened[0].object[0])
		return;
	new = object_find_or_add(w, e->opened[0].object);
	l = &w->object[id];
	o = &w->object[new];
	if (!o->socket.family[0]) {	/* its client is not of this run */
		o->socket = l->socket;
		o->socket.is = SOCKET_CONNECTED;
		o->socket.backlog = -1;
	}
	o->socket.queue = -1;
	COPY_STR(o->path, l->path);
	o->removed = l->removed;
	l->changed_n = w->n;
	for (size_t i = l->head_segment; i < l->n_segments; i++) {
		struct segment *s = &l->segment[i];

		if (o->peer >= 0 &&
		    ((int)strlen(w->object[o->peer].name) != s->data_len ||
		     memcmp(w->object[o->peer].name, s->data, s->data_len)))
			continue;
		world_link(w, s->n);
		remove_segment(l, i);
		return;
	}
}

/* ---- the two ways of a connection ---- */

static void
closes_way(struct world *w, int from)
{
	struct object *to = at(w, w->object[from].peer);

	w->object[from].socket.is |= SOCKET_SHUT;
	if (to && !socket_is_datagram(to))
		to->socket.is |= SOCKET_ENDED;
}

static void
shut_down(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id], *peer = at(w, o->peer);
	char how[32] = "";

	(void)a;
	event_arg(e, "how", how, sizeof(how));
	if (strcmp(how, "SHUT_RD") != 0)
		closes_way(w, id);
	if (strcmp(how, "SHUT_WR") == 0)
		return;
	o->socket.is |= SOCKET_ENDED;
	/* In the domain UNIX the other side learns of it at once. */
	if (peer && socket_is_unix(o) && !socket_is_datagram(o))
		peer->socket.is |= SOCKET_SHUT;
}

/* ---- calls ---- */

static const struct {
	const char *call;
	void (*effect)(struct world *w, int id, const struct event *e, int a);
} effects[] = {
	{ "socket", made }, { "socketpair", made },
	{ "bind", bound }, { "getsockname", bound },
	{ "listen", listens },
	{ "accept", accepted }, { "accept4", accepted },
	{ "connect", connected },
	{ "shutdown", shut_down },
};

void
socket_called(struct world *w, int id, const struct event *e, int a)
{
	for (size_t i = 0; i < ARRAY_SIZE(effects); i++)
		if (strcmp(e->call, effects[i].call) == 0) {
			effects[i].effect(w, id, e, a);
			return;
		}
	if (e->bytes < 0)
		return;
	if (e->end == MODE_WRITE) {
		if (e->address[0])
			bound(w, id, e, a);
		socket_sent(w, id, e, a, e->data,
			    e->data_len > 0 ? e->data_len : 0);
	} else if (e->end == MODE_READ) {
		socket_received(w, id, e, a);
	}
}

/* A call failed: the error was told, and is over (SO_ERROR, socket(7)).  */
void
socket_failed(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];

	if (strcmp(e->call, "connect") == 0 && e->error == EINPROGRESS)
		connected(w, id, e, a);
	else if (e->error == ECONNRESET || e->error == EPIPE ||
		 e->error == ECONNREFUSED)
		o->socket.is &= ~SOCKET_RESET;
	else if (e->error == EFAULT && e->end == MODE_READ &&
		 socket_keeps_boundaries(o) && e->fd >= 0 &&
		 (strcmp(e->call, "recvfrom") == 0 ||
		  strcmp(e->call, "read") == 0))
		/* What does not fit the receiver's memory is lost
		 * (__unix_dgram_recvmsg(), udp_recvmsg()). */
		socket_received(w, id, e, a);
}

/* ---- the end of a socket ---- */

static void
breaks(struct world *w, int id, bool reset)
{
	struct object *o = at(w, id);

	if (!o)
		return;
	o->socket.is |= SOCKET_ENDED;
	if (socket_is_unix(o) || reset)
		o->socket.is |= SOCKET_SHUT;
	if (reset)
		o->socket.is |= SOCKET_RESET;
}

static void
vanishes(struct world *w, int id)
{
	struct object *o = &w->object[id];
	bool unread = o->n_segments > o->head_segment;

	o->socket.is |= SOCKET_GONE;
	o->socket.queue = -1;
	for (size_t i = o->head_segment; i < o->n_segments; i++)
		socket_lands(w, id, o->segment[i].n);
	pipe_emptied(o);
	o->changed_n = w->n;
	if (!socket_is_datagram(o))
		breaks(w, o->peer, unread);
	/* With a listening socket go those that nobody has accepted. */
	for (int i = 0; i < w->n_objects; i++)
		if (w->object[i].kind == KIND_SOCKET &&
		    w->object[i].socket.queue == id) {
			breaks(w, w->object[i].peer, true);
			w->object[i].socket.queue = -1;
			w->object[i].made = true;	/* and gone next */
		}
}

/* Descriptors were closed: a socket that nobody has open is gone.  */
void
sockets_closed(struct world *w)
{
	bool again = true;

	while (again) {
		again = false;
		for (int i = 0; i < w->n_objects; i++) {
			struct object *o = &w->object[i];

			if (o->kind != KIND_SOCKET || !o->made ||
			    o->socket.is & SOCKET_GONE ||
			    world_ends(w, i, MODE_READ | MODE_WRITE) > 0)
				continue;
			vanishes(w, i);
			again = true;
		}
	}
}

/* ---- asking ---- */

/* The socket that gets what is sent on this one now, -1.  */
int
world_other_end(const struct world *w, int object)
{
	const struct object *o = at(w, object);

	return o && o->kind == KIND_SOCKET ? o->peer : -1;
}
