/* Statements about sockets.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"

#include <string.h>

static const struct object *
find(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id = world_object(w, b->object);

	if (id < 0 && out)
		buf_addf(out, _("there is no %s"), b->object);
	else if (id >= 0 && w->object[id].kind != KIND_SOCKET && out)
		buf_addf(out, _("%s is no socket"), b->object);
	return id < 0 || w->object[id].kind != KIND_SOCKET ? NULL
							    : &w->object[id];
}

/* What is said of it, whether true or not.  */
static void
tell_state(const struct blanks *b, const struct object *o, struct buf *out)
{
	static const struct {
		unsigned bit;
		const char *word;
	} words[] = {
		{ SOCKET_LISTENING, N_("listening") },
		{ SOCKET_CONNECTED, N_("connected") },
		{ SOCKET_ENDED, N_("done") },
		{ SOCKET_SHUT, N_("shut") },
		{ SOCKET_RESET, N_("reset") },
		{ SOCKET_GONE, N_("gone") },
	};
	const char *sep = "";

	buf_addf(out, _("%s is "), b->object);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (o->socket.is & words[i].bit) {
			buf_addf(out, "%s%s", sep, _(words[i].word));
			sep = _(", ");
		}
	if (!*sep)
		buf_adds(out, _("not connected"));
}

enum truth
socket_is_in_state(const struct blanks *b, const struct world *w,
		   struct buf *out)
{
	static const unsigned bits[] = {
		SOCKET_LISTENING, SOCKET_CONNECTED, SOCKET_ENDED, SOCKET_SHUT,
		SOCKET_RESET,
	};
	const struct object *o = find(b, w, out);

	if (!o)
		return IS_UNKNOWN;
	if (out)
		tell_state(b, o, out);
	return o->socket.is & bits[b->word[0]] ? IS_TRUE : IS_FALSE;
}

static void
tell_address(const struct blanks *b, const struct object *o, struct buf *out)
{
	if (o->path[0])
		buf_addf(out, _("%s has address \"%s\""), b->object, o->path);
	else
		buf_addf(out, _("%s has no address"), b->object);
}

enum truth
object_has_address(const struct blanks *b, const struct world *w,
		   struct buf *out)
{
	const struct object *o = find(b, w, out);

	if (!o)
		return IS_UNKNOWN;
	if (out)
		tell_address(b, o, out);
	return world_same_path(w, o->path, b->text) ? IS_TRUE : IS_FALSE;
}

enum truth
object_has_no_address(const struct blanks *b, const struct world *w,
		      struct buf *out)
{
	const struct object *o = find(b, w, out);

	if (!o)
		return IS_UNKNOWN;
	if (out)
		tell_address(b, o, out);
	return o->path[0] ? IS_FALSE : IS_TRUE;
}

enum truth
holds_peer(const struct blanks *b, const struct world *w, int actor,
	   struct buf *out)
{
	const struct object *o = find(b, w, out);
	int peer, fd;
	bool holds;

	if (!o)
		return IS_UNKNOWN;
	peer = world_other_end(w, (int)(o - w->object));
	holds = peer >= 0 && world_holds(w, actor, peer,
					 MODE_READ | MODE_WRITE, &fd);
	if (!out)
		return holds ? IS_TRUE : IS_FALSE;
	if (peer < 0)
		buf_addf(out, _("%s has no other end"), b->object);
	else if (holds)
		buf_addf(out, _("%s holds %s (descriptor %d)"),
			 w->actor[actor].role, w->object[peer].name, fd);
	else
		buf_addf(out, _("%s does not hold %s"), w->actor[actor].role,
			 w->object[peer].name);
	return holds ? IS_TRUE : IS_FALSE;
}

enum truth
descriptors_in_flight(const struct blanks *b, const struct world *w,
		      struct buf *out)
{
	if (out)
		buf_addf(out, ngettext("%d descriptor is in flight",
				       "%d descriptors are in flight",
				       (unsigned long)w->n_flights),
			 w->n_flights);
	return compare(w->n_flights, b->option[0], b->number);
}

enum truth
datagrams_lost(const struct blanks *b, const struct world *w, struct buf *out)
{
	const struct object *o = find(b, w, out);

	if (!o)
		return IS_UNKNOWN;
	if (out)
		buf_addf(out, ngettext("%s has lost %lld datagram",
				       "%s has lost %lld datagrams",
				       (unsigned long)o->socket.lost),
			 b->object, (long long)o->socket.lost);
	return compare(o->socket.lost, b->option[0], b->number);
}
