/* The class screen: the table.  */
#include "config.h"

#include "view/class_view.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "term/keys.h"
#include "view/class_result.h"
#include "view/help.h"

#include <stdlib.h>
#include <string.h>

enum { TOP = 4, ID_COLS = 20, EXERCISE_COLS = 18, NARROW = 70 };

/* Which rows there are to be.  */
enum shown { SHOWN_COUNTED, SHOWN_FAILED, SHOWN_ALL, SHOWN_KINDS };

struct class_view {
	struct class_view_config config;
	size_t *at;		/* places in the list, as shown */
	size_t n;
	enum shown shown;
	char *sought;		/* NULL: all */
	int chosen, first, rows;
};

/* ---- which rows ---- */
static bool
has(const char *text, const char *word)
{
	return strcasestr(text, word) != NULL;
}

static bool
is_shown(const struct class_view *v, const struct book_row *row)
{
	const char *word = v->sought;

	if (v->shown != SHOWN_ALL && !row->counts && row->gradable)
		return false;
	if (v->shown == SHOWN_FAILED && row->verdict == GRADE_ACCEPT)
		return false;
	return !word || has(row->student, word) || has(row->exercise, word) ||
	       has(row->bug, word) || has(grade_title(row->verdict), word) ||
	       has(grade_word(row->verdict), word);
}

static void
select_rows(struct class_view *v)
{
	v->n = 0;
	for (size_t i = 0; i < v->config.list->n; i++)
		if (is_shown(v, &v->config.list->row[i]))
			v->at[v->n++] = i;
	if (v->chosen >= (int)v->n)
		v->chosen = v->n ? (int)v->n - 1 : 0;
}

static const struct book_row *
row_at(const struct class_view *v, size_t i)
{
	return &v->config.list->row[v->at[i]];
}

struct class_view *
class_view_new(const struct class_view_config *c)
{
	struct class_view *v = xcalloc(1, sizeof(*v));

	v->config = *c;
	v->at = xcalloc(c->list->n + 1, sizeof(*v->at));
	select_rows(v);
	return v;
}

void
class_view_free(struct class_view *v)
{
	free(v->at);
	free(v->sought);
	free(v);
}

void
class_view_filter(struct class_view *v, const char *word)
{
	free(v->sought);
	v->sought = *word ? xstrdup(word) : NULL;
	v->chosen = v->first = 0;
	select_rows(v);
}

/* ---- drawing ---- */
/* Points of those that are shown: how many have passed, what is had of what
 * there is.  */
static void
draw_sums(const struct class_view *v, struct canvas *c)
{
	static const char *const kinds[] = {
		[SHOWN_COUNTED] = N_("those that count"),
		[SHOWN_FAILED] = N_("those that did not pass"),
		[SHOWN_ALL] = N_("every attempt"),
	};
	int64_t score = 0, maximum = 0;
	size_t passed = 0;

	for (size_t i = 0; i < v->n; i++) {
		passed += row_at(v, i)->verdict == GRADE_ACCEPT;
		score += row_at(v, i)->score;
		maximum += row_at(v, i)->maximum;
	}
	canvas_putf(c, 1, 1, c->cols - 2, ROLE_TEXT,
		    _("%s%s%s: %zu, %zu passed, %d%% of the points"),
		    _(kinds[v->shown]), v->sought ? " / " : "",
		    v->sought ? v->sought : "", v->n, passed,
		    maximum ? (int)(score * 100 / maximum) : 0);
}

static size_t
count_bug(const struct class_view *v, const char *bug)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n; i++)
		n += strcmp(row_at(v, i)->bug, bug) == 0;
	return n;
}

/* Which bug how often: the three that most have.  */
static void
draw_bugs(const struct class_view *v, struct canvas *c)
{
	const char *told[3] = { NULL };
	struct buf line = BUF_INIT;

	for (int k = 0; k < 3; k++) {
		const char *most = NULL;

		for (size_t i = 0; i < v->n; i++) {
			const char *bug = row_at(v, i)->bug;
			bool said = !*bug;

			for (int j = 0; j < k; j++)
				said |= strcmp(told[j], bug) == 0;
			if (!said && (!most || count_bug(v, bug) >
				      count_bug(v, most)))
				most = bug;
		}
		if (!most)
			break;
		told[k] = most;
		buf_addf(&line, "%s%s: %zu", k ? "   " : "", most,
			 count_bug(v, most));
	}
	canvas_put_short(c, 2, 1, c->cols - 2, ROLE_DIM, buf_str(&line));
	buf_release(&line);
}

