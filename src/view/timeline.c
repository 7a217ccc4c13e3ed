/*
 * The time line: a row an actor, its operations in the order in which they
 * happened, and arrows from the sender to the operation that took what it
 * sent.
 *
 * Only what fits is looked at: events are read backwards from the end of the
 * window.  What came from where, the world knows (world_came_from()).
 */
#include "config.h"

#include "view/scene.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "event/names.h"
#include "term/glyph.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	GAP = 2,		/* columns between operations */
	LABEL_MAX_COLS = 15,
	ITEMS_MAX = 256,
	LOOK_MAX = 4096,	/* events looked at for one frame */
	ROLE_COLS_MAX = 12,
};

struct item {
	uint64_t n;
	int actor;
	enum what what;
	char label[24];
	int cells;
	int x;
	int from;		/* actor that sent what this took, -1 */
};

struct line {
	const struct scene *s;
	struct item item[ITEMS_MAX];	/* in order of time */
	int n;
	int rows;
	int actor[64];		/* of each row */
};

/* Does this event stand on the time line?  */
static bool
is_shown(const struct scene *s, const struct event *e)
{
	switch (e->what) {
	case WHAT_START:
	case WHAT_BLOCK:
	case WHAT_SIGNAL:
	case WHAT_STOP:
	case WHAT_CONTINUE:
	case WHAT_EXIT:
		break;
	case WHAT_CALL:
		/* Its exit follows, and says the same.  The end of a handler
		 * is seen by what the program does next; what the C library
		 * does for itself is no operation of the program.  */
		if (strncmp(e->call, "exit", 4) == 0 ||
		    strcmp(e->call, "rt_sigreturn") == 0 ||
		    strcmp(e->call, "sigaltstack") == 0 ||
		    strstr(e->args, "\"library\":true"))
			return false;
		break;
	default:
		return false;
	}
	return world_actor(s->world, e->actor) >= 0
	       && !scene_hides_event(s->world, s->hidden, e);
}

static void
label_upper(char *label)
{
	for (; *label; label++)
		*label = (char)toupper((unsigned char)*label);
}

/* What was loaded or stored matters more than the whole of a long name.  */
static void
access_label(struct item *it, const struct event *e)
{
	struct buf name = BUF_INIT;
	char value[24] = "";
	int room;

	event_call_name(&name, e->call, e->args);
	if (e->value != NO_VALUE)
		snprintf(value, sizeof(value), "=%lld", (long long)e->value);
	room = (int)sizeof(it->label) - 4 - (int)strlen(value);
	if (room < 6)
		value[0] = '\0';
	snprintf(it->label, sizeof(it->label), "%.*s%s",
		 room < 6 ? LABEL_MAX_COLS : room, buf_str(&name), value);
	buf_release(&name);
}

/* rt_ stands before nearly all calls about signals, pthread_ before those
 * about locks.  */
static const char *
short_name(const char *call)
{
	static const char *const starts[] = { "rt_", "pthread_" };

	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (strncmp(call, starts[i], strlen(starts[i])) == 0)
			return call + strlen(starts[i]);
	return call;
}

static void
item_label(struct item *it, const struct event *e)
{
	struct buf name = BUF_INIT;
	const char *call;

	event_call_name(&name, e->call, e->args);
	call = short_name(buf_str(&name));
	it->label[0] = '\0';
	switch (e->what) {
	case WHAT_CALL:
		if (event_is_access(e->call)) {
			access_label(it, e);
			break;
		}
		/* Its failure and the end of a file are worth a sign.  */
		snprintf(it->label, sizeof(it->label), "%.*s%s",
			 LABEL_MAX_COLS, call, e->error ? "!" :
			 e->bytes == 0 && e->end == MODE_READ ? "=0" : "");
		break;
	case WHAT_BLOCK:
		snprintf(it->label, sizeof(it->label), "%.*s", LABEL_MAX_COLS,
			 call);
		label_upper(it->label);
		break;
	case WHAT_SIGNAL:
	case WHAT_STOP:
		snprintf(it->label, sizeof(it->label), "%s",
			 signal_name(e->signal));
		break;
	case WHAT_CONTINUE:
		COPY_STR(it->label, "SIGCONT");
		break;
	case WHAT_EXIT:
		if (e->signal)
			snprintf(it->label, sizeof(it->label), "%s!",
				 signal_name(e->signal));
		else
			snprintf(it->label, sizeof(it->label), "exit %d",
				 e->status);
		break;
	default:
		break;
	}
	it->cells = it->label[0] ? cells_of(it->label) : 1;
	buf_release(&name);
}

