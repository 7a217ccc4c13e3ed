/* A message queue on the stage: how full, each message, who waits there.  */
#include "config.h"

#include "view/object_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "event/names.h"
#include "term/glyph.h"
#include "view/quote.h"
#include "world/queue.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SHORT_BAR = 16, TEXT_SHOWN = 24, TEXT_CROWDED = 6, GAP = 2 };

static int64_t
max_messages(const struct object *o)
{
	return o->kind == KIND_MQUEUE ? o->probed.max_messages : -1;
}

/* Of 8 * cols, rounded up: what is not empty shows.  */
static int64_t
filled(const struct object *o, int64_t messages, int cols)
{
	int64_t is = o->bytes, of = o->capacity;

	if (max_messages(o) > 0)
		is = messages, of = max_messages(o);
	if (of <= 0 || is <= 0)
		return is > 0;
	return is >= of ? cols * 8 : is * cols * 8 / of + 1;
}

static int
draw_fill(struct canvas *c, int y, int x, const struct object *o,
	  int64_t messages)
{
	int64_t eighths = filled(o, messages, SHORT_BAR);
	enum role role = queue_room(o) == 0 ? ROLE_FULL : ROLE_FILL;

	canvas_put(c, y, x, 1, ROLE_BORDER, "[");
	for (int i = 0; i < SHORT_BAR; i++) {
		int here = eighths > 8 ? 8 : (int)eighths;

		canvas_put(c, y, x + 1 + i, 1, here ? role : ROLE_DIM,
			   glyph_eighth(c->unicode, here));
		eighths -= here;
	}
	canvas_put(c, y, x + 1 + SHORT_BAR, 1, ROLE_BORDER, "]");
	return SHORT_BAR + 2 + GAP;
}

static void
add_amount(const struct object *o, int64_t messages, struct buf *out)
{
	if (max_messages(o) >= 0)
		buf_addf(out, _("%" PRId64 " of %" PRId64 " messages"),
			 messages, max_messages(o));
	else
		buf_addf(out, ngettext("%" PRId64 " message",
				       "%" PRId64 " messages",
				       (unsigned long)messages), messages);
	buf_adds(out, "  ");
	if (o->capacity >= 0)
		buf_addf(out, _("%" PRId64 " of %" PRId64 " bytes"), o->bytes,
			 o->capacity);
	else
		quote_count(out, o->bytes);
}

static void
add_name(const struct scene *s, const struct object *o, struct buf *out)
{
	if (o->path[0])
		buf_addf(out, "  %s", object_short_path(s, o->path));
	if (o->removed)
		buf_addf(out, "  %s", _("(removed)"));
	/* Of a POSIX queue it is always so. */
	if (o->kind == KIND_QUEUE && o->probed.derived)
		buf_addf(out, "  %s", _("(messages not seen, but derived)"));
}

/* ---- messages ---- */

/* "2 "disk full" reporter": type or priority, first bytes, sender; the length
 * where not all of it is shown.  */
static void
add_message(const struct scene *s, const struct segment *m, int text,
	    struct buf *out)
{
	int shown = m->data_len < text ? m->data_len : text;

	if (m->type >= 0)
		buf_addf(out, "%" PRId64 ":", m->type);
	else
		buf_adds(out, "?:");
	if (shown > 0 || m->bytes == 0)
		quote_bytes(out, m->data, (size_t)shown, m->bytes > shown);
	if (m->bytes > shown)
		buf_addf(out, " %" PRId64 " B", m->bytes);
	if (m->writer >= 0)
		buf_addf(out, " %s", s->world->actor[m->writer].role);
}

/* Bytes of each that are shown, so that more of them find room.  */
static int
text_shown(const struct scene *s, const struct segment *m, size_t n,
	   struct rect r)
{
	struct buf b = BUF_INIT;
	int cells = 0;

	for (size_t i = 0; i < n && cells <= r.rows * r.cols; i++) {
		buf_clear(&b);
		add_message(s, &m[i], TEXT_SHOWN, &b);
		cells += cells_of(buf_str(&b)) + GAP + 1;
	}
	buf_release(&b);
	return cells <= r.rows * r.cols ? TEXT_SHOWN : TEXT_CROWDED;
}

/* One after the other, in as many rows as there are; what does not fit is
 * counted.  Returns the row behind them.  */
