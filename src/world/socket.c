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

static bool
is_unix(const struct object *o)
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

static bool
keeps_boundaries(const struct object *o)
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
	(void)a;
	take_type(&w->object[id], e);
	if (!e->object2[0])
		return;
	take_type(&w->object[object_find_or_add(w, e->object2)], e);
	join(w, id, object_find_or_add(w, e->object2));
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
	}
	o->socket.queue = -1;
	COPY_STR(o->path, l->path);
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
	if (peer && is_unix(o) && !socket_is_datagram(o))
		peer->socket.is |= SOCKET_SHUT;
}

/* ---- descriptors in flight ---- */

static void
flies(struct world *w, int a, int fd, int to)
{
	struct descriptor *d = w->actor[a].fds ?
		descriptors_get(w->actor[a].fds, fd) : NULL;

	if (!d || w->n_flights == WORLD_FLIGHTS)
		return;
	w->flight[w->n_flights++] = (struct flight){
		.object = d->object, .description = d->description,
		.mode = d->mode, .socket = to, .n = w->n,
	};
}

/* Those that go with this message: {"SCM_RIGHTS":[3,4]}.  */
static int
rights(struct world *w, const struct event *e, int a, int to)
{
	const char *p = strstr(e->args, "\"SCM_RIGHTS\":[");
	int n = 0;

	if (!p || strncmp(e->call, "sendm", 5) != 0)
		return 0;
	p += strlen("\"SCM_RIGHTS\":[");
	while (*p >= '0' && *p <= '9') {
		flies(w, a, atoi(p), to);
		n++;
		p += strspn(p, "0123456789");
		p += *p == ',';
	}
	return n;
}

/* The message of that event is out of the socket, and what went with it.  */
static void
lands(struct world *w, int socket, uint64_t n)
{
	int kept = 0;

	for (int i = 0; i < w->n_flights; i++)
		if (w->flight[i].socket != socket || w->flight[i].n != n)
			w->flight[kept++] = w->flight[i];
	w->n_flights = kept;
}

/* ---- sending ---- */

static void
datagram_in(struct world *w, int id, int writer, int64_t bytes,
	    const char *data, int data_len, int n_rights)
{
	struct object *o = &w->object[id];
	struct segment *s = segment_add(o);

	s->writer = writer;
	s->n = w->n;
	s->type = -1;
	s->bytes = bytes;
	s->rights = n_rights;
	s->data_len = data_len < (int)sizeof(s->data) ? data_len
						      : (int)sizeof(s->data);
	memcpy(s->data, data, s->data_len);
	o->bytes += bytes;
	o->total_in += bytes;
	o->last_writer = writer;
	o->last_write_n = o->changed_n = w->n;
}

static void
stream_in(struct world *w, int id, int writer, int64_t bytes, const char *data,
	  int data_len, int n_rights)
{
	struct object *o = &w->object[id];

	if (n_rights)
		datagram_in(w, id, writer, bytes, data, data_len, n_rights);
	else
		pipe_in(w, id, writer, bytes, data, data_len);
	o->changed_n = w->n;
}

/* Lengths of the messages of sendmmsg(2), from its arguments.  */
static int64_t
length_of(const struct event *e, int message)
{
	const char *p = e->args;

	for (int i = 0; i <= message && p; i++) {
		p = strstr(p, "\"len\":");
		p = p ? p + 6 : NULL;
	}
	return p ? atoll(p) : 0;
}

void
socket_sent(struct world *w, int from, const struct event *e, int a,
	    const char *data, int data_len)
{
	struct object *o = &w->object[from];
	/* splice(2) and sendfile(2) name the socket itself there. */
	int to = e->object2[0] && strcmp(e->object2, o->name) != 0
		 ? object_find_or_add(w, e->object2) : o->peer;
	int64_t told = w->actor[a].ahead < e->bytes ? w->actor[a].ahead
						    : e->bytes;
	int skip = told < data_len ? (int)told : data_len, n;

	if (to < 0 || w->object[to].socket.is & SOCKET_GONE)
		return;
	n = rights(w, e, a, to);
	if (!keeps_boundaries(&w->object[to])) {
		if (e->bytes > told)
			stream_in(w, to, a, e->bytes - told, data + skip,
				  data_len - skip, n);
	} else if (strcmp(e->call, "sendmmsg") == 0) {
		for (int i = 0; i < e->result; i++)
			datagram_in(w, to, a, length_of(e, i), data,
				    i ? 0 : data_len, i ? 0 : n);
	} else {
		datagram_in(w, to, a, e->bytes, data, data_len, n);
	}
}

