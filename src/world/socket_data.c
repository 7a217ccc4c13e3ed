/* What goes through sockets: bytes, datagrams, and the descriptors that travel
 * with them.  */
#include "config.h"

#include "world/inside.h"

#include <stdlib.h>
#include <string.h>

enum { MESSAGES_MAX = 1024 };	/* of one call: UIO_MAXIOV */

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
void
socket_lands(struct world *w, int socket, uint64_t n)
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
	struct segment *s;

	/* A damaged recording may say anything. */
	if (bytes < 0 || bytes > INT64_MAX - o->bytes ||
	    bytes > INT64_MAX - o->total_in)
		return;
	s = segment_add(o);
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
	/* splice(2) and sendfile(2) name the socket itself there; a message
	 * may be for its sender. */
	int to = e->object2[0] && (strncmp(e->call, "sendm", 5) == 0 ||
				   strcmp(e->call, "sendto") == 0 ||
				   strcmp(e->object2, o->name) != 0)
		 ? object_find_or_add(w, e->object2) : o->peer;
	int64_t told = w->actor[a].ahead < e->bytes ? w->actor[a].ahead
						    : e->bytes;
	int skip = told < data_len ? (int)told : data_len, n;

	if (to < 0 || w->object[to].socket.is & SOCKET_GONE)
		return;
	n = rights(w, e, a, to);
	if (!socket_keeps_boundaries(&w->object[to])) {
		if (e->bytes > told)
			stream_in(w, to, a, e->bytes - told, data + skip,
				  data_len - skip, n);
	} else if (strcmp(e->call, "sendmmsg") == 0) {
		for (int i = 0; i < e->result && i < MESSAGES_MAX; i++)
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
	if (__builtin_add_overflow(o->total_out, s->bytes, &o->total_out))
		o->total_out = INT64_MAX;
	socket_lands(w, id, s->n);
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
			socket_lands(w, id, w->flight[i].n);
	}
	/* Of bytes that are left of it, descriptors have come: unix(7). */
	if (o->head_segment < o->n_segments &&
	    o->segment[o->head_segment].rights) {
		o->segment[o->head_segment].rights = 0;
		socket_lands(w, id, o->segment[o->head_segment].n);
	}
}

void
socket_received(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];

	o->last_reader = a;
	if (only_looks(e))
		return;
	o->changed_n = w->n;
	if (socket_keeps_boundaries(o)) {
		int64_t n = strcmp(e->call, "recvmmsg") == 0 ? e->result : 1;

		/* Nothing, at the end of packets, is no packet. */
		for (int i = 0; i < n && i < MESSAGES_MAX; i++)
			datagram_out(w, id);
		return;
	}
	if (e->bytes <= 0)
		return;
	pipe_out(w, id, a, e->bytes);
	rights_out(w, id);
}

/* Descriptors of an object that are on their way.  */
int
world_flights(const struct world *w, int object, unsigned mode)
{
	int n = 0;

	for (int i = 0; i < w->n_flights; i++)
		n += w->flight[i].object == object &&
		     (w->flight[i].mode & mode);
	return n;
}
