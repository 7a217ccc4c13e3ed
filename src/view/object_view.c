/*
 * The objects: one view for each kind, in a table.  A view says how many rows
 * it would like and draws into as many as it gets.
 */
#include "config.h"

#include "view/scene.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "view/quote.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_COLS = 10, CONTENT_SHOWN = 240, BAR_MAX = 64 };

/* Who holds an end: "writer:4", or "writer:4 +2" when three do.  */
static void
holders(const struct scene *s, int object, unsigned mode, struct buf *out)
{
	int n = 0, fd;

	for (int i = 0; i < s->world->n_actors; i++) {
		const struct actor *a = &s->world->actor[i];

		if (a->thread || !world_holds(s->world, i, object, mode, &fd))
			continue;
		if (n++ == 0)
			buf_addf(out, "%s:%d", a->role, fd);
	}
	if (n > 1)
		buf_addf(out, " +%d", n - 1);
	if (n == 0)
		buf_adds(out, _("nobody"));
}

/* The same as names: "writer, reader".  */
static void
holder_names(const struct scene *s, int object, unsigned mode, struct buf *out)
{
	size_t start = out->len;
	int fd;

	for (int i = 0; i < s->world->n_actors; i++) {
		const struct actor *a = &s->world->actor[i];

		if (!a->thread && world_holds(s->world, i, object, mode, &fd))
			buf_addf(out, "%s%s", out->len > start ? ", " : "",
				 a->role);
	}
}

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

	holders(s, object, MODE_WRITE, &in);
	holders(s, object, MODE_READ, &out);
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

/* The first bytes, quoted; "(derived)" when only the events say so.  */
static void
add_content(const struct scene *s, int object, int64_t of, struct buf *out)
{
	char bytes[CONTENT_SHOWN];
	bool derived = false;
	int n = world_content(s->world, object, bytes, sizeof(bytes),
			      &derived);

	if (n <= 0)
		return;
	quote_bytes(out, bytes, (size_t)n, of > n);
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
	holder_names(s, object, mode, &names);
	if (names.len)
		buf_addf(out, " (%s)", buf_str(&names));
	buf_release(&names);
}

/* A path as seen from the folder that the run began in.  */
static const char *
short_path(const struct scene *s, const char *path)
{
	const struct header *h = s->log ? log_header(s->log) : NULL;
	size_t len = h ? strlen(h->cwd) : 0;

	if (len > 1 && strncmp(path, h->cwd, len) == 0 && path[len] == '/')
		return path + len + 1;
	return path;
}

/* A FIFO has a name, and those who sleep in open(2) hold no end of it yet.  */
static void
fifo_name(const struct scene *s, const struct object *o, struct buf *out)
{
	if (o->kind != KIND_FIFO || !o->path[0])
		return;
	buf_adds(out, short_path(s, o->path));
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

static void
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
		add_content(s, object, o->bytes, &b);
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

static void
file_facts(const struct scene *s, const struct object *o, struct buf *out)
{
	int64_t size = o->probed.known && o->probed.size >= 0
		       && o->probed_n >= o->last_write_n
		       ? o->probed.size : o->size;

	if (size >= 0)
		quote_count(out, size);
	if (o->last_writer >= 0)
		buf_addf(out, "%s%s", out->len ? "   " : "",
			 _("last written by "));
	if (o->last_writer >= 0)
		buf_adds(out, s->world->actor[o->last_writer].role);
	if (o->removed)
		buf_addf(out, "%s%s", out->len ? "   " : "", _("(removed)"));
}

static void
file_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];
	int x = r.x + NAME_COLS, cols = r.cols - NAME_COLS, used;
	struct buf b = BUF_INIT;

	canvas_put_short(c, r.y, r.x + 2, NAME_COLS - 2, ROLE_STRONG, o->name);
	used = 3 + canvas_put_short(c, r.y, x, cols / 2, ROLE_TEXT,
				    short_path(s, o->path));
	file_facts(s, o, &b);
	canvas_put_short(c, r.y, x + used, cols - used, ROLE_DIM, buf_str(&b));
	if (r.rows > 1) {
		buf_clear(&b);
		add_content(s, object, o->size, &b);
		canvas_put_short(c, r.y + 1, x, cols, ROLE_CODE,
				 b.len ? buf_str(&b) : "\"\"");
	}
	buf_release(&b);
}

