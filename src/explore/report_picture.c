/*
 * The picture of a run: a line for each thing that was done, in the order of
 * time, further to the right for each actor.
 *
 *   step  A                A.1             A.2
 *      4                   load *c = 0            counter.c:11
 *  !   5                                   load *c = 0
 *      6  wait ...                                   counter.c:13
 *
 * A call in which an actor goes to sleep is there when it goes in ("..."), and
 * when it comes out.  What is too long for the screen loses the middle of a
 * line, not the place in the source.  Which rows are left out: report_shown.c.
 */
#include "config.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "explore/report_inside.h"
#include "schedule/fault.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	LEFT = 8,		/* the mark and the number of the step */
	COLUMN_MIN = 8, COLUMN_MAX = 24,
	TEXT_MIN = 12,		/* less of a call says nothing */
};

/* Actors in the order in which they first do something.  */
struct columns {
	int *actor;
	int n, width, all;
	bool brief;
};

static int
column_of(const struct columns *c, int actor)
{
	int i = 0;

	while (i < c->n && c->actor[i] != actor)
		i++;
	return i;
}

static void
pad_to(struct buf *out, size_t from, int cells)
{
	int have = cells_of(buf_str(out) + from);

	while (have++ < cells)
		buf_addc(out, ' ');
}

static void
clip_to(struct buf *out, size_t from, int cells)
{
	size_t n = cells_clip(buf_str(out) + from, cells);

	out->len = from + n;
	out->data[out->len] = '\0';
	while (out->len > from && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
}

/* What an actor did: all of it, or as much as so many cells have room for
 * beside the place.  brief: locks are known without pthread_.  */
static void
write_text(const struct row *row, bool brief, int room, struct buf *out)
{
	const char *call = row->call;
	size_t from = out->len;
	int place = row->source[0] ? 2 + cells_of(row->source) : 0;

	if (brief && row->on[0] &&
	    strncmp(call, "pthread_", strlen("pthread_")) == 0)
		call += strlen("pthread_");
	buf_adds(out, call);
	if (row->on[0])
		buf_addf(out, " %s", row->on);
	if (row->result[0])
		buf_addf(out, " %s", row->result);
	if (cells_of(buf_str(out) + from) + place > room &&
	    room - place - 2 >= TEXT_MIN) {
		clip_to(out, from, room - place - 2);
		buf_adds(out, "..");
	}
	if (row->source[0])
		buf_addf(out, "  %s", row->source);
}

static int
width_of(const struct row *row, bool brief)
{
	struct buf text = BUF_INIT;
	int width;

	write_text(row, brief, INT_MAX, &text);
	width = cells_of(buf_str(&text));
	buf_release(&text);
	return width;
}

/* What an actor needs to be read whole; of what it prints the beginning will
 * do.  */
static int
longest_of(const struct report *r, int actor, bool brief)
{
	const struct report_held *held = report_held(r, actor);
	int longest = held ? width_of(&held->row, brief) : 0;

	for (size_t i = 0; i < r->n_rows; i++) {
		bool counts = r->row[i].actor == actor &&
			      r->row[i].on[0] != '"';
		int width = counts
			    ? width_of(&r->row[i], brief) : 0;

		if (width > longest)
			longest = width;
	}
	return longest;
}

/* Columns as wide as all that is done has room in.  */
static int
column_width(const struct report *r, const struct columns *c)
{
	int width = COLUMN_MAX;

	for (int i = 1; i < c->n; i++) {
		int room = (c->all - LEFT -
			    longest_of(r, c->actor[i], c->brief)) / i;

		if (room < width)
			width = room;
	}
	return width;
}

static void
columns_init(const struct report *r, int width, struct columns *c)
{
	*c = (struct columns){ .all = width };
	c->actor = xcalloc(r->world->n_actors + 1, sizeof(*c->actor));
	for (size_t i = 0; i < r->n_rows; i++)
		if (column_of(c, r->row[i].actor) == c->n)
			c->actor[c->n++] = r->row[i].actor;
	for (int a = 0; a < r->world->n_actors; a++)
		if (actor_is_alive(&r->world->actor[a]) &&
		    column_of(c, a) == c->n)
			c->actor[c->n++] = a;
	c->width = column_width(r, c);
	if (c->width < COLUMN_MIN) {
		c->brief = true;
		c->width = column_width(r, c);
	}
	if (c->width < COLUMN_MIN)
		c->width = COLUMN_MIN;
}

static int
start_of(const struct columns *c, int actor)
{
	return LEFT + column_of(c, actor) * c->width;
}

static void
write_head(const struct report *r, const struct columns *c, struct buf *out)
{
	size_t from = out->len;

	buf_adds(out, _("step"));
	for (int i = 0; i < c->n; i++) {
		pad_to(out, from, LEFT + i * c->width);
		clip_to(out, from, LEFT + i * c->width);
		pad_to(out, from, LEFT + i * c->width);
		buf_adds(out, report_role(r, c->actor[i]));
	}
	clip_to(out, from, c->all);
	buf_addc(out, '\n');
}

/* '!': taken from one that could go on; '*': the step after which no run
 * recovers; 'f': a fault.  */
static char
mark_of(const struct row *row, const struct report_facts *f)
{
	if (row->chosen && f->turning && row->step == f->turning)
		return '*';
	if (row->fault)
		return 'f';
	return row->preempts ? '!' : ' ';
}

static void
write_row(const struct row *row, const struct columns *c,
	  const struct report_facts *f, bool again, struct buf *out)
{
	size_t from = out->len;

	if (again)
		buf_adds(out, " ");
	else
		buf_addf(out, "%c%5llu", mark_of(row, f),
			 (unsigned long long)row->step);
	pad_to(out, from, start_of(c, row->actor));
	write_text(row, c->brief, c->all - start_of(c, row->actor), out);
	clip_to(out, from, c->all);
	buf_addc(out, '\n');
}

static void
tell_hidden(const struct shown *s, struct buf *out)
{
	if (s->left_out)
		buf_addf(out, _("... %zu lines are left out: the stage shows "
				"them ..."), s->left_out);
	else if (s->period == 1)
		buf_addf(out, _("... %zu times more"), s->repeats);
	else
		buf_addf(out, _("... %d lines %zu times more"), s->period,
			 s->repeats);
	if (s->result)
		buf_addf(out, _(", at last %s"), s->result);
}

/* What stands in place of rows that are not shown: below them, or further to
 * the left, so that it can be read whole.  */
static void
write_hidden(const struct shown *s, const struct columns *c,
	     const struct row *row, struct buf *out)
{
	struct buf text = BUF_INIT;
	size_t from = out->len;
	int start = s->left_out ? LEFT : start_of(c, row->actor), room;

	if (!s->repeats && !s->left_out)
		return;
	tell_hidden(s, &text);
	room = c->all - cells_of(buf_str(&text));
	pad_to(out, from, start < room ? start : room);
	buf_adds(out, buf_str(&text));
	clip_to(out, from, c->all);
	buf_addc(out, '\n');
	buf_release(&text);
}

/* What was put in, and who permits it.  */
static void
write_faults(const struct report *r, struct buf *out)
{
	for (size_t i = 0; i < r->n_steps; i++) {
		const struct step_made *s = &r->step[i];

		if (!s->fault)
			continue;
		buf_addf(out, _("  f, step %zu: "), i + 1);
		fault_write(out, s->kind, s->op.call, s->number);
		buf_addc(out, '\n');
	}
}

/* Where those who live wait, each in its column.  */
static void
write_waiting(const struct report *r, const struct columns *c, struct buf *out)
{
	for (int a = 0; a < r->world->n_actors; a++) {
		const struct report_held *held = report_held(r, a);
		size_t from = out->len;

		if (!held)
			continue;
		buf_addf(out, " %s", _("waits"));
		pad_to(out, from, start_of(c, a));
		write_text(&held->row, c->brief, c->all - start_of(c, a), out);
		clip_to(out, from, c->all);
		buf_addc(out, '\n');
	}
}

/* How it stands at the end: why those who live do not go on.  That somebody
 * could go on says nothing.  */
static void
write_end(const struct report *r, struct buf *out)
{
	for (int a = 0; a < r->world->n_actors; a++) {
		const struct actor *actor = &r->world->actor[a];

		if (!actor_is_alive(actor) || (actor->state == ACTOR_READY &&
					       !actor_is_blocked(actor)))
			continue;
		buf_adds(out, "  ");
		world_why(r->world, a, out);
		buf_addc(out, '\n');
	}
}

/* All that is left behind, a line each.  */
static void
write_remains(const struct remains *left, const char *what, struct buf *out)
{
	int named = left->n < REMAINS_NAMED ? left->n : REMAINS_NAMED;

	for (int i = 0; i < named; i++)
		buf_addf(out, "  %s: %s\n", what, left->name[i]);
	if (left->n > named)
		buf_addf(out, ngettext("  ... and %d more\n",
			 "  ... and %d more\n",
			 (unsigned long)(left->n - named)), left->n - named);
}

static void
write_left(const struct run_left *left, struct buf *out)
{
	write_remains(&left->processes, _("still lived"), out);
	write_remains(&left->zombies, _("not waited for"), out);
	write_remains(&left->objects, _("not removed"), out);
	write_remains(&left->descriptors, _("not closed"), out);
}

void
report_picture(const struct report *r, const struct report_facts *f, int width,
	       struct buf *out)
{
	struct columns c;
	uint64_t last = UINT64_MAX;
	struct shown *shown = report_shown(r, f);

	columns_init(r, width, &c);
	write_head(r, &c, out);
	for (size_t i = 0; i < r->n_rows; i++) {
		const struct row *row = &r->row[i];

		if (!shown[i].hidden)
			write_row(row, &c, f, row->step == last, out);
		write_hidden(&shown[i], &c, row, out);
		last = row->step;
	}
	free(shown);
	write_faults(r, out);
	if (f->verdict == VERDICT_DEADLOCK)
		write_waiting(r, &c, out);
	write_end(r, out);
	if (f->left)
		write_left(f->left, out);
	free(c.actor);
}
