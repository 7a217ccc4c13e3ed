/* See adviser.h.  */
#include "config.h"

#include "view/adviser.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "bench/advise.h"
#include "bench/record.h"
#include "bench/text.h"
#include "term/glyph.h"
#include "term/keys.h"
#include "view/help.h"
#include "view/pager.h"

#include <stdlib.h>
#include <string.h>

enum { TOP = 2 };

struct adviser {
	const struct figures *figures;
	int answer[QUESTIONS];
	int question;		/* QUESTIONS: all are answered */
	int chosen;		/* of its answers */
	struct pager advice;
};

struct adviser *
adviser_new(const struct figures *f)
{
	struct adviser *a = xcalloc(1, sizeof(*a));

	a->figures = f;
	return a;
}

void
adviser_free(struct adviser *a)
{
	pager_release(&a->advice);
	free(a);
}

/* Drawing.  */

/* What was answered so far: a line each.  */
static int
draw_answered(const struct adviser *a, struct canvas *c, int y)
{
	for (int q = 0; q < a->question && y < c->rows - 7; q++, y++) {
		int x = 1 + canvas_putf(c, y, 1, c->cols - 2, ROLE_DIM,
					"%d. %s ", q + 1,
					_(questions[q].text));

		canvas_put_short(c, y, x, c->cols - x - 1, ROLE_TEXT,
				 _(questions[q].answer[a->answer[q]]));
	}
	return y;
}

static void
draw_question(const struct adviser *a, struct canvas *c)
{
	enum question q = (enum question)a->question;
	int y = draw_answered(a, c, TOP);

	y += y > TOP;
	canvas_putf(c, y, 1, c->cols - 2, ROLE_STRONG, "%d. %s", q + 1,
		    _(questions[q].text));
	for (int i = 0; i < question_answers(q); i++) {
		y++;
		canvas_putf(c, y, 5, 2, ROLE_KEY, "%d", i + 1);
		canvas_put_short(c, y, 7, c->cols - 8, ROLE_TEXT,
				 _(questions[q].answer[i]));
		canvas_target(c, (struct rect){ y, 3, 1, c->cols - 4 },
			      TARGET_ANSWER, i);
		if (i == a->chosen) {
			canvas_paint(c, y, 3, c->cols - 4, ROLE_SELECTED);
			canvas_put(c, y, 3, 1, ROLE_SELECTED,
				   glyph(c->unicode, GLYPH_POINTER));
		}
	}
}

static void
write_advice(const struct adviser *a, struct buf *out)
{
	struct advices advices;

	advise(&advices, a->answer, a->figures);
	for (int q = 0; q < QUESTIONS; q++)
		buf_add_part(out, 0, _(questions[q].answer[a->answer[q]]));
	buf_adds(out, "\n\n");
	advice_write(out, &advices);
	if (a->figures)
		machine_write(out, a->figures);
}

static void
add_line(void *arg, const char *start, size_t len)
{
	struct buf *out = arg;

	buf_add(out, start, len);
	buf_addc(out, '\n');
}

/* Long lines are wrapped; blanks at their beginning stay.  */
static void
wrap_lines(struct buf *out, const char *text, int width)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);

		if (len == 0 || cells_of(line) <= width)
			add_line(out, line, len);
		else
			cells_wrap(line, width, add_line, out);
		text += len + (text[len] == '\n');
		free(line);
	}
}

static void
draw_advice(struct adviser *a, struct canvas *c)
{
	int width = c->cols - 2;

	if (a->advice.width != width) {
		struct buf text = BUF_INIT, wrapped = BUF_INIT;

		write_advice(a, &text);
		wrap_lines(&wrapped, buf_str(&text), width);
		pager_set(&a->advice, &wrapped, width);
		buf_release(&text);
	}
	pager_draw(&a->advice, c,
		   (struct rect){ TOP, 1, c->rows - TOP - 1, width }, -1);
}

void
adviser_draw(struct adviser *a, struct canvas *c)
{
	static const enum action asking[] = {
		ACTION_OPEN, ACTION_DOWN, ACTION_BACK, ACTION_HELP,
		ACTION_CLOSE, ACTION_NONE,
	}, done[] = {
		ACTION_DOWN, ACTION_BACK, ACTION_HELP, ACTION_CLOSE,
		ACTION_NONE,
	};
	bool answered = a->question == QUESTIONS;

	canvas_put(c, 0, 1, c->cols - 2, ROLE_TITLE,
		   answered ? _("Which mechanism fits")
		   : _("Which mechanism fits? Five questions"));
	if (answered)
		draw_advice(a, c);
	else
		draw_question(a, c);
	help_line(c, c->rows - 1, 0, c->cols, SCREEN_ADVISER,
		  answered ? done : asking);
}

/* Keys.  */

static void
answer(struct adviser *a, int which)
{
	if (a->question == QUESTIONS ||
	    which >= question_answers((enum question)a->question))
		return;
	a->answer[a->question++] = which;
	a->chosen = a->question < QUESTIONS ? a->answer[a->question] : 0;
	a->advice.width = 0;
	a->advice.first = 0;
}

/* To the question before, with what was answered there chosen.  */
static void
go_back(struct adviser *a)
{
	if (a->question == 0)
		return;
	a->question--;
	a->chosen = a->answer[a->question];
}

static void
choose(struct adviser *a, int by)
{
	int n = question_answers((enum question)a->question);

	a->chosen += by;
	a->chosen = a->chosen < 0 ? 0 : a->chosen >= n ? n - 1 : a->chosen;
}

static bool
move(struct adviser *a, enum action action)
{
	if (a->question == QUESTIONS)
		return pager_move(&a->advice, action);
	if (action == ACTION_UP || action == ACTION_DOWN)
		choose(a, action == ACTION_UP ? -1 : 1);
	else
		return false;
	return true;
}

enum screen_answer
adviser_key(struct adviser *a, int key)
{
	enum action action = keys_action(SCREEN_ADVISER, key);

	if (key == KEYS_CLICK) {
		if (keys_mouse.kind == TARGET_ANSWER)
			answer(a, (int)keys_mouse.what);
		return SCREEN_STAY;
	}
	if (move(a, action))
		return SCREEN_STAY;
	switch (action) {
	case ACTION_ANSWER:
		answer(a, key - '1');
		break;
	case ACTION_OPEN:
	case ACTION_RIGHT:
		answer(a, a->chosen);
		break;
	case ACTION_BACK:
	case ACTION_LEFT:
		go_back(a);
		break;
	case ACTION_HELP:
		return help_run(SCREEN_ADVISER, _("the adviser"));
	case ACTION_CLOSE:
		return SCREEN_UP;
	case ACTION_LEAVE:
		return SCREEN_LEAVE;
	default:
		return SCREEN_IGNORED;
	}
	return SCREEN_STAY;
}

static void
draw(void *arg, struct canvas *c)
{
	adviser_draw(arg, c);
}

static enum screen_answer
pressed(void *arg, int key)
{
	return adviser_key(arg, key);
}

enum screen_answer
adviser_run(const struct figures *f)
{
	struct adviser *a = adviser_new(f);
	struct screen s = { .arg = a, .draw = draw, .key = pressed };
	enum screen_answer answered = screen_run(&s);

	adviser_free(a);
	return answered == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}

enum screen_answer
adviser_last(void)
{
	struct figures *f = xcalloc(1, sizeof(*f));
	bool measured = record_last(f, NULL) == 0;
	enum screen_answer answered = adviser_run(measured ? f : NULL);

	figures_release(f);
	free(f);
	return answered;
}
