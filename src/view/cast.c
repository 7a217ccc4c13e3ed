/*
 * The cast: a box for each of the actors that matter now, with its state and
 * its source lines; a line for each of the others.
 */
#include "config.h"

#include "view/scene.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "event/names.h"
#include "term/glyph.h"
#include "view/source.h"
#include "world/signals.h"

#include <stdlib.h>
#include <string.h>

enum { BOX_COLS_MIN = 36, ROWS_WITHOUT_SOURCE = 3 };

enum role
actor_role(int actor)
{
	return (enum role)(ROLE_ACTOR_1 + (actor < 0 ? 0 : actor % 6));
}

bool
cast_lives(const struct actor *a)
{
	return a->state != ACTOR_ZOMBIE && a->state != ACTOR_GONE;
}

static void
state_ended(const struct actor *a, struct buf *out)
{
	if (a->signal && a->status < 0)
		buf_addf(out, _("ended by %s"), signal_name(a->signal));
	else
		buf_addf(out, _("ended, status %d"), a->status);
}

/* The call that it is in, by its familiar name.  */
static const char *
state_call(const struct actor *a, char *out, size_t room)
{
	struct buf call = BUF_INIT;

	event_call_name(&call, a->call, a->args);
	copy_str(out, room, buf_str(&call));
	buf_release(&call);
	return out;
}

void
cast_state(const struct actor *a, struct buf *out, enum role *role)
{
	char call[NAME_MAX_LEN * 3];

	*role = ROLE_READY;
	switch (a->state) {
	case ACTOR_RUNNING:
		buf_adds(out, _("running"));
		return;
	case ACTOR_READY:
		if (a->would_block && a->until < 0) {
			*role = ROLE_BLOCKED;
			buf_addf(out, _("would wait in %s"),
				 state_call(a, call, sizeof(call)));
			return;
		}
		buf_adds(out, _("ready"));
		return;
	case ACTOR_BLOCKED:
		*role = ROLE_BLOCKED;
		if (a->call[0])
			buf_addf(out, _("BLOCKED in %s"),
				 state_call(a, call, sizeof(call)));
		else
			buf_adds(out, _("BLOCKED"));
		return;
	case ACTOR_SLEEPING:
		*role = ROLE_WARN;
		if (a->call[0])
			buf_addf(out, _("SLEEPS in %s"),
				 state_call(a, call, sizeof(call)));
		else
			buf_adds(out, _("SLEEPS"));
		return;
	case ACTOR_STOPPED:
		*role = ROLE_BLOCKED;
		buf_adds(out, _("STOPPED"));
		return;
	case ACTOR_ZOMBIE:
	case ACTOR_GONE:
		*role = ROLE_ENDED;
		state_ended(a, out);
		return;
	}
}

/* How much an actor matters now.  */
static int
weight(const struct scene *s, int actor)
{
	const struct actor *a = &s->world->actor[actor];

	if (actor == s->chosen)
		return 100;
	if (!cast_lives(a))
		return a->state == ACTOR_ZOMBIE ? 2 : 1;
	return 10 + (actor == s->world->last_actor) * 30
	       + (actor == s->next) * 25
	       + (a->state == ACTOR_BLOCKED || a->state == ACTOR_STOPPED) * 8
	       + (a->state == ACTOR_READY) * 4;
}

/* Take the one that matters most of those not taken yet; of equals the
 * first.  -1: none is left.  */
static int
take_best(const struct scene *s, const bool *taken, bool living)
{
	int best = -1, best_weight = 0;

	for (int i = 0; i < s->world->n_actors; i++) {
		int w = weight(s, i);

		if (taken[i] || scene_hides_actor(s, i)
		    || (living && !cast_lives(&s->world->actor[i])
			&& i != s->chosen))
			continue;
		if (w > best_weight) {
			best = i;
			best_weight = w;
		}
	}
	return best;
}

static int
by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int
count_visible(const struct scene *s)
{
	int n = 0;

	for (int i = 0; i < s->world->n_actors; i++)
		n += cast_lives(&s->world->actor[i])
		     && !scene_hides_actor(s, i);
	return n;
}

/* "fill.c:19" of "/home/ann/fill.c:19".  */
static const char *
short_source(const struct actor *a)
{
	const char *slash = strrchr(a->source, '/');

	return slash ? slash + 1 : a->source;
}

static bool
has_source(const struct scene *s, const struct actor *a)
{
	char file[PATH_MAX_LEN];
	int line;

	return s->sources && source_split(a->source, file, sizeof(file), &line)
	       && sources_line(s->sources, file, line);
}

static bool
any_source(const struct scene *s, const struct cast_plan *p)
{
	for (int i = 0; i < p->boxes; i++)
		if (has_source(s, &s->world->actor[p->box[i]]))
			return true;
	return false;
}

void
cast_plan(const struct scene *s, int cols, int source_rows,
	  struct cast_plan *p)
{
	bool *taken = xcalloc((size_t)s->world->n_actors + 1, sizeof(bool));
	int most = cols / BOX_COLS_MIN, living = count_visible(s), who;

