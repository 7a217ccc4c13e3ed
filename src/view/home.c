/* The home screen.  */
#include "config.h"

#include "view/home.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "term/keys.h"
#include "view/adviser.h"
#include "view/bench_view.h"
#include "view/exercise_view.h"
#include "view/help.h"
#include "view/home_rows.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE_COLS = 34, STATE_COLS = 22, TOP = 4, NARROW = 76 };

struct home {
	struct home_config config;
	struct home_rows rows;
	int last;		/* row last opened, -1 */
	/* What can be chosen: -1 is "continue", others are rows.  */
	int chosen;
	int first;		/* row at the top of the list */
	int rows_shown;
	char *sought;
};

static void
recall(struct home *h)
{
	char *last = progress_last(h->config.progress);

	h->last = -1;
	home_rows_recall(&h->rows, h->config.progress);
	for (size_t i = 0; i < h->rows.n; i++)
		if (h->rows.row[i].lesson &&
		    strcmp(h->rows.row[i].name, last) == 0)
			h->last = (int)i;
	free(last);
}

/* "Continue" is first where there is something to continue.  */
static int
topmost(const struct home *h)
{
	if (h->last >= 0 && !h->sought)
		return -1;
	for (size_t i = 0; i < h->rows.n; i++)
		if (h->rows.row[i].found)
			return (int)i;
	return 0;
}

struct home *
home_new(const struct home_config *c)
{
	struct home *h = xcalloc(1, sizeof(*h));

	h->config = *c;
	home_rows_load(&h->rows, c->lessons, c->exercises, c->only,
		       c->progress, c->now);
	recall(h);
	h->chosen = topmost(h);
	return h;
}

void
home_free(struct home *h)
{
	home_rows_release(&h->rows);
	free(h->sought);
	free(h);
}

/* Drawing.  */

static void
select_line(struct canvas *c, int y)
{
	canvas_paint(c, y, 1, c->cols - 2, ROLE_SELECTED);
	canvas_put(c, y, 1, 1, ROLE_SELECTED,
		   glyph(c->unicode, GLYPH_POINTER));
}

static int
title_x(const struct home_row *row)
{
	return row->homework && !row->part ? 3 : row->is_exercise ? 12 : 7;
}

/* Behind the titles: as far to the right as the longest one wants, and as what
 * stands behind them allows.  */
static int
titles_end(const struct home *h, int cols)
{
	int end = 7 + TITLE_COLS;

	for (size_t i = 0; i < h->rows.n; i++) {
		const struct home_row *row = &h->rows.row[i];
		int wanted = title_x(row) + cells_of(home_row_title(row));

		if (wanted > end && (row->part || !row->homework))
			end = wanted;
	}
	cols -= 10 + STATE_COLS + 1;
	return end < cols || cols < 7 + TITLE_COLS ? end : cols;
}

/* A lesson by its number, an exercise of it behind that by its id.  */
static void
draw_name(const struct home_row *row, struct canvas *c, int y)
{
	const char *id = row->exercise ? row->exercise->id.text : "?";

	/* "E25-break" is a part of E25.  */
	if (row->is_exercise)
		canvas_putf(c, y, 7, 4, ROLE_DIM, "%.*s",
			    (int)strcspn(id, "-"), id);
	else if (!row->homework)
		canvas_putf(c, y, 3, 3, ROLE_DIM, "%.*s",
			    (int)strspn(row->name, "0123456789"), row->name);
}

static void
draw_row(const struct home *h, struct canvas *c, int y, int i)
{
	const struct home_row *row = &h->rows.row[i];
	bool narrow = c->cols < NARROW;
	struct buf state = BUF_INIT;
	enum role role = home_row_state(row, narrow, &state);
	int cells = cells_of(buf_str(&state)), x = c->cols - 2 - cells;
	int title = title_x(row), end = titles_end(h, c->cols);
	char *minutes = home_row_minutes(row);
	bool whole = row->homework && !row->part;

	draw_name(row, c, y);
	canvas_target(c, (struct rect){ y, 1, 1, c->cols - 2 }, TARGET_LESSON,
		      i);
	if (!narrow && !whole) {
		if (minutes)
			canvas_putf(c, y, end + 1, 8, ROLE_DIM, _("%3s min"),
				    minutes);
		x = end + 10;
	}
	canvas_put_short(c, y, title, narrow || whole ? x - title - 1 :
			 end - title, whole ? ROLE_STRONG :
			 ROLE_TEXT, home_row_title(row));
	canvas_put_short(c, y, x, c->cols - x - 1, role, buf_str(&state));
	if (i == h->chosen)
		select_line(c, y);
	free(minutes);
	buf_release(&state);
}