/* ---- receiving ---- */

static bool
only_looks(const struct event *e)
{
	char flags[128] = "";

	event_arg(e, "flags", flags, sizeof(flags));
	return strstr(flags, "MSG_PEEK") || strstr(flags, "MSG_ERRQUEUE");
}

static void
datagram_out(struct world *w, int id)
{
	struct object *o = &w->object[id];
	struct segment *s;

	if (o->head_segment == o->n_segments)
		return;
	s = &o->segment[o->head_segment++];
	world_link(w, s->n);
	o->bytes -= s->bytes;
	o->total_out += s->bytes;
	lands(w, id, s->n);
	if (o->head_segment == o->n_segments)
		pipe_emptied(o);
}

/* What went with the bytes that were taken has come too.  */
static void
rights_out(struct world *w, int id)
{
	struct object *o = &w->object[id];

	for (int i = w->n_flights - 1; i >= 0; i--) {
		bool there = false;

		if (i >= w->n_flights || w->flight[i].socket != id)
			continue;
		for (size_t k = o->head_segment; k < o->n_segments; k++)
			there |= o->segment[k].n == w->flight[i].n &&
				 o->segment[k].rights > 0;
		if (!there)
			lands(w, id, w->flight[i].n);
	}
	/* Of bytes that are left of it, descriptors have come: unix(7). */
	if (o->head_segment < o->n_segments &&
	    o->segment[o->head_segment].rights) {
		o->segment[o->head_segment].rights = 0;
		lands(w, id, o->segment[o->head_segment].n);
	}
}

static void
received(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];

	o->last_reader = a;
	if (only_looks(e))
		return;
	o->changed_n = w->n;
	if (keeps_boundaries(o)) {
		int n = strcmp(e->call, "recvmmsg") == 0 ? (int)e->result : 1;

		/* Nothing, at the end of packets, is no packet. */
		while (n-- > 0)
			datagram_out(w, id);
		return;
	}
	if (e->bytes <= 0)
		return;
	pipe_out(w, id, a, e->bytes);
	rights_out(w, id);
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
		received(w, id, e, a);
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
}

/* ---- the end of a socket ---- */

