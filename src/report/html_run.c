/*
 * A failing run as a picture: a column for each actor, steps from top to
 * bottom, what was done to the right of all columns, so that it can be read
 * on a narrow screen too.
 *
 *	      A     B
 *	 1    o     .     pthread_mutex_lock knife
 *	      '--.  .     dinner.c:12
 *	 2    .   `-o     pthread_mutex_lock spoon
 *	      .     .     dinner.c:23
 */
#include "config.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "report/html.h"
#include "report/markup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	TOP = 40, ROW = 44, GUTTER = 32, COLOURS = 6,
	COLUMN_MIN = 38, COLUMN_MAX = 116,
	CELL = 8,		/* pixels that a cell of text takes */
	NAME_CELLS = 12, TEXT_CELLS = 56, TITLE_BYTES = 400,
	STEPS_MAX = 300, ACTORS_MAX = 32,
};

struct drawing {
	const struct result_check *c;
	size_t number;
	size_t first;		/* the first step that is drawn */
	const char *actor[ACTORS_MAX];
	int n_actors;
	int column;		/* its width */
	int width, height;
};

/* ---- where things are ---- */
static int
actor_of(const struct drawing *d, const char *name)
{
	int i = 0;

	while (i < d->n_actors && strcmp(d->actor[i], name) != 0)
		i++;
	return i < d->n_actors ? i : -1;
}

static void
add_actor(struct drawing *d, const char *name)
{
	if (d->n_actors < ACTORS_MAX && actor_of(d, name) < 0)
		d->actor[d->n_actors++] = name;
}

static int
x_of(const struct drawing *d, int actor)
{
	return GUTTER + d->column * actor + d->column / 2;
}

/* Of a step, and after the last one of who is blocked.  */
static int
y_of(const struct drawing *d, size_t row)
{
	return TOP + (int)(row - d->first) * ROW + ROW / 2;
}

static int
text_x(const struct drawing *d)
{
	return GUTTER + d->column * d->n_actors + 8;
}

