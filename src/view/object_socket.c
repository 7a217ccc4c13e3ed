/*
 * Sockets on the stage.  A connection is two ways, drawn once, at the end
 * that is older: what is in flight on each, and who holds the ends.  A
 * datagram socket shows its datagrams one by one, a listening one the
 * connections in its queue.
 */
#include "config.h"

#include "view/object_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "view/quote.h"

#include <inttypes.h>
#include <string.h>

enum { FEW_BYTES = 24, ITEMS_SHOWN = 8, SOCKET_COLS = 12 };

static const struct object *
peer_of(const struct scene *s, const struct object *o)
{
	return o->peer >= 0 ? &s->world->object[o->peer] : NULL;
}

static bool
is_held(const struct scene *s, int object)
{
	return world_ends(s->world, object, MODE_READ | MODE_WRITE) > 0;
}

static bool
is_datagram(const struct object *o)
{
	return strcmp(o->socket.type, "datagram") == 0;
}

bool
socket_is_drawn(const struct scene *s, int object)
{
	const struct object *o = &s->world->object[object];

	if (o->peer < 0 || is_datagram(o) || object < o->peer)
		return true;
	return !is_held(s, o->peer);
}

/* "client:5"; of the far end of a connection in a queue, whose queue.  */
static void
add_holder(const struct scene *s, int object, struct buf *out)
{
	const struct object *o = &s->world->object[object];

	if (o->socket.queue >= 0)
		buf_addf(out, _("(queue of %s)"),
			 s->world->object[o->socket.queue].name);
	else
		object_holders(s, object, MODE_READ | MODE_WRITE, out);
}

/* What travels with the bytes: " + pipe 2".  */
static void
add_flights(const struct scene *s, int object, struct buf *out)
{
	for (int i = 0; i < s->world->n_flights; i++) {
		const struct flight *f = &s->world->flight[i];

		if (f->socket == object && f->object >= 0)
			buf_addf(out, " +%s", s->world->object[f->object].name);
	}
}

/* What is on the way to a socket: "hello" 5 bytes.  */
static void
add_unread(const struct scene *s, int object, bool bytes_too, struct buf *out)
{
	const struct object *o = &s->world->object[object];

	if (o->bytes == 0 && o->n_segments == o->head_segment) {
		buf_adds(out, _("empty"));
	} else {
		if (bytes_too) {
			object_content(s, object, o->bytes, out);
			buf_adds(out, "  ");
		}
		quote_count(out, o->bytes);
	}
	add_flights(s, object, out);
}

static const char *
way_word(const struct object *from, const struct object *to, enum role *role)
{
	*role = ROLE_WARN;
	if (to->socket.is & SOCKET_RESET)
		return _("RESET");
	if (to->socket.is & SOCKET_GONE)
		return _("BROKEN");
	if (to->socket.is & SOCKET_ENDED || from->socket.is & SOCKET_SHUT)
		return _("END");
	*role = ROLE_DIM;
	return "";
}

/* One way of a connection: what lies in the object "to".  */
static void
draw_way(const struct scene *s, struct canvas *c, int y, int x, int cols,
	 int near, int far, bool outwards)
{
	const struct object *from = &s->world->object[outwards ? near : far];
	int to = outwards ? far : near;
	const char *arrow = glyph(c->unicode, outwards ? GLYPH_ARROW
							: GLYPH_ARROW_BACK);
	struct buf left = BUF_INIT, right = BUF_INIT, b = BUF_INIT;
	enum role role;
	const char *word = way_word(from, &s->world->object[to], &role);
	int at = x, end = x + cols, room;

	add_holder(s, near, &left);
	add_holder(s, far, &right);
	add_unread(s, to, true, &b);
	room = cols - cells_of(buf_str(&left)) - cells_of(buf_str(&right)) -
	       cells_of(word) - 10;
	at += canvas_put_short(c, y, at, cols / 3, ROLE_TEXT, buf_str(&left));
	at += canvas_putf(c, y, at, end - at, ROLE_BORDER, " %s ", arrow);
	at += canvas_put_short(c, y, at, room > 8 ? room : 8, ROLE_CODE,
			       buf_str(&b));
	at += canvas_putf(c, y, at, end - at, ROLE_BORDER, " %s ", arrow);
	at += canvas_put_short(c, y, at, end - at, ROLE_TEXT,
			       buf_str(&right));
	if (*word)
		canvas_put_short(c, y, at + 2, end - at - 2, role, word);
	buf_release(&left);
	buf_release(&right);
	buf_release(&b);
}

/* Both ways in one row: only how much.  */
static void
draw_ways(const struct scene *s, struct canvas *c, int y, int x, int cols,
	  int near, int far)
{
	struct buf b = BUF_INIT;

	add_holder(s, near, &b);
	buf_addf(&b, " %s ", glyph(c->unicode, GLYPH_ARROW));
	add_unread(s, far, false, &b);
	buf_adds(&b, " | ");
	add_unread(s, near, false, &b);
	buf_addf(&b, " %s ", glyph(c->unicode, GLYPH_ARROW_BACK));
	add_holder(s, far, &b);
	canvas_put_short(c, y, x, cols, ROLE_TEXT, buf_str(&b));
	buf_release(&b);
}