static const struct lesson_step *
step_left(const struct home_row *row, int *number)
{
	const struct lesson *l = row->lesson;

	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->step[i].id, row->state.step) == 0) {
			*number = (int)i;
			return &l->step[i];
		}
	*number = 0;
	return &l->step[0];
}

static void
draw_continue(const struct home *h, struct canvas *c, int y)
{
	const struct home_row *row = &h->rows.row[h->last];
	const struct lesson_step *step;
	int number, x = 3;

	char *where;

	canvas_target(c, (struct rect){ y, 1, 1, c->cols - 2 }, TARGET_LESSON,
		      -1);
	step = step_left(row, &number);
	where = number ? xasprintf("%s > %d %s", home_row_title(row), number,
				   step->title) : xstrdup(home_row_title(row));
	x += canvas_put(c, y, x, c->cols - x, ROLE_STRONG,
			c->cols < NARROW ? _("Continue: ")
			: _("Continue where you left off: "));
	canvas_put_short(c, y, x, c->cols - x - 1, ROLE_TEXT, where);
	if (h->chosen == -1)
		select_line(c, y);
	free(where);
}

/* What the chosen lesson is for.  */
static void
draw_goal(const struct home *h, struct canvas *c, int y, int rows)
{
	int i = h->chosen < 0 ? h->last : h->chosen;
	const char *text;

	if (i < 0 || i >= (int)h->rows.n || rows < 1 || !h->rows.row[i].found)
		return;
	text = home_row_goal(&h->rows.row[i]);
	if (text)
		canvas_wrap(c, (struct rect){ y, 3, rows, c->cols - 5 },
			    ROLE_DIM, text);
}

static int
count_found(const struct home *h)
{
	int n = 0;

	for (size_t i = 0; i < h->rows.n; i++)
		n += h->rows.row[i].found;
	return n;
}

static int
draw_list(struct home *h, struct canvas *c, int y, int rows)
{
	int shown = 0;

	h->rows_shown = rows;
	if (h->chosen >= 0 && h->chosen < h->first)
		h->first = h->chosen;
	for (int i = h->first; i < (int)h->rows.n; i++) {
		if (!h->rows.row[i].found)
			continue;
		if (shown == rows)
			break;
		draw_row(h, c, y + shown, i);
		shown++;
	}
	return shown;
}

static void
draw_head(const struct home *h, struct canvas *c)
{
	canvas_put(c, 0, 1, c->cols - 2, ROLE_TITLE, "ipclab");
	canvas_put_short(c, 0, 9, c->cols - 10, ROLE_DIM,
			 _("real processes, and you decide who goes next"));
	if (h->sought)
		canvas_putf(c, 2, 3, c->cols - 5, ROLE_STRONG,
			    _("Found with \"%s\": %d   (Esc shows all)"),
			    h->sought, count_found(h));
	else if (h->last >= 0)
		draw_continue(h, c, 2);
	else if (h->config.only)
		canvas_putf(c, 2, 3, c->cols - 5, ROLE_STRONG,
			    _("Exercises: %s"), h->config.title);
	else
		canvas_put(c, 2, 3, c->cols - 5, ROLE_STRONG,
			   _("Choose a lesson"));
}

void
home_draw(struct home *h, struct canvas *c)
{
	static const enum action keys[] = {
		ACTION_OPEN, ACTION_SEARCH, ACTION_HELP, ACTION_CLOSE,
		ACTION_BENCH, ACTION_ADVISE, ACTION_NONE,
	};
	int goal = c->rows >= 16 ? 3 : c->rows >= 12 ? 1 : 0;
	int rows = c->rows - TOP - goal - 2, used;

	draw_head(h, c);
	/* The chosen one must be in the window.  */
	while (h->chosen >= h->first + rows)
		h->first++;
	used = draw_list(h, c, TOP, rows < 1 ? 1 : rows);
	if (!h->rows.n)
		canvas_wrap(c, (struct rect){ TOP, 3, 4, c->cols - 5 },
			    ROLE_WARN, _("No lessons are found. "
			    "$IPCLAB_LESSONS may name a folder of them."));
	draw_goal(h, c, TOP + used + 1, goal);
	help_line(c, c->rows - 1, 0, c->cols, SCREEN_HOME, keys);
}

/* Keys.  */

static void
move(struct home *h, int by)
{
	int i = h->chosen, top = topmost(h);

	while (by) {
		int next = i + (by > 0 ? 1 : -1);

		while (next >= 0 && next < (int)h->rows.n && !h->rows.row[next].found)
			next += by > 0 ? 1 : -1;
		if (next < top || next >= (int)h->rows.n)
			break;
		i = next;
		by += by > 0 ? -1 : 1;
	}
	h->chosen = i;
	if (i == top)
		h->first = 0;
}