static void
draw_row(const struct class_view *v, struct canvas *c, int y, int i)
{
	const struct book_row *row = row_at(v, (size_t)i);
	int x = 3 + ID_COLS + 1 + EXERCISE_COLS + 1;
	char *state = xasprintf("%s%s%s", grade_title(row->verdict),
				*row->bug ? ": " : "", row->bug);
	enum role role = !row->gradable ? ROLE_WARN :
			 row->verdict == GRADE_ACCEPT ? ROLE_GOOD : ROLE_BAD;

	canvas_target(c, (struct rect){ y, 1, 1, c->cols - 2 }, TARGET_LESSON,
		      i);
	canvas_put_short(c, y, 3, ID_COLS, ROLE_TEXT, row->student);
	if (c->cols >= NARROW)
		canvas_put_short(c, y, 4 + ID_COLS, EXERCISE_COLS, ROLE_DIM,
				 row->exercise);
	else
		x = 4 + ID_COLS;
	canvas_putf(c, y, x, 11, ROLE_TEXT, "%4lld/%-4lld%s",
		    (long long)row->score, (long long)row->maximum,
		    row->lost ? "*" : " ");
	canvas_put_short(c, y, x + 11, c->cols - x - 12, role, state);
	if (i == v->chosen) {
		canvas_paint(c, y, 1, c->cols - 2, ROLE_SELECTED);
		canvas_put(c, y, 1, 1, ROLE_SELECTED,
			   glyph(c->unicode, GLYPH_POINTER));
	}
	free(state);
}

void
class_view_draw(struct class_view *v, struct canvas *c)
{
	static const enum action keys[] = {
		ACTION_OPEN, ACTION_SEARCH, ACTION_SHOWN, ACTION_HELP,
		ACTION_CLOSE, ACTION_NONE,
	};

	v->rows = c->rows - TOP - 1;
	if (v->chosen < v->first)
		v->first = v->chosen;
	if (v->chosen >= v->first + v->rows)
		v->first = v->chosen - v->rows + 1;
	canvas_put_short(c, 0, 1, c->cols - 2, ROLE_TITLE, v->config.title);
	draw_sums(v, c);
	draw_bugs(v, c);
	for (int y = 0; y < v->rows && v->first + y < (int)v->n; y++)
		draw_row(v, c, TOP + y, v->first + y);
	if (!v->n)
		canvas_put(c, TOP, 3, c->cols - 5, ROLE_DIM,
			   _("there is nothing to be shown"));
	help_line(c, c->rows - 1, 0, c->cols, SCREEN_CLASS, keys);
}

/* ---- keys ---- */
static enum screen_answer
move(struct class_view *v, int by)
{
	int to = v->chosen + by;

	v->chosen = to >= (int)v->n ? (int)v->n - 1 : to;
	if (v->chosen < 0)
		v->chosen = 0;
	return SCREEN_STAY;
}

static enum screen_answer
ask_filter(struct class_view *v)
{
	char *word = screen_ask(&(struct ask){ .prompt = "/",
					       .history = "search" });

	if (word)
		class_view_filter(v, word);
	free(word);
	return SCREEN_STAY;
}

static enum screen_answer
open_chosen(struct class_view *v)
{
	if (!v->n)
		return SCREEN_STAY;
	return class_result_run(&v->config, row_at(v, (size_t)v->chosen));
}

static enum screen_answer
click(struct class_view *v)
{
	if (keys_mouse.kind != TARGET_LESSON ||
	    keys_mouse.what >= (int64_t)v->n)
		return SCREEN_STAY;
	v->chosen = (int)keys_mouse.what;
	return open_chosen(v);
}

enum screen_answer
class_view_key(struct class_view *v, int key)
{
	if (key == KEYS_CLICK)
		return click(v);
	switch (keys_action(SCREEN_CLASS, key)) {
	case ACTION_UP:
		return move(v, -1);
	case ACTION_DOWN:
		return move(v, 1);
	case ACTION_PAGE_UP:
		return move(v, -v->rows);
	case ACTION_PAGE_DOWN:
		return move(v, v->rows);
	case ACTION_FIRST:
		return move(v, -(int)v->n);
	case ACTION_LAST:
		return move(v, (int)v->n);
	case ACTION_OPEN:
	case ACTION_RIGHT:
		return open_chosen(v);
	case ACTION_SEARCH:
		return ask_filter(v);
	case ACTION_CANCEL:
		class_view_filter(v, "");
		return SCREEN_STAY;
	case ACTION_SHOWN:
		v->shown = (v->shown + 1) % SHOWN_KINDS;
		select_rows(v);
		return SCREEN_STAY;
	case ACTION_HELP:
		return help_run(SCREEN_CLASS, _("a class"));
	case ACTION_CLOSE:
		return SCREEN_UP;
	case ACTION_LEAVE:
		return SCREEN_LEAVE;
	default:
		return SCREEN_IGNORED;
	}
}

static void
screen_draw(void *arg, struct canvas *c)
{
	class_view_draw(arg, c);
}

static enum screen_answer
screen_key(void *arg, int key)
{
	return class_view_key(arg, key);
}

enum screen_answer
class_view_run(const struct class_view_config *c)
{
	struct class_view *v = class_view_new(c);
	struct screen s = { .arg = v, .draw = screen_draw,
			    .key = screen_key };
	enum screen_answer answer = screen_run(&s);

	class_view_free(v);
	return answer;
}