static void
item_make(struct item *it, const struct scene *s, const struct event *e)
{
	it->n = e->n;
	it->what = e->what;
	it->actor = world_actor(s->world, e->actor);
	item_label(it, e);
}

/* Who sent what this event took.  */
static int
sender(const struct scene *s, const struct event *e)
{
	uint64_t n = e->what == WHAT_BLOCK ? 0 : world_came_from(s->world,
								 e->n);
	const struct event *sent = n ? log_at(s->log, n, NULL) : NULL;

	return sent ? world_actor(s->world, sent->actor) : -1;
}

/* Items were collected from the end: the other way round.  */
static void
reverse(struct line *l)
{
	for (int i = 0; i < l->n / 2; i++) {
		struct item swap = l->item[i];

		l->item[i] = l->item[l->n - 1 - i];
		l->item[l->n - 1 - i] = swap;
	}
}

/* Collect backwards from event `from` until cols are used.  */
static void
collect(struct line *l, uint64_t from, int cols)
{
	const struct scene *s = l->s;
	int used = 0, looked = 0;

	l->n = 0;
	for (uint64_t at = from < s->world->n ? from : s->world->n;
	     at > 0 && looked < LOOK_MAX; at--, looked++) {
		const struct event *e = log_at(s->log, at, NULL);
		struct item it = { 0 };

		if (!e)
			break;
		if (!is_shown(s, e))
			continue;
		item_make(&it, s, e);
		used += it.cells + GAP;
		if (used > cols || l->n == ITEMS_MAX)
			break;
		it.from = sender(s, e);
		l->item[l->n++] = it;
	}
	reverse(l);
}

uint64_t
timeline_move(const struct scene *s, uint64_t n, int by)
{
	uint64_t end = s->world ? s->world->n : 0;
	uint64_t at = n ? n : end + 1;
	int looked = 0;

	if (!s->log)
		return 0;
	for (at += (uint64_t)(int64_t)by; at > 0 && at <= end;
	     at += (uint64_t)(int64_t)by) {
		const struct event *e = log_at(s->log, at, NULL);

		if (e && is_shown(s, e))
			return at;
		if (++looked > LOOK_MAX)
			break;
	}
	return 0;
}

/* The window: up to the end, or, when the selected operation would lie
 * before it, with that in its middle.  */
static void
choose_window(struct line *l, int cols)
{
	const struct scene *s = l->s;
	uint64_t end, at;
	int used = 0;

	collect(l, s->world->n, cols);
	if (!s->selected || (l->n && l->item[0].n <= s->selected))
		return;
	for (at = end = s->selected; at && used < cols / 2;
	     at = timeline_move(s, at, 1)) {
		used += LABEL_MAX_COLS / 2 + GAP;
		end = at;
	}
	collect(l, end, cols);
}

static int
row_of(const struct line *l, int actor)
{
	for (int i = 0; i < l->rows; i++)
		if (l->actor[i] == actor)
			return i;
	return -1;
}

static int
count_rows(const struct scene *s)
{
	int n = 0;

	for (int i = 0; i < s->world->n_actors; i++)
		n += !scene_hides_actor(s, i);
	return n;
}

int
timeline_rows(const struct scene *s, int most)
{
	int n = count_rows(s) + 1;

	return n < most ? n : most;
}

static bool
add_row(struct line *l, int rows, int actor)
{
	if (l->rows >= rows || actor < 0 || row_of(l, actor) >= 0
	    || scene_hides_actor(l->s, actor))
		return false;
	l->actor[l->rows++] = actor;
	return true;
}

static int
by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Which actors get a row: the subject, those in the window from its end
 * backwards, then the living, then anybody.  */
