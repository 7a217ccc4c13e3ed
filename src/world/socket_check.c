/* Sockets as the kernel shows them, against what the events add up to.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <stdio.h>
#include <string.h>

static const struct object *
at(const struct world *w, int id)
{
	return id >= 0 && id < w->n_objects ? &w->object[id] : NULL;
}

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
	while (o->n_segments > o->head_segment && count(o) > told) {
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
	int64_t more = s->bytes < 0 ? 0 : s->bytes - (o->bytes - o->debt);

	if (s->max_messages >= 0)
		o->socket.backlog = s->max_messages;
	if (!o->made && o->socket.queue < 0)
		learn(w, id, s);
	if (socket_is_datagram(o) && !socket_is_unix(o) && s->messages >= 0)
		forget_lost(o, count_told(s));
	/* A large send sleeps when a part of it is there. */
	if (socket_is_stream(o) && s->bytes >= 0 && more > 0 && writer >= 0) {
		if (more > INT64_MAX - w->actor[writer].ahead)
			return;
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
		(!socket_is_unix(o) || check_word(o, SOCKET_SHUT, "shut", s, out)));
}