static void
breaks(struct world *w, int id, bool reset)
{
	struct object *o = at(w, id);

	if (!o)
		return;
	o->socket.is |= SOCKET_ENDED;
	if (is_unix(o) || reset)
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
		lands(w, id, o->segment[i].n);
	pipe_emptied(o);
	o->changed_n = w->n;
	if (!socket_is_datagram(o))
		breaks(w, o->peer, unread);
	/* With a listening socket go those that nobody has accepted. */
	for (int i = 0; i < w->n_objects; i++)
		if (w->object[i].kind == KIND_SOCKET &&
		    w->object[i].socket.queue == id) {
			breaks(w, w->object[i].peer, true);
			vanishes(w, i);
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

/* ---- and what the kernel says ---- */

static bool
says(const struct object_state *s, const char *word)
{
	const char *p = strstr(s->status, word);
	size_t n = strlen(word);

	return p && (p == s->status || p[-1] == ' ') &&
	       (p[n] == '\0' || p[n] == ' ');
}

/* Of a socket that the subject was given only the kernel knows.  */
static void
learn(struct world *w, int id, const struct object_state *s)
{
	struct object *o = &w->object[id];
	char family[16], type[16];

	if (sscanf(s->status, "%15s %15s", family, type) != 2)
		return;
	COPY_STR(o->socket.family, family);
	COPY_STR(o->socket.type, type);
	o->socket.is = (says(s, "listening") ? SOCKET_LISTENING : 0) |
		       (says(s, "connected") ? SOCKET_CONNECTED : 0) |
		       (says(s, "ended") ? SOCKET_ENDED : 0) |
		       (says(s, "shut") ? SOCKET_SHUT : 0);
	if (s->peer[0])
		w->object[id].peer = world_object(w, s->peer);
}

/* Who sleeps in a send to this socket, -1: nobody.  */
static int
sleeping_sender(const struct world *w, int id)
{
	for (int a = 0; a < w->n_actors; a++) {
		const struct actor *actor = &w->actor[a];
		const struct object *o = at(w, actor->object);

		if ((actor->state == ACTOR_BLOCKED ||
		     actor->state == ACTOR_SLEEPING) && o &&
		    o->kind == KIND_SOCKET && o->peer == id &&
		    actor->end == MODE_WRITE)
			return a;
	}
	return -1;
}

/* Datagrams of no bytes cannot all be seen: only the others are counted.  */
static int64_t
count(const struct object *o)
{
	int64_t n = 0;

	for (size_t i = o->head_segment; i < o->n_segments; i++)
		n += o->segment[i].bytes > 0 ||
		     o->socket.is & SOCKET_LISTENING;
	return n;
}

static int64_t
count_told(const struct object_state *s)
{
	int64_t n = s->messages;

	for (int i = 0; i < s->n_items; i++)
		n -= s->item[i].value == 0;
	return n;
}

/* Datagrams of the Internet are thrown away where there is no room for them
 * (udp(7)): the last that came.  */
static void
forget_lost(struct object *o, int64_t told)
{
	while (count(o) > told) {
		o->bytes -= o->segment[--o->n_segments].bytes;
		o->socket.lost++;
	}
	if (o->n_segments == o->head_segment)
		pipe_emptied(o);
}

void
socket_probed(struct world *w, int id, const struct object_state *s)
{
	struct object *o = &w->object[id];
	int writer = sleeping_sender(w, id);
	int64_t more = s->bytes - (o->bytes - o->debt);

	if (s->max_messages >= 0)
		o->socket.backlog = s->max_messages;
	if (!o->made && o->socket.queue < 0)
		learn(w, id, s);
	if (socket_is_datagram(o) && !is_unix(o) && s->messages >= 0)
		forget_lost(o, count_told(s));
	/* A large send sleeps when a part of it is there. */
	if (socket_is_stream(o) && s->bytes >= 0 && more > 0 && writer >= 0) {
		w->actor[writer].ahead += more;
		pipe_in(w, id, writer, more, s->content,
			o->bytes == 0 && s->content_len > 0 ? s->content_len
							    : 0);
	}
}

static bool
check_word(const struct object *o, unsigned bit, const char *word,
	   const struct object_state *s, struct buf *out)
{
	bool derived = o->socket.is & bit;

	if (derived == says(s, word))
		return true;
	buf_addf(out, derived ?
		 _("%s: the events say that it is \"%s\", the kernel that it "
		   "is not") :
		 _("%s: the kernel says that it is \"%s\", the events do "
		   "not"), o->name, word);
	return false;
}

bool
socket_check(const struct world *w, int id, const struct object_state *s,
	     struct buf *out)
{
	const struct object *o = &w->object[id], *peer = at(w, o->peer);

	if (s->bytes >= 0 && socket_is_stream(o) && peer &&
	    o->bytes - o->debt != s->bytes)
		return check_number(out, o, _("bytes"), o->bytes - o->debt,
				    s->bytes);
	if (s->messages >= 0 && count(o) != count_told(s))
		return check_number(out, o, o->socket.is & SOCKET_LISTENING ?
				    _("connections") : _("datagrams"),
				    count(o), count_told(s));
	if (!check_word(o, SOCKET_LISTENING, "listening", s, out))
		return false;
	if (s->peer[0] && peer && strcmp(peer->name, s->peer) != 0) {
		buf_addf(out, _("%s: its peer: the events say %s, the kernel "
				"says %s"), o->name, peer->name, s->peer);
		return false;
	}
	return !peer || socket_is_datagram(o) ||
	       o->socket.is & SOCKET_LISTENING ||
	       (check_word(o, SOCKET_ENDED, "ended", s, out) &&
		(!is_unix(o) || check_word(o, SOCKET_SHUT, "shut", s, out)));
}

/* ---- asking ---- */

int
world_flights(const struct world *w, int object, unsigned mode)
{
	int n = 0;

	for (int i = 0; i < w->n_flights; i++)
		n += w->flight[i].object == object &&
		     (w->flight[i].mode & mode);
	return n;
}

/* The socket that gets what is sent on this one now, -1.  */
int
world_other_end(const struct world *w, int object)
{
	const struct object *o = at(w, object);

	return o && o->kind == KIND_SOCKET ? o->peer : -1;
}