static void
choose_rows(struct line *l, int rows)
{
	const struct world *w = l->s->world;

	if (rows > (int)ARRAY_SIZE(l->actor))
		rows = ARRAY_SIZE(l->actor);
	add_row(l, rows, scene_subject(l->s));
	add_row(l, rows, l->s->next);
	for (int i = l->n - 1; i >= 0; i--)
		add_row(l, rows, l->item[i].actor);
	for (int i = 0; i < w->n_actors; i++)
		if (cast_lives(&w->actor[i]))
			add_row(l, rows, i);
	for (int i = w->n_actors - 1; i >= 0; i--)
		add_row(l, rows, i);
	qsort(l->actor, (size_t)l->rows, sizeof(int), by_number);
}

/* Was the actor asleep when the window begins?  */
static bool
asleep_before(const struct line *l, int actor)
{
	uint64_t first = l->n ? l->item[0].n : l->s->world->n + 1;
	int looked = 0;

	for (uint64_t at = first - 1; at > 0 && looked < 500; at--, looked++) {
		const struct event *e = log_at(l->s->log, at, NULL);

		if (!e || world_actor(l->s->world, e->actor) != actor)
			continue;
		return e->what == WHAT_BLOCK;
	}
	return false;
}

enum life { UNBORN, AWAKE, ASLEEP, ENDED };

static enum life
life_before(const struct line *l, int actor)
{
	const struct actor *a = &l->s->world->actor[actor];
	uint64_t first = l->n ? l->item[0].n : l->s->world->n;

	if (a->ended_n && a->ended_n < first)
		return ENDED;
	if (a->born_n > first || (a->born_n == first && l->n))
		return UNBORN;
	return asleep_before(l, actor) ? ASLEEP : AWAKE;
}

static enum life
life_after(const struct item *it)
{
	switch (it->what) {
	case WHAT_BLOCK:
	case WHAT_STOP:
		return ASLEEP;
	case WHAT_EXIT:
		return ENDED;
	default:
		return AWAKE;
	}
}

static void
put_life(struct canvas *c, int y, int x, int cols, enum life life)
{
	enum glyph g = life == ASLEEP ? GLYPH_SLEEP : GLYPH_HLINE;

	if (life == UNBORN || life == ENDED)
		return;
	for (int i = 0; i < cols; i++)
		canvas_put(c, y, x + i, 1, ROLE_BORDER, glyph(c->unicode, g));
}

static enum role
item_role(const struct line *l, const struct item *it)
{
	if (l->s->selected == it->n)
		return ROLE_SELECTED;
	if (it->what == WHAT_BLOCK)
		return ROLE_BLOCKED;
	if (it->what == WHAT_EXIT)
		return ROLE_ENDED;
	if (it->what == WHAT_SIGNAL || it->what == WHAT_STOP)
		return ROLE_WARN;
	return actor_role(it->actor);
}

/* What a held actor is about to do, at the end of its row.  */
static void
put_pending(const struct line *l, struct canvas *c, int y, int x, int cols,
	    int actor)
{
	const struct actor *a = &l->s->world->actor[actor];
	struct buf name = BUF_INIT;
	int used;

	if (a->state != ACTOR_READY || !a->call[0])
		return;
	event_call_name(&name, a->call, a->args);
	used = canvas_putf(c, y, x, cols, ROLE_DIM, "%.*s", LABEL_MAX_COLS,
			   short_name(buf_str(&name)));
	buf_release(&name);
	canvas_put(c, y, x + used, cols - used, ROLE_DIM,
		   glyph(c->unicode, GLYPH_TIP));
}

static void
draw_row(const struct line *l, struct canvas *c, struct rect r, int row,
	 int end)
{
	int actor = l->actor[row], at = r.x, y = r.y + row;
	enum life life = life_before(l, actor);

	for (int i = 0; i < l->n; i++) {
		const struct item *it = &l->item[i];

		if (it->actor != actor)
			continue;
		put_life(c, y, at, r.x + it->x - at, life);
		canvas_target(c, (struct rect){ y, r.x + it->x, 1, it->cells },
			      TARGET_EVENT, (int64_t)it->n);
		if (it->what == WHAT_START)
			canvas_put(c, y, r.x + it->x, 1, ROLE_BORDER,
				   glyph(c->unicode, GLYPH_BIRTH));
		else
			canvas_put(c, y, r.x + it->x, it->cells,
				   item_role(l, it), it->label);
		if (l->s->selected == it->n) {
			canvas_put(c, y, r.x + it->x - 1, 1, ROLE_SELECTED,
				   "[");
			canvas_put(c, y, r.x + it->x + it->cells, 1,
				   ROLE_SELECTED, "]");
		}
		at = r.x + it->x + it->cells + (l->s->selected == it->n);
		life = life_after(it);
	}
	put_life(c, y, at, r.x + end - at, life);
	if (life == AWAKE)
		put_pending(l, c, y, r.x + end, r.cols - end, actor);
}