	memset(p, 0, sizeof(*p));
	p->source_rows = source_rows;
	if (most > (int)ARRAY_SIZE(p->box))
		most = ARRAY_SIZE(p->box);
	if (source_rows < 1)
		most = 0;
	else if (most < 1)
		most = 1;
	/* When all have ended, those who ended last are still worth seeing. */
	while (p->boxes < most
	       && (who = take_best(s, taken, living > 0)) >= 0) {
		taken[who] = true;
		p->box[p->boxes++] = who;
	}
	qsort(p->box, (size_t)p->boxes, sizeof(int), by_number);
	while (p->n_others < (int)ARRAY_SIZE(p->other)
	       && (who = take_best(s, taken, source_rows >= 1 || living > 1))
		  >= 0) {
		taken[who] = true;
		p->other[p->n_others++] = who;
	}
	p->lines = p->n_others;
	p->has_source = any_source(s, p);
	if (p->source_rows > ROWS_WITHOUT_SOURCE && !p->has_source)
		p->source_rows = ROWS_WITHOUT_SOURCE;
	free(taken);
}

int
cast_rows(const struct cast_plan *p)
{
	return (p->boxes ? p->source_rows + 2 : 0) + p->lines;
}

/* "1 writer  A  pid 4211" */
static char *
actor_title(const struct scene *s, int actor, bool with_pid)
{
	const struct actor *a = &s->world->actor[actor];
	struct buf b = BUF_INIT;

	if (actor < 9)
		buf_addf(&b, "%d ", actor + 1);
	buf_adds(&b, a->role);
	if (strcmp(a->role, a->name) != 0)
		buf_addf(&b, "  %s", a->name);
	if (with_pid && a->pid > 0)
		buf_addf(&b, _("  pid %d"), a->pid);
	return buf_take(&b);
}

/* A source line with its number; the current one has a pointer.  skip:
 * columns of indentation left out.  */
static void
draw_source_line(const struct scene *s, struct canvas *c, struct rect r,
		 const char *file, int line, bool current, size_t skip)
{
	const char *text = sources_line(s->sources, file, line);
	enum role role = current ? ROLE_CURRENT : ROLE_CODE;
	int y = r.y, x = r.x, cols = r.cols;

	if (!text)
		return;
	if (current)
		canvas_put(c, y, x, 1, ROLE_CURRENT,
			   glyph(c->unicode, GLYPH_POINTER));
	canvas_putf(c, y, x + 1, 4, current ? ROLE_CURRENT : ROLE_DIM, "%3d",
		    line);
	canvas_put(c, y, x + 6, cols - 6, role,
		   text + (strlen(text) > skip ? skip : strlen(text)));
}

/* Indentation that all of these lines share says nothing, and costs room.  */
static size_t
shared_indent(const struct scene *s, const char *file, int first, int lines)
{
	size_t shared = SIZE_MAX;

	for (int i = 0; i < lines; i++) {
		const char *text = sources_line(s->sources, file, first + i);
		size_t n = text ? strspn(text, " ") : 0;

		if (text && text[n] && n < shared)
			shared = n;
	}
	return shared == SIZE_MAX ? 0 : shared;
}

/* Lines around the current one.  */
static bool
draw_source(const struct scene *s, struct canvas *c, struct rect r,
	    const struct actor *a)
{
	char file[PATH_MAX_LEN];
	int line, first;
	size_t skip;

	if (!has_source(s, a)
	    || !source_split(a->source, file, sizeof(file), &line))
		return false;
	first = line - r.rows / 2;
	if (first < 1)
		first = 1;
	skip = shared_indent(s, file, first, r.rows);
	for (int i = 0; i < r.rows; i++) {
		draw_source_line(s, c, r, file, first + i, first + i == line,
				 skip);
		r.y++;
	}
	return true;
}

/* An actor whose source is not there: its program, its call.  */
static void
draw_without_source(struct canvas *c, struct rect r, const struct actor *a)
{
	struct buf b = BUF_INIT;
	struct event e;
	int y = r.y;

	if (r.rows > 1)
		canvas_put_short(c, y++, r.x + 1, r.cols - 1, ROLE_DIM,
				 a->program);
	if (a->call[0] && cast_lives(a)) {
		event_init(&e, WHAT_CALL);
		COPY_STR(e.call, a->call);
		COPY_STR(e.args, a->args);
		event_describe(&b, &e, NULL);
		canvas_put(c, y, r.x, 1, ROLE_CURRENT,
			   glyph(c->unicode, GLYPH_POINTER));
		canvas_put_short(c, y++, r.x + 2, r.cols - 2, ROLE_CURRENT,
				 buf_str(&b));
		buf_clear(&b);
	}
	/* A call that ends the process has no result.  */
	if (a->last_n && strncmp(a->last_call, "exit", 4) != 0 &&
	    y < r.y + r.rows) {
		buf_addf(&b, _("last: %s = "), a->last_call);
		if (a->last_error)
			buf_adds(&b, errno_name(a->last_error));
		else
			buf_add_int(&b, a->last_result);
		canvas_put_short(c, y, r.x + 2, r.cols - 2, ROLE_DIM,
				 buf_str(&b));
	}
	buf_release(&b);
}