/* ---- texts ---- */
/* So many cells of it, on one line; the caller's.  */
static char *
clipped(const char *text, int cells)
{
	size_t n = cells_clip(text, cells);
	char *s;

	if (text[n])
		n = cells_clip(text, cells - 1);
	s = xasprintf("%.*s%s", (int)n, text, text[n] ? "\xe2\x80\xa6" : "");
	for (char *p = s; *p; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	return s;
}

static char *
joined(const char *what, const char *object)
{
	return object ? xasprintf("%s %s", what, object) : xstrdup(what);
}

static void
write_clipped(struct buf *out, int x, int y, const char *class,
	      const char *text, int cells)
{
	char *shown = clipped(text, cells);
	char *whole = result_text(text, strlen(text), TITLE_BYTES);

	markup(out, "<text x=\"~\" y=\"~\" class=\"%\">%", (int64_t)x,
	       (int64_t)y, class, shown);
	if (strcmp(shown, text) != 0)
		markup(out, "<title>%</title>", whole);
	buf_adds(out, "</text>\n");
	free(shown);
	free(whole);
}

static int
cells_at_most(const char *text, int most)
{
	int n = text ? cells_of(text) : 0;

	return n > most ? most : n;
}

/* What it is in: "read pipe 1".  The caller's, as the next two.  */
static char *
call_text(const struct result_blocked *b)
{
	return b->call ? joined(b->call, b->object) :
	       xstrdup(b->object ? b->object : "");
}

/* "A waits for B" */
static char *
waits_text(const struct result_blocked *b)
{
	return b->holder ? xasprintf(_("%s waits for %s"), b->actor,
				     b->holder) :
	       xasprintf(_("%s waits"), b->actor);
}

/* "dinner.c:12 - decided here"; NULL: nothing is known.  */
static char *
place_text(const struct result_step *s)
{
	if (s->turning && s->source)
		return xasprintf("%s \xe2\x80\x93 %s", s->source,
				 _("decided here"));
	return s->turning ? xstrdup(_("decided here")) :
	       s->source ? xstrdup(s->source) : NULL;
}

/* ---- measuring ---- */
/* The wider of the two, and of what was before.  */
static int
wider(int before, char *first, char *second)
{
	int a = cells_at_most(first, TEXT_CELLS);
	int b = cells_at_most(second, TEXT_CELLS);

	free(first);
	free(second);
	a = a > b ? a : b;
	return a > before ? a : before;
}

static int
widest_text(const struct drawing *d)
{
	const struct result_check *c = d->c;
	int widest = 0;

	for (size_t i = d->first; i < c->n_steps; i++)
		widest = wider(widest, joined(c->step[i].what,
					      c->step[i].object),
			       place_text(&c->step[i]));
	for (size_t i = 0; i < c->n_blocked; i++)
		widest = wider(widest, call_text(&c->blocked[i]),
			       waits_text(&c->blocked[i]));
	return widest * CELL;
}

static void
measure(struct drawing *d)
{
	const struct result_check *c = d->c;
	int widest = 0;

	d->first = c->n_steps > STEPS_MAX ? c->n_steps - STEPS_MAX : 0;
	for (size_t i = d->first; i < c->n_steps; i++)
		add_actor(d, c->step[i].actor);
	for (size_t i = 0; i < c->n_blocked; i++)
		add_actor(d, c->blocked[i].actor);
	for (int i = 0; i < d->n_actors; i++) {
		int n = cells_at_most(d->actor[i], NAME_CELLS) * CELL + 16;

		widest = n > widest ? n : widest;
	}
	d->column = widest < COLUMN_MIN ? COLUMN_MIN :
		    widest > COLUMN_MAX ? COLUMN_MAX : widest;
	d->width = text_x(d) + widest_text(d) + 12;
	d->height = y_of(d, c->n_steps + c->n_blocked) - ROW / 2 + 8;
}

/* ---- drawing ---- */
static void
line(struct buf *out, const char *class, int colour, int x1, int y1, int x2,
     int y2)
{
	markup(out, "<line class=\"% l~\" x1=\"~\" y1=\"~\" x2=\"~\" y2=\"~\""
	       "/>\n", class, (int64_t)colour, (int64_t)x1, (int64_t)y1,
	       (int64_t)x2, (int64_t)y2);
}

/* The row where it is seen last: where it is blocked, or its last step.  */
static size_t
last_row(const struct drawing *d, int actor)
{
	const struct result_check *c = d->c;
	size_t last = d->first;

	for (size_t i = d->first; i < c->n_steps; i++)
		if (strcmp(c->step[i].actor, d->actor[actor]) == 0)
			last = i;
	for (size_t i = 0; i < c->n_blocked; i++)
		if (strcmp(c->blocked[i].actor, d->actor[actor]) == 0)
			last = c->n_steps + i;
	return last;
}

/* Behind all else: the step that decided it.  */
static void
draw_band(struct buf *out, const struct drawing *d)
{
	for (size_t i = d->first; i < d->c->n_steps; i++)
		if (d->c->step[i].turning)
			markup(out, "<rect class=\"turn\" x=\"0\" y=\"~\" "
			       "width=\"~\" height=\"~\" rx=\"8\"/>\n",
			       (int64_t)y_of(d, i) - ROW / 2 + 1,
			       (int64_t)d->width, (int64_t)ROW - 2);
}

static void
draw_columns(struct buf *out, const struct drawing *d)
{
	for (int i = 0; i < d->n_actors; i++) {
		char class[8];

		snprintf(class, sizeof(class), "a f%d", i % COLOURS);
		write_clipped(out, x_of(d, i), 22, class, d->actor[i],
			      NAME_CELLS);
		line(out, "life", i % COLOURS, x_of(d, i), TOP - 8,
		     x_of(d, i), y_of(d, last_row(d, i)));
	}
	markup(out, "<line class=\"rule\" x1=\"0\" y1=\"~\" x2=\"~\" y2=\"~\""
	       "/>\n", (int64_t)TOP - 8, (int64_t)d->width, (int64_t)TOP - 8);
}

/* How it came from the step before to this one: the same actor went on, or
 * another took over.  */
static void
draw_way(struct buf *out, const struct drawing *d, size_t row, int from,
	 int to)
{
	int64_t x1 = x_of(d, from), x2 = x_of(d, to);
	int64_t y1 = y_of(d, row - 1), y2 = y_of(d, row);

	if (from == to) {
		line(out, "busy", to % COLOURS, (int)x1, (int)y1, (int)x2,
		     (int)y2);
		return;
	}
	markup(out, "<path class=\"switch\" marker-end=\"url(#tip~)\" "
	       "d=\"M~ ~C~ ~ ~ ~ ~ ~\"/>\n", (int64_t)d->number, x1, y1,
	       x1, y1 + ROW * 2 / 3, x2, y2 - ROW * 2 / 3, x2, y2 - 9);
}

static void
draw_mark(struct buf *out, const struct drawing *d, size_t row, int actor,
	  bool turning)
{
	int64_t x = x_of(d, actor), y = y_of(d, row);

	if (turning)
		markup(out, "<path class=\"f~\" d=\"M~ ~l9 9l-9 9l-9-9z\"/>\n",
		       (int64_t)(actor % COLOURS), x, y - 9);
	else
		markup(out, "<circle class=\"f~\" cx=\"~\" cy=\"~\" "
		       "r=\"6\"/>\n", (int64_t)(actor % COLOURS), x, y);
}

static void
write_step(struct buf *out, const struct drawing *d, size_t i)
{
	const struct result_step *s = &d->c->step[i];
	char *text = joined(s->what, s->object), *below = place_text(s);
	int x = text_x(d), y = y_of(d, i);

	markup(out, "<text class=\"k\" x=\"~\" y=\"~\">~</text>\n",
	       (int64_t)GUTTER - 10, (int64_t)y + 4, (int64_t)i + 1);
	write_clipped(out, x, s->source || s->turning ? y - 3 : y + 4, "w",
		      text, TEXT_CELLS);
	if (below)
		write_clipped(out, x, y + 14, s->turning ? "t" : "s", below,
			      TEXT_CELLS);
	free(below);
	free(text);
}

static void
draw_steps(struct buf *out, const struct drawing *d)
{
	int before = -1;

	for (size_t i = d->first; i < d->c->n_steps; i++) {
		int actor = actor_of(d, d->c->step[i].actor);

		if (before >= 0 && actor >= 0)
			draw_way(out, d, i, before, actor);
		before = actor;
	}
	for (size_t i = d->first; i < d->c->n_steps; i++) {
		int actor = actor_of(d, d->c->step[i].actor);

		if (actor >= 0)
			draw_mark(out, d, i, actor, d->c->step[i].turning);
		write_step(out, d, i);
	}
}

/* Who does not go on, and an arrow to whom it waits for.  */
static void
draw_blocked(struct buf *out, const struct drawing *d, size_t i)
{
	const struct result_blocked *b = &d->c->blocked[i];
	int actor = actor_of(d, b->actor);
	int holder = b->holder ? actor_of(d, b->holder) : -1;
	int64_t y = y_of(d, d->c->n_steps + i), x = x_of(d, actor);
	char *call = call_text(b), *waits = waits_text(b);

	if (actor >= 0 && holder >= 0 && holder != actor)
		markup(out, "<path class=\"waits\" marker-end=\"url(#tipw~)\" "
		       "d=\"M~ ~H~\"/>\n", (int64_t)d->number, x, y,
		       (int64_t)x_of(d, holder) + (holder < actor ? 7 : -7));
	if (actor >= 0)
		markup(out, "<rect class=\"stop l~\" x=\"~\" y=\"~\" "
		       "width=\"15\" height=\"15\" rx=\"3\"/>\n<path "
		       "class=\"l~\" stroke-width=\"2.5\" d=\"M~ ~v7m5 "
		       "0v-7\"/>\n", (int64_t)(actor % COLOURS), x - 7,
		       y - 7, (int64_t)(actor % COLOURS), x - 2, y - 3);
	if (*call)
		write_clipped(out, text_x(d), (int)y - 3, "b", call,
			      TEXT_CELLS);
	write_clipped(out, text_x(d), (int)y + (*call ? 14 : 4), "r", waits,
		      TEXT_CELLS);
	free(call);
	free(waits);
}

static void
write_arrow_tips(struct buf *out, size_t number)
{
	static const char *const tips[] = { "tip", "tipw" };

	buf_adds(out, "<defs>");
	for (size_t i = 0; i < ARRAY_SIZE(tips); i++)
		markup(out, "<marker id=\"%~\" viewBox=\"0 0 8 8\" refX=\"6\" "
		       "refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
		       "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path "
		       "class=\"%\" d=\"M0 0L8 4L0 8z\"/></marker>", tips[i],
		       (int64_t)number, tips[i]);
	buf_adds(out, "</defs>\n");
}

/* The same, for those who do not see it, or want to copy it.  */
static void
write_list(struct buf *out, const struct drawing *d)
{
	const struct result_check *c = d->c;

	markup(out, "<details><summary>%</summary>\n<ol start=\"~\">\n",
	       _("The same as a list"), (int64_t)d->first + 1);
	for (size_t i = d->first; i < c->n_steps; i++) {
		char *text = joined(c->step[i].what, c->step[i].object);

		markup(out, "<li>%: %", c->step[i].actor, text);
		if (c->step[i].source)
			markup(out, " <code>%</code>", c->step[i].source);
		if (c->step[i].turning)
			markup(out, " <strong>%</strong>", _("decided here"));
		buf_adds(out, "</li>\n");
		free(text);
	}
	buf_adds(out, "</ol>\n<ul>\n");
	for (size_t i = 0; i < c->n_blocked; i++) {
		char *call = call_text(&c->blocked[i]);
		char *waits = waits_text(&c->blocked[i]);

		markup(out, "<li>%%%</li>\n", waits, *call ? ": " : "", call);
		free(call);
		free(waits);
	}
	buf_adds(out, "</ul>\n</details>\n");
}

void
html_run(struct buf *out, const struct result_check *c, size_t number)
{
	struct drawing d = { .c = c, .number = number };
	char *about;

	measure(&d);
	about = xasprintf(_("%zu steps of %d actors, in order of time; the "
			    "list below says the same"), c->n_steps,
			  d.n_actors);
	markup(out, "<figure class=\"run\">\n<div class=\"scroll\" "
	       "tabindex=\"0\" role=\"group\" aria-label=\"%\">\n"
	       "<svg role=\"img\" aria-label=\"%\" xmlns=\""
	       "http://www.w3.org/2000/svg\" width=\"~\" height=\"~\" "
	       "viewBox=\"0 0 ~ ~\">\n", _("The failing run"), about,
	       (int64_t)d.width, (int64_t)d.height, (int64_t)d.width,
	       (int64_t)d.height);
	write_arrow_tips(out, number);
	draw_band(out, &d);
	draw_columns(out, &d);
	draw_steps(out, &d);
	for (size_t i = 0; i < c->n_blocked; i++)
		draw_blocked(out, &d, i);
	buf_adds(out, "</svg>\n</div>\n");
	if (d.first)
		markup(out, "<p>%</p>\n",
		       _("The steps before these are left out."));
	write_list(out, &d);
	buf_adds(out, "</figure>\n");
	free(about);
}