static void
other_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];
	struct buf b = BUF_INIT;
	int x = r.x + NAME_COLS, cols = r.cols - NAME_COLS, used;

	canvas_put_short(c, r.y, r.x + 2, NAME_COLS - 2, ROLE_STRONG, o->name);
	used = 3 + canvas_put_short(c, r.y, x, cols / 2, ROLE_TEXT,
				    short_path(s, o->path));
	holder_names(s, object, MODE_READ | MODE_WRITE, &b);
	canvas_put_short(c, r.y, x + used, cols - used, ROLE_DIM, buf_str(&b));
	buf_release(&b);
}

static const struct object_view {
	int rows;		/* that it likes; 0: this kind is not shown */
	int weight;		/* when there is not room for all */
	void (*draw)(const struct scene *s, struct canvas *c, struct rect r,
		     int object);
} views[KIND_MAX] = {
	[KIND_PIPE] = { 3, 40, pipe_draw },
	[KIND_FIFO] = { 3, 40, pipe_draw },
	[KIND_FILE] = { 2, 20, file_draw },
	[KIND_SOCKET] = { 1, 20, other_draw },
	[KIND_OTHER] = { 1, 5, other_draw },
};

/* How much an object matters now; 0: not at all.  */
static int
weight(const struct scene *s, int object)
{
	const struct object *o = &s->world->object[object];
	int subject = scene_subject(s);
	int held = world_ends(s->world, object, MODE_READ)
		   + world_ends(s->world, object, MODE_WRITE);
	int w;

	if (o->kind >= KIND_MAX || !views[o->kind].draw
	    || scene_hides_object(s, object))
		return 0;
	/* A pipe that nobody holds is gone; a file stays.  */
	if (held == 0 && o->kind != KIND_FILE && o->kind != KIND_FIFO)
		return 0;
	w = views[o->kind].weight + (held > 0) * 10;
	if (strcmp(s->world->last.object, o->name) == 0)
		w += 30;
	if (subject >= 0 && s->world->actor[subject].object == object)
		w += 50;
	if (s->next >= 0 && s->world->actor[s->next].object == object)
		w += 20;
	return w;
}

struct chosen {
	int object, weight, rows;
};

static int
by_weight(const void *a, const void *b)
{
	const struct chosen *x = a, *y = b;

	if (x->weight != y->weight)
		return y->weight - x->weight;
	return x->object - y->object;
}

static int
by_object(const void *a, const void *b)
{
	return ((const struct chosen *)a)->object
	       - ((const struct chosen *)b)->object;
}

/* Give out the rows: one to each in order of weight, then a second, then a
 * third.  Returns how many objects got any.  */
static int
share_rows(const struct scene *s, struct chosen *list, int n, int rows)
{
	int shown = n < rows ? n : rows;
	bool gave = true;

	/* One row says how many were left out.  */
	if (shown < n && shown > 1)
		shown--, rows--;
	for (int i = 0; i < shown; i++)
		list[i].rows = 1;
	rows -= shown;
	while (rows > 0 && gave) {
		gave = false;
		for (int i = 0; i < shown && rows > 0; i++) {
			int kind = s->world->object[list[i].object].kind;

			if (list[i].rows >= views[kind].rows)
				continue;
			list[i].rows++;
			rows--;
			gave = true;
		}
	}
	return shown;
}

int
objects_wanted(const struct scene *s)
{
	int rows = 0;

	for (int i = 0; i < s->world->n_objects; i++)
		if (weight(s, i) > 0)
			rows += views[s->world->object[i].kind].rows;
	return rows;
}

int
objects_draw(const struct scene *s, struct canvas *c, struct rect r)
{
	struct chosen *list = xcalloc((size_t)s->world->n_objects + 1,
				      sizeof(*list));
	int n = 0, shown, y = r.y;

	for (int i = 0; i < s->world->n_objects; i++) {
		int w = weight(s, i);

		if (w > 0)
			list[n++] = (struct chosen){ i, w, 0 };
	}
	qsort(list, (size_t)n, sizeof(*list), by_weight);
	shown = share_rows(s, list, n, r.rows);
	qsort(list, (size_t)shown, sizeof(*list), by_object);
	for (int i = 0; i < shown; i++) {
		struct rect part = { y, r.x, list[i].rows, r.cols };
		int kind = s->world->object[list[i].object].kind;

		views[kind].draw(s, c, part, list[i].object);
		y += list[i].rows;
	}
	if (shown < n && y < r.y + r.rows)
		canvas_putf(c, y++, r.x + 2, r.cols - 2, ROLE_DIM,
			    ngettext("and %d more", "and %d more",
				     (unsigned long)(n - shown)), n - shown);
	free(list);
	return y - r.y;
}