void
home_search(struct home *h, const char *word)
{
	free(h->sought);
	h->sought = *word ? xstrdup(word) : NULL;
	for (size_t i = 0; i < h->rows.n; i++)
		h->rows.row[i].found = home_row_has(&h->rows.row[i], word);
	h->first = 0;
	h->chosen = topmost(h);
}

static enum screen_answer
ask_search(struct home *h)
{
	const struct ask ask = { .prompt = "/", .history = "search" };
	char *word = screen_ask(&ask);

	if (word)
		home_search(h, word);
	free(word);
	return SCREEN_STAY;
}

/* An exercise of an assignment, in its folder.  */
static enum screen_answer
open_part(struct home *h, const struct home_row *row)
{
	const struct home_config *c = &h->config;
	char *workspace = homework_workspace(row->homework, row->name);
	enum screen_answer answer = SCREEN_STAY;
	char *why;

	if (row->exercise) {
		answer = c->open_exercise(c->arg, row->exercise->folder,
					  workspace);
	} else {
		why = xasprintf(_("there is no work in %s: open the assignment "
				  "again"), workspace);
		screen_say(why);
		free(why);
	}
	free(workspace);
	return answer;
}

static enum screen_answer
open_row(struct home *h, const struct home_row *row)
{
	const struct home_config *c = &h->config;

	if (row->part)
		return open_part(h, row);
	if (row->homework) {
		screen_say(_("its exercises are below"));
		return SCREEN_STAY;
	}
	if (row->is_exercise)
		return c->open_exercise(c->arg, row->exercise->folder, NULL);
	if (row->lesson)
		return c->open(c->arg, row->lesson);
	screen_say(row->why);
	return SCREEN_STAY;
}

static enum screen_answer
open_chosen(struct home *h)
{
	int i = h->chosen < 0 ? h->last : h->chosen;
	enum screen_answer answer;

	if (i < 0 || i >= (int)h->rows.n || !h->rows.row[i].found)
		return SCREEN_STAY;
	answer = open_row(h, &h->rows.row[i]);
	recall(h);
	if (!h->sought)
		h->chosen = topmost(h);
	return answer == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}

static enum screen_answer
click(struct home *h)
{
	if (keys_mouse.kind != TARGET_LESSON ||
	    keys_mouse.what >= (int64_t)h->rows.n)
		return SCREEN_STAY;
	h->chosen = (int)keys_mouse.what;
	return open_chosen(h);
}

enum screen_answer
home_key(struct home *h, int key)
{
	if (key == KEYS_CLICK)
		return click(h);
	switch (keys_action(SCREEN_HOME, key)) {
	case ACTION_UP:
		move(h, -1);
		break;
	case ACTION_DOWN:
		move(h, 1);
		break;
	case ACTION_PAGE_UP:
		move(h, -h->rows_shown);
		break;
	case ACTION_PAGE_DOWN:
		move(h, h->rows_shown);
		break;
	case ACTION_FIRST:
		h->chosen = topmost(h);
		h->first = 0;
		break;
	case ACTION_LAST:
		move(h, (int)h->rows.n);
		break;
	case ACTION_OPEN:
	case ACTION_RIGHT:
		return open_chosen(h);
	case ACTION_SEARCH:
		return ask_search(h);
	case ACTION_CANCEL:
		home_search(h, "");
		break;
	case ACTION_BENCH:
		return bench_view_last();
	case ACTION_ADVISE:
		return adviser_last();
	case ACTION_HELP:
		return help_run(SCREEN_HOME, _("the list of lessons"));
	case ACTION_CLOSE:
		return h->config.only ? SCREEN_UP : SCREEN_LEAVE;
	case ACTION_LEAVE:
		return SCREEN_LEAVE;
	default:
		break;
	}
	return SCREEN_STAY;
}

static void
draw(void *arg, struct canvas *c)
{
	home_draw(arg, c);
}

static enum screen_answer
pressed(void *arg, int key)
{
	return home_key(arg, key);
}

struct screen
home_screen(struct home *h)
{
	return (struct screen){ .arg = h, .draw = draw, .key = pressed };
}

static enum screen_answer
open_exercise(void *arg, const char *folder, const char *workspace)
{
	return exercise_view_run(folder, workspace, arg);
}

enum screen_answer
home_exercises_run(const struct lesson *l, struct progress *p)
{
	struct exercise_names names;
	enum screen_answer answer = SCREEN_STAY;
	struct screen screen;
	struct home *h;

	exercise_names(&names, NULL, NULL);
	h = home_new(&(struct home_config){
		.exercises = &names, .only = l->name, .title = l->title.text,
		.progress = p, .open_exercise = open_exercise, .arg = p });
	screen = home_screen(h);
	if (h->rows.n)
		answer = screen_run(&screen);
	else
		screen_say(_("this lesson has no exercises"));
	home_free(h);
	exercise_names_release(&names);
	return answer == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}