/* "socket 5 at the other end   AF_UNIX stream   server.sock" */
static void
add_facts(const struct scene *s, const struct object *o, struct buf *out)
{
	const struct object *peer = peer_of(s, o);

	buf_addf(out, "%s %s", o->socket.family, o->socket.type);
	if (o->socket.is & SOCKET_LISTENING)
		buf_addf(out, " %s", _("listening"));
	if (o->path[0])
		buf_addf(out, "   %s", object_short_path(s, o->path));
	if (o->removed)
		buf_addf(out, " %s", _("(removed)"));
	if (peer) {
		buf_addf(out, is_datagram(o) ? _("   sends to %s") :
			 _("   other end: %s"), peer->name);
		if (peer->path[0])
			buf_addf(out, " (%s)",
				 object_short_path(s, peer->path));
	}
	if (o->socket.lost > 0)
		buf_addf(out, _("   %lld lost"), (long long)o->socket.lost);
}

static void
draw_connection(const struct scene *s, struct canvas *c, struct rect r,
		int object)
{
	const struct object *o = &s->world->object[object];
	int x = r.x + SOCKET_COLS, cols = r.cols - SOCKET_COLS;
	struct buf b = BUF_INIT;

	if (r.rows == 1) {
		draw_ways(s, c, r.y, x, cols, object, o->peer);
		return;
	}
	draw_way(s, c, r.y, x, cols, object, o->peer, true);
	draw_way(s, c, r.y + 1, x, cols, object, o->peer, false);
	if (r.rows > 2) {
		add_facts(s, o, &b);
		canvas_put_short(c, r.y + 2, x, cols, ROLE_DIM, buf_str(&b));
	}
	buf_release(&b);
}

/* The connections of a queue, the datagrams of a socket, one by one.  */
static void
add_items(const struct scene *s, const struct object *o, struct buf *out)
{
	size_t end = o->n_segments, shown = 0;

	for (size_t i = o->head_segment; i < end; i++, shown++) {
		const struct segment *g = &o->segment[i];
		size_t n = g->data_len < FEW_BYTES ? (size_t)g->data_len
						   : FEW_BYTES;

		if (shown == ITEMS_SHOWN) {
			buf_addf(out, "  +%zu", end - i);
			break;
		}
		buf_adds(out, shown ? "  " : "");
		if (o->socket.is & SOCKET_LISTENING)
			buf_addf(out, "%.*s", g->data_len, g->data);
		else
			quote_bytes(out, g->data, n, (int64_t)n < g->bytes);
		if (g->writer >= 0)
			buf_addf(out, " (%s)",
				 s->world->actor[g->writer].role);
		if (g->rights)
			buf_addf(out, ngettext(" +%d descriptor",
					       " +%d descriptors",
					       (unsigned long)g->rights),
				 g->rights);
	}
}

static void
add_amount(const struct object *o, struct buf *out)
{
	long long n = (long long)(o->n_segments - o->head_segment);

	if (o->socket.is & SOCKET_LISTENING) {
		buf_addf(out, ngettext("%lld connection waits",
				       "%lld connections wait",
				       (unsigned long)n), n);
		if (o->socket.backlog >= 0)
			buf_addf(out, _(" (backlog %lld)"),
				 (long long)o->socket.backlog);
	} else if (is_datagram(o)) {
		buf_addf(out, ngettext("%lld datagram", "%lld datagrams",
				       (unsigned long)n), n);
	} else {
		buf_adds(out, o->socket.is & SOCKET_CONNECTED ?
			 _("connected to somebody outside") :
			 _("not connected"));
	}
}

static void
draw_alone(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];
	bool items = o->n_segments > o->head_segment;
	int x = r.x + SOCKET_COLS, cols = r.cols - SOCKET_COLS, used;
	struct buf b = BUF_INIT;

	object_holders(s, object, MODE_READ | MODE_WRITE, &b);
	used = 3 + canvas_put_short(c, r.y, x, cols / 3, ROLE_TEXT,
				    buf_str(&b));
	buf_clear(&b);
	add_amount(o, &b);
	if (r.rows == 1 && o->path[0])
		buf_addf(&b, "   %s", object_short_path(s, o->path));
	canvas_put_short(c, r.y, x + used, cols - used, ROLE_TEXT,
			 buf_str(&b));
	buf_clear(&b);
	add_items(s, o, &b);
	if (r.rows > 1 && items)
		canvas_put_short(c, r.y + 1, x, cols, ROLE_CODE, buf_str(&b));
	buf_clear(&b);
	add_facts(s, o, &b);
	if (r.rows > 1 + items)
		canvas_put_short(c, r.y + 1 + items, x, cols, ROLE_DIM,
				 buf_str(&b));
	buf_release(&b);
}

int
socket_rows(const struct scene *s, int object)
{
	const struct object *o = &s->world->object[object];
	bool items = o->n_segments > o->head_segment;

	return 2 + (items || (o->peer >= 0 && !is_datagram(o)));
}

void
socket_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];

	canvas_put_short(c, r.y, r.x + 2, SOCKET_COLS - 3,
			 ROLE_STRONG, o->name);
	if (o->peer >= 0 && !is_datagram(o))
		draw_connection(s, c, r, object);
	else
		draw_alone(s, c, r, object);
}

/* The same in lines, for plain text.  */
void
socket_tell(const struct scene *s, int object, struct buf *out)
{
	const struct object *o = &s->world->object[object];

	buf_addf(out, "%s: ", o->name);
	add_facts(s, o, out);
	buf_adds(out, _("; held by "));
	add_holder(s, object, out);
	buf_adds(out, "; ");
	if (o->peer >= 0 && !is_datagram(o)) {
		buf_adds(out, _("to be read: "));
		add_unread(s, object, true, out);
		if (o->socket.is & SOCKET_ENDED)
			buf_adds(out, _(", then the end"));
	} else {
		add_amount(o, out);
	}
	buf_addc(out, '\n');
	if (o->n_segments > o->head_segment &&
	    (o->peer < 0 || is_datagram(o))) {
		buf_adds(out, "   ");
		add_items(s, o, out);
		buf_addc(out, '\n');
	}
}