static int
draw_messages(const struct scene *s, struct canvas *c, struct rect r,
	      const struct object *o)
{
	const struct segment *m;
	size_t n = queue_messages(o, &m);
	int y = r.y, x = r.x, text = text_shown(s, m, n, r);
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		int left, more = 0, len;

		buf_clear(&b);
		add_message(s, &m[i], text, &b);
		len = cells_of(buf_str(&b));
		if (i + 1 < n && y == r.y + r.rows - 1)
			more = 8;	/* room for "+12" */
		left = r.x + r.cols - x - more;
		if (x > r.x && len > left && y < r.y + r.rows - 1) {
			x = r.x;
			left = r.cols - (y + 1 == r.y + r.rows - 1 ? more : 0);
			y++;
		}
		if (x > r.x && len > left) {
			canvas_putf(c, y, x, r.x + r.cols - x, ROLE_DIM,
				    "+%zu", n - i);
			break;
		}
		x += GAP + 1 + canvas_put_short(c, y, x, left, ROLE_CODE,
						buf_str(&b));
	}
	buf_release(&b);
	return n > 0 ? y + 1 : r.y;
}

/* ---- who waits ---- */

static void
add_wish(const struct actor *a, struct buf *out)
{
	struct event *e = xmalloc(sizeof(*e));
	struct queue_wish wish;

	event_init(e, WHAT_NONE);
	COPY_STR(e->args, a->args);
	wish = queue_wish_of(e);
	if (wish.selector > 0)
		buf_addf(out, wish.except ? _(" (not type %" PRId64 ")")
					   : _(" (type %" PRId64 ")"),
			 wish.selector);
	else if (wish.selector < 0 && wish.selector > INT64_MIN)
		buf_addf(out, _(" (type up to %" PRId64 ")"), -wish.selector);
	free(e);
}

/* "waits to receive: collector (type 2), logger" */
static void
add_waiters(const struct scene *s, int object, unsigned end, const char *head,
	    struct buf *out)
{
	bool first = true;

	for (int i = 0; i < s->world->n_actors; i++) {
		const struct actor *a = &s->world->actor[i];

		if (a->object != object || a->end != end ||
		    (a->state != ACTOR_BLOCKED && a->state != ACTOR_SLEEPING))
			continue;
		buf_addf(out, "%s%s", first ? head : ", ", a->role);
		if (end == MODE_READ)
			add_wish(a, out);
		first = false;
	}
	if (!first)
		buf_adds(out, "   ");
}

static void
add_watchers(const struct scene *s, int object, struct buf *out)
{
	const char *how;
	int a = queue_notified(s->world, object, &how);

	add_waiters(s, object, MODE_READ, _("waits for a message: "), out);
	add_waiters(s, object, MODE_WRITE, _("waits for room: "), out);
	if (a >= 0)
		buf_addf(out, _("next message notifies %s (%s)"),
			 s->world->actor[a].role, how);
}

void
queue_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];
	int name = NAME_COLS + (o->kind == KIND_MQUEUE);
	int x = r.x + name, cols = r.cols - name, used;
	int64_t n = world_messages(s->world, object);
	struct buf b = BUF_INIT;
	bool waited;
	int y = r.y + 1;

	canvas_put_short(c, r.y, r.x + 2, name - 2, ROLE_STRONG, o->name);
	used = draw_fill(c, r.y, x, o, n);
	add_amount(o, n, &b);
	add_name(s, o, &b);
	used += canvas_put_short(c, r.y, x + used, cols - used, ROLE_TEXT,
				 buf_str(&b)) + GAP + 1;
	if (n == 0)
		canvas_put_short(c, r.y, x + used, cols - used, ROLE_DIM,
				 _("empty"));
	else if (queue_room(o) == 0)
		canvas_put_short(c, r.y, x + used, cols - used, ROLE_FULL,
				 _("FULL"));
	buf_clear(&b);
	add_watchers(s, object, &b);
	waited = b.len > 0;
	if (r.rows > 1 + waited)
		y = draw_messages(s, c, (struct rect){ y, x, r.rows - 1 -
						       waited, cols }, o);
	if (r.rows > 1)
		canvas_put_short(c, y, x, cols, ROLE_DIM, buf_str(&b));
	buf_release(&b);
}