/* At the right of the box's lower line.  */
static void
draw_handler(const struct scene *s, struct canvas *c, struct rect r, int actor)
{
	int signal = world_in_handler(s->world, actor);
	char *text;

	if (!signal || !cast_lives(&s->world->actor[actor]))
		return;
	text = xasprintf(_(" in the handler of %s "), signal_name(signal));
	canvas_put(c, r.y + r.rows - 1, r.x + r.cols - 2 - cells_of(text),
		   cells_of(text), ROLE_WARN, text);
	free(text);
}

static void
draw_box(const struct scene *s, struct canvas *c, struct rect r, int actor)
{
	const struct actor *a = &s->world->actor[actor];
	struct rect inside = { r.y + 1, r.x + 1, r.rows - 2, r.cols - 2 };
	struct buf state = BUF_INIT;
	bool is_subject = scene_subject(s) == actor;
	enum role role;
	char *title;
	int used, room;

	cast_state(a, &state, &role);
	canvas_target(c, r, TARGET_ACTOR, actor);
	canvas_box(c, r.y, r.x, r.rows, r.cols, ROLE_BORDER, NULL, NULL);
	room = r.cols - 6 - cells_of(buf_str(&state));
	title = actor_title(s, actor, true);
	if (cells_of(title) > room) {
		free(title);
		title = actor_title(s, actor, false);
	}
	canvas_put(c, r.y, r.x + 1, 1, actor_role(actor),
		   is_subject ? glyph(c->unicode, GLYPH_POINTER) : " ");
	used = canvas_put_short(c, r.y, r.x + 2, room, actor_role(actor),
				title);
	canvas_put(c, r.y, r.x + 2 + used, 1, ROLE_BORDER, " ");
	canvas_putf(c, r.y, r.x + r.cols - 3 - cells_of(buf_str(&state)),
		    r.cols, role, " %s ", buf_str(&state));
	canvas_put(c, r.y, r.x + r.cols - 1, 1, ROLE_BORDER,
		   glyph(c->unicode, GLYPH_TOP_RIGHT));
	if (draw_source(s, c, inside, a))
		canvas_putf(c, r.y + r.rows - 1, r.x + 2, r.cols - 4,
			    ROLE_BORDER, " %s ", short_source(a));
	else
		draw_without_source(c, inside, a);
	draw_handler(s, c, r, actor);
	buf_release(&state);
	free(title);
}

/* One line: number, role, state, call and source.  */
static void
draw_line(const struct scene *s, struct canvas *c, int y, int x, int cols,
	  int actor)
{
	const struct actor *a = &s->world->actor[actor];
	struct buf state = BUF_INIT;
	char *title = actor_title(s, actor, cols >= 60);
	enum role role;
	int at = x + 1;

	cast_state(a, &state, &role);
	canvas_target(c, (struct rect){ y, x, 1, cols }, TARGET_ACTOR, actor);
	canvas_put(c, y, x, 1, actor_role(actor),
		   scene_subject(s) == actor
		   ? glyph(c->unicode, GLYPH_POINTER) : " ");
	at += canvas_put_short(c, y, at, cols / 2, actor_role(actor), title);
	at += 2 + canvas_put_short(c, y, at + 2, x + cols - at - 2, role,
				   buf_str(&state));
	if (a->state == ACTOR_READY && a->call[0] && role == ROLE_READY) {
		buf_clear(&state);
		event_call_name(&state, a->call, a->args);
		at += 2 + canvas_put_short(c, y, at + 2, x + cols - at - 2,
					   ROLE_TEXT, buf_str(&state));
	}
	if (world_in_handler(s->world, actor) && cast_lives(a))
		at += 2 + canvas_putf(c, y, at + 2, x + cols - at - 2,
				      ROLE_WARN, _("in the handler of %s"),
				      signal_name(world_in_handler(s->world,
								   actor)));
	if (a->source[0] && cast_lives(a))
		canvas_put_short(c, y, at + 2, x + cols - at - 2, ROLE_DIM,
				 short_source(a));
	buf_release(&state);
	free(title);
}

void
cast_draw(const struct scene *s, struct canvas *c, struct rect r,
	  const struct cast_plan *p)
{
	int y = r.y, shown = p->lines;

	for (int i = 0; i < p->boxes; i++) {
		int from = r.cols * i / p->boxes;
		int to = r.cols * (i + 1) / p->boxes;
		struct rect box = { y, r.x + from, p->source_rows + 2,
				    to - from };

		draw_box(s, c, box, p->box[i]);
	}
	if (p->boxes)
		y += p->source_rows + 2;
	if (shown < p->n_others && shown > 0)
		shown--;
	for (int i = 0; i < shown; i++)
		draw_line(s, c, y++, r.x, r.cols, p->other[i]);
	if (shown < p->lines)
		canvas_putf(c, y, r.x + 1, r.cols - 1, ROLE_DIM,
			    ngettext("and %d more", "and %d more",
				     (unsigned long)(p->n_others - shown)),
			    p->n_others - shown);
}