/* Is there nothing but a life line?  */
static bool
is_free(struct canvas *c, int y, int x)
{
	const struct cell *cell = canvas_cell(c, y, x);

	return cell && cell->role != ROLE_SELECTED
	       && (strcmp(cell->text, " ") == 0
		   || strcmp(cell->text, glyph(c->unicode, GLYPH_HLINE)) == 0
		   || strcmp(cell->text, glyph(c->unicode, GLYPH_SLEEP)) == 0);
}

static void
draw_arrow(const struct line *l, struct canvas *c, struct rect r,
	   const struct item *it)
{
	int from = row_of(l, it->from), to = row_of(l, it->actor);
	int x = r.x + it->x - 1, down = to > from ? 1 : -1;

	if (from < 0 || to < 0 || from == to)
		return;
	if (is_free(c, r.y + from, x))
		canvas_put(c, r.y + from, x, 1, actor_role(it->from),
			   glyph(c->unicode, down > 0 ? GLYPH_TEE_DOWN
						      : GLYPH_TEE_UP));
	for (int y = from + down; y != to; y += down) {
		const struct cell *cell = canvas_cell(c, r.y + y, x);
		bool blank = cell && strcmp(cell->text, " ") == 0;

		if (is_free(c, r.y + y, x))
			canvas_put(c, r.y + y, x, 1, actor_role(it->from),
				   glyph(c->unicode, blank ? GLYPH_VLINE
							   : GLYPH_CROSS));
	}
	if (is_free(c, r.y + to, x))
		canvas_put(c, r.y + to, x, 1, actor_role(it->from),
			   glyph(c->unicode, GLYPH_TAKES));
}

static int
label_cols(const struct line *l)
{
	int cols = cells_of(_("time"));

	for (int i = 0; i < l->s->world->n_actors; i++) {
		int n = cells_of(l->s->world->actor[i].role);

		if (n > cols && !scene_hides_actor(l->s, i))
			cols = n;
	}
	return (cols < ROLE_COLS_MAX ? cols : ROLE_COLS_MAX) + 2;
}

static void
draw_axis(struct canvas *c, int y, int x, int cols, int label)
{
	canvas_put(c, y, x, label, ROLE_DIM, _("time"));
	for (int i = label; i < cols - 1; i++)
		canvas_put(c, y, x + i, 1, ROLE_DIM,
			   glyph(c->unicode, GLYPH_HLINE));
	canvas_put(c, y, x + cols - 1, 1, ROLE_DIM,
		   glyph(c->unicode, GLYPH_TIP));
}

void
timeline_draw(const struct scene *s, struct canvas *c, struct rect r)
{
	struct line *l = xcalloc(1, sizeof(*l));
	int label, rows = r.rows > 1 ? r.rows - 1 : r.rows, x = 0, room;
	struct rect inside;

	l->s = s;
	label = label_cols(l) + 2;
	room = r.cols - label - 2 - LABEL_MAX_COLS;
	if (s->log && room > 0)
		choose_window(l, room);
	choose_rows(l, rows);
	for (int i = 0; i < l->n; i++) {
		x += GAP;
		l->item[i].x = x;
		x += l->item[i].cells;
	}
	inside = (struct rect){ r.y, r.x + label, r.rows, r.cols - label };
	for (int i = 0; i < l->rows; i++) {
		canvas_target(c, (struct rect){ r.y + i, r.x, 1, label },
			      TARGET_ACTOR, l->actor[i]);
		canvas_put_short(c, r.y + i, r.x + 2, label - 3,
				 actor_role(l->actor[i]),
				 s->world->actor[l->actor[i]].role);
		draw_row(l, c, inside, i, x + GAP);
	}
	for (int i = 0; i < l->n; i++)
		if (l->item[i].from >= 0)
			draw_arrow(l, c, inside, &l->item[i]);
	if (r.rows > 1)
		draw_axis(c, r.y + l->rows, r.x + 2, r.cols - 3, label - 2);
	free(l);
}
