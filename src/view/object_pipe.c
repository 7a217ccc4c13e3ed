/* A pipe or FIFO on the stage: how full, what is in it, who holds its ends.  */
#include "config.h"

#include "view/object_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "view/quote.h"

#include <inttypes.h>
#include <string.h>

/* One word on the state of a pipe.  */
static const char *
pipe_word(const struct scene *s, int object, enum role *role)
{
	const struct object *o = &s->world->object[object];
	int readers = world_ends(s->world, object, MODE_READ);
	int writers = world_ends(s->world, object, MODE_WRITE);

	*role = ROLE_WARN;
	if (readers == 0 && writers > 0)
		return _("BROKEN");
	if (writers == 0 && readers > 0 && o->bytes == 0)
		return _("END");
	*role = ROLE_FULL;
	if (o->capacity > 0 && o->bytes >= o->capacity)
		return _("FULL");
	*role = ROLE_DIM;
	return o->bytes == 0 ? _("empty") : "";
}

static void
draw_bar(struct canvas *c, int y, int x, int cols, const struct object *o)
{
	int64_t capacity = o->capacity > 0 ? o->capacity : 0;
	int64_t eighths = 0;
	enum role role;

	if (capacity > 0)
		eighths = o->bytes * cols * 8 / capacity;
	/* What is not empty shows, however little it is.  */
	if (o->bytes > 0 && eighths == 0)
		eighths = 1;
	role = capacity && o->bytes >= capacity ? ROLE_FULL : ROLE_FILL;
	for (int i = 0; i < cols; i++) {
		int here = eighths > 8 ? 8 : (int)eighths;

		canvas_put(c, y, x + i, 1, here ? role : ROLE_DIM,
			   glyph_eighth(c->unicode, here));
		eighths -= here;
	}
}

/* "writer:4 -> [####    ] -> reader:3    FULL" */
static void
pipe_bar(const struct scene *s, struct canvas *c, int y, int x, int cols,
	 int object)
{
	const struct object *o = &s->world->object[object];
	struct buf in = BUF_INIT, out = BUF_INIT;
	const char *arrow = glyph(c->unicode, GLYPH_ARROW);
	enum role role;
	const char *word = pipe_word(s, object, &role);
	int bar, at = x;

	object_holders(s, object, MODE_WRITE, &in);
	object_holders(s, object, MODE_READ, &out);
	bar = cols - cells_of(buf_str(&in)) - cells_of(buf_str(&out)) - 12
	      - cells_of(_("BROKEN"));
	if (bar > BAR_MAX)
		bar = BAR_MAX;
	at += canvas_put(c, y, at, x + cols - at, ROLE_TEXT, buf_str(&in));
	at += canvas_putf(c, y, at, x + cols - at, ROLE_BORDER, " %s ", arrow);
	if (bar >= 4) {
		at += canvas_put(c, y, at, 1, ROLE_BORDER, "[");
		draw_bar(c, y, at, bar, o);
		at += bar;
		at += canvas_put(c, y, at, 1, ROLE_BORDER, "]");
		at += canvas_putf(c, y, at, x + cols - at, ROLE_BORDER,
				  " %s ", arrow);
	}
	at += canvas_put(c, y, at, x + cols - at, ROLE_TEXT, buf_str(&out));
	canvas_put(c, y, at + 2, x + cols - at - 2, role, word);
	buf_release(&in);
	buf_release(&out);
}

static void
pipe_amount(const struct scene *s, int object, struct buf *out)
{
	const struct object *o = &s->world->object[object];

	if (o->capacity > 0)
		buf_addf(out, _("%" PRId64 " of %" PRId64 " bytes"), o->bytes,
			 o->capacity);
	else
		quote_count(out, o->bytes);
}

static void
add_ends(const struct scene *s, int object, unsigned mode, struct buf *out)
{
	struct buf names = BUF_INIT;
	int n = world_ends(s->world, object, mode);

	if (mode == MODE_WRITE)
		buf_addf(out, ngettext("%d write end open", "%d write ends open",
				       (unsigned long)n), n);
	else
		buf_addf(out, ngettext("%d read end open", "%d read ends open",
				       (unsigned long)n), n);
	object_holder_names(s, object, mode, &names);
	if (names.len)
		buf_addf(out, " (%s)", buf_str(&names));
	buf_release(&names);
}

/* A FIFO has a name, and those who sleep in open(2) hold no end of it yet.  */
static void
fifo_name(const struct scene *s, const struct object *o, struct buf *out)
{
	if (o->kind != KIND_FIFO || !o->path[0])
		return;
	buf_adds(out, object_short_path(s, o->path));
	if (o->removed)
		buf_addf(out, " %s", _("(removed)"));
	buf_adds(out, "   ");
}

static void
add_openers(const struct scene *s, int object, struct buf *out)
{
	size_t start = out->len;

	for (int i = 0; i < s->world->n_actors; i++) {
		const struct actor *a = &s->world->actor[i];

		if (a->object != object || a->state != ACTOR_BLOCKED
		    || strncmp(a->call, "open", 4) != 0)
			continue;
		buf_adds(out, out->len > start ? ", " : _("     in open: "));
		buf_adds(out, a->role);
	}
}

void
pipe_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];
	int x = r.x + NAME_COLS, cols = r.cols - NAME_COLS, used;
	struct buf b = BUF_INIT;

	canvas_put_short(c, r.y, r.x + 2, NAME_COLS - 2, ROLE_STRONG, o->name);
	pipe_bar(s, c, r.y, x, cols, object);
	if (r.rows > 1) {
		fifo_name(s, o, &b);
		pipe_amount(s, object, &b);
		used = 3 + canvas_put(c, r.y + 1, x, cols, ROLE_TEXT,
				      buf_str(&b));
		buf_clear(&b);
		object_content(s, object, o->bytes, &b);
		canvas_put_short(c, r.y + 1, x + used, cols - used, ROLE_CODE,
				 buf_str(&b));
	}
	if (r.rows > 2) {
		buf_clear(&b);
		add_ends(s, object, MODE_WRITE, &b);
		buf_adds(&b, "     ");
		add_ends(s, object, MODE_READ, &b);
		add_openers(s, object, &b);
		canvas_put_short(c, r.y + 2, x, cols, ROLE_DIM, buf_str(&b));
	}
	buf_release(&b);
}
