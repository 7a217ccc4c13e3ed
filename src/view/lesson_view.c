/* The lesson screen: layout, keys, from step to step.  */
#include "config.h"

#include "view/lesson_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "lesson/recording.h"
#include "term/glyph.h"
#include "term/keys.h"
#include "view/help.h"
#include "view/scene.h"
#include "view/styled_view.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WIDE = 110,		/* from here on the stage is beside the text */
	TEXT_MOST = 76,		/* cells; longer lines are hard to follow */
	BESIDE = 42,		/* the text's part of a wide screen, % */
	ABOVE = 7,		/* rows of text above a stage in use */
	STAGE_LEAST = 8,	/* rows */
};

/* From step to step.  */

static void
forget_parts(struct lesson_view *v)
{
	if (!v->part)
		return;
	for (size_t i = 0; i < view_step(v)->n; i++)
		free(v->part[i].saw);
	free(v->part);
	v->part = NULL;
}

int
question_number(const struct lesson_view *v, size_t part)
{
	int n = 0;

	for (size_t i = 0; i < part; i++)
		n += view_step(v)->part[i].kind == PART_QUESTION;
	return n;
}

/* One that cannot be run here is told as it was recorded.  */
static void
recall_claim(struct lesson_view *v, const struct claim *c,
	     struct part_state *state)
{
	const struct need *lacking = claim_lacks(v->lesson, c);

	if (!lacking)
		return;
	state->tick = TICK_CANNOT;
	state->saw = recording_claim(v->lesson, c, lacking);
}

/* What is known of the parts of this step from an earlier visit.  */
static void
recall_parts(struct lesson_view *v)
{
	const struct lesson_step *step = view_step(v);
	const char *name = v->lesson->name;

	v->part = xcalloc(step->n + 1, sizeof(*v->part));
	for (size_t i = 0; i < step->n; i++) {
		const struct part *part = &step->part[i];
		struct part_state *state = &v->part[i];

		state->answer = -1;
		if (part->kind == PART_QUESTION) {
			state->answer = progress_answered(v->progress, name,
				step->id, question_number(v, i));
			/* The lesson may have changed since.  */
			if (state->answer >= (int)part->question->n)
				state->answer = -1;
		} else if (part->kind == PART_EXPERIMENT &&
			   part->experiment->id.text &&
			   progress_experiment_done(v->progress, name,
				part->experiment->id.text)) {
			state->tick = TICK_HOLDS;
		} else if (part->kind == PART_CLAIM) {
			recall_claim(v, part->claim, state);
		}
	}
}

void
lesson_look_done(struct lesson_view *v)
{
	if (v->step + 1 == v->lesson->n && parts_shown(v) == view_step(v)->n)
		progress_done(v->progress, v->lesson->name);
}

void
lesson_go(struct lesson_view *v, size_t step)
{
	experiment_end(v);
	claims_end(v);
	forget_parts(v);
	v->step = step;
	v->first = 0;
	v->reveal = -1;
	v->stale = true;
	recall_parts(v);
	claims_begin(v);
	progress_at(v->progress, v->lesson->name, view_step(v)->id,
		    (int)step);
	lesson_look_done(v);
}

struct lesson_view *
lesson_view_new(const struct lesson *l, struct progress *p,
		const char *forbids)
{
	struct lesson_view *v = xcalloc(1, sizeof(*v));
	struct progress_lesson before;
	size_t step = 0;

	v->lesson = l;
	v->progress = p;
	v->forbids = forbids;
	v->ahead.fd = v->begin = -1;
	progress_lesson(p, l->name, &before);
	for (size_t i = 1; before.begun && i < l->n; i++)
		if (strcmp(l->step[i].id, before.step) == 0)
			step = i;
	lesson_go(v, step);
	return v;
}

void
lesson_view_free(struct lesson_view *v)
{
	if (!v)
		return;
	experiment_end(v);
	claims_end(v);
	forget_parts(v);
	styled_release(&v->text);
	free(v->sought);
	free(v);
}

/* Drawing.  */

/* Scroll as little as shows these lines; the first of them counts most.  */
static void
show_lines(struct lesson_view *v, size_t from, size_t after)
{
	if ((int)after > v->first + v->rows)
		v->first = (int)after - v->rows;
	if ((int)from < v->first)
		v->first = (int)from;
}

/* The question that was just answered, or that has to be: all of it where
 * there is room, else the chosen answer with its explanation.  */
static void
show_question(struct lesson_view *v)
{
	size_t at = (size_t)v->reveal;
	const struct part_state *state = &v->part[at];

	show_lines(v, state->line, at + 1 < v->n_shown ? v->part[at + 1].line
						       : v->text.n);
	if (state->after)
		show_lines(v, state->chosen, state->after);
	v->reveal = -1;
}

static void
draw_text(struct lesson_view *v, struct canvas *c, struct rect r)
{
	int width = r.cols > TEXT_MOST ? TEXT_MOST : r.cols;
	int most;

	lesson_text(v, width, c->unicode);
	v->rows = r.rows;
	if (v->reveal >= 0)
		show_question(v);
	most = (int)v->text.n - r.rows;
	if (v->first > most)
		v->first = most;
	if (v->first < 0)
		v->first = 0;
	for (int y = 0; y < r.rows && v->first + y < (int)v->text.n; y++)
		styled_draw(c, r.y + y, r.x, r.cols,
			    &v->text.line[v->first + y]);
}

static void
draw_title(const struct lesson_view *v, struct canvas *c)
{
	char *left, *right;
	int cells;

	left = v->step ? xasprintf("%s > %zu %s", v->lesson->title.text, v->step,
				   view_step(v)->title)
		       : xstrdup(v->lesson->title.text);
	right = v->recorded ? xstrdup(v->recorded)
	      : v->step ? xasprintf(_("step %zu of %zu"), v->step,
				    v->lesson->n - 1)
			: xstrdup(_("introduction"));
	cells = cells_of(right);
	canvas_put_short(c, 0, 1, c->cols - cells - 4, ROLE_TITLE, left);
	canvas_put(c, 0, c->cols - cells - 1, cells,
		   v->recorded ? ROLE_WARN : ROLE_DIM, right);
	free(left);
	free(right);
}

static bool
has_part(const struct lesson_view *v, enum part_kind kind)
{
	for (size_t i = 0; i < v->n_shown; i++)
		if (view_step(v)->part[i].kind == kind)
			return true;
	return false;
}

/* An exhibit that Enter opens?  */
static bool
has_opening(const struct lesson_view *v)
{
	for (size_t i = 0; i < v->n_shown; i++) {
		const struct part *part = &view_step(v)->part[i];

		if (part->kind == PART_EXHIBIT && exhibit_opens(part->exhibit))
			return true;
	}
	return false;
}

/* The keys that mean something here and now.  */
static void
draw_text_keys(const struct lesson_view *v, struct canvas *c, int cols)
{
	enum action keys[10];
	int n = 0;

	if (has_part(v, PART_QUESTION))
		keys[n++] = ACTION_ANSWER;
	if (has_part(v, PART_EXPERIMENT) || has_opening(v))
		keys[n++] = ACTION_OPEN;
	if (v->stage)
		keys[n++] = ACTION_FOCUS;
	if (v->step + 1 < v->lesson->n)
		keys[n++] = ACTION_FORWARD;
	if (v->step > 0)
		keys[n++] = ACTION_BACKWARD;
	keys[n++] = ACTION_EXERCISES;
	keys[n++] = ACTION_HELP;
	keys[n++] = ACTION_CLOSE;
	keys[n] = ACTION_NONE;
	help_line(c, c->rows - 1, 0, cols, SCREEN_LESSON, keys);
}

static void
draw_stage_keys(struct canvas *c, int cols)
{
	static const enum action keys[] = {
		ACTION_NEXT, ACTION_GO_1, ACTION_BACK, ACTION_UNTIL,
		ACTION_RUN, ACTION_EDIT, ACTION_NONE,
	};
	static const enum action own[] = { ACTION_FOCUS, ACTION_NONE };
	struct buf tab = BUF_INIT;
	int x;

	/* This key is the lesson's, the others are the stage's.  */
	help_line(c, c->rows - 1, 0, cols, SCREEN_LESSON, own);
	keys_of(SCREEN_LESSON, ACTION_FOCUS, &tab);
	x = cells_of(buf_str(&tab)) + 3 +
	    cells_of(_(keys_describe(ACTION_FOCUS)->brief));
	help_line(c, c->rows - 1, x, cols - x, SCREEN_STAGE, keys);
	buf_release(&tab);
}

static void
draw_bottom(const struct lesson_view *v, struct canvas *c)
{
	int below = (int)v->text.n - v->first - v->rows, cols = c->cols;

	/* There is more of the text.  */
	if (below > 0) {
		cols -= 8;
		canvas_putf(c, c->rows - 1, cols, 8, ROLE_DIM, "%4d %s",
			    below, c->unicode ? "↓" : "v");
	}
	if (v->on_stage && stage_is_typing(v->stage))
		scene_typing_line(c, c->rows - 1, 0, cols);
	else if (v->on_stage)
		draw_stage_keys(c, cols);
	else
		draw_text_keys(v, c, cols);
}

/* Rows that say what is to be done on the stage.  */
static int
rows_to_do(const struct lesson_view *v)
{
	size_t part = v->running - view_step(v)->part;
	size_t next = part + 1 < v->n_shown ? v->part[part + 1].line
					    : v->text.n;
	int rows = (int)(next - v->part[part].line) - 1;

	return v->stale || rows > ABOVE ? ABOVE : rows < 2 ? 2 : rows;
}

/* How the screen is divided; no stage: rows or cols 0.  */
static void
divide(const struct lesson_view *v, const struct canvas *c,
       struct rect *text, struct rect *stage)
{
	int rows = c->rows - 2, high;

	*text = (struct rect){ 1, 1, rows, c->cols - 2 };
	*stage = (struct rect){ 1, 0, 0, 0 };
	if (!v->stage)
		return;
	if (c->cols >= WIDE) {
		text->cols = c->cols * BESIDE / 100;
		if (text->cols > TEXT_MOST)
			text->cols = TEXT_MOST;
		stage->x = text->cols + 3;
		stage->rows = rows;
		stage->cols = c->cols - stage->x;
		return;
	}
	high = v->on_stage ? rows_to_do(v) : rows / 2;
	if (rows - high - 1 < STAGE_LEAST)
		high = rows - STAGE_LEAST - 1;
	if (high < 3) {
		/* No room for both: one of them has it all.  */
		high = v->on_stage ? -1 : rows;
	}
	text->rows = high > 0 ? high : 0;
	stage->y = high + 2;
	stage->rows = rows - high - 1;
	stage->cols = c->cols;
}

static void
draw_border(const struct lesson_view *v, struct canvas *c,
	    const struct rect *text, const struct rect *stage)
{
	enum role role = v->on_stage ? ROLE_KEY : ROLE_BORDER;

	if (stage->x > 0)
		for (int y = 1; y < c->rows - 1; y++)
			canvas_put(c, y, stage->x - 1, 1, role,
				   glyph(c->unicode, GLYPH_VLINE));
	else if (text->rows > 0 && stage->rows > 0)
		for (int x = 0; x < c->cols; x++)
			canvas_put(c, stage->y - 1, x, 1, role,
				   glyph(c->unicode, GLYPH_HLINE));
}

void
lesson_view_draw(struct lesson_view *v, struct canvas *c)
{
	struct rect text, stage;

	divide(v, c, &text, &stage);
	draw_title(v, c);
	if (text.rows > 0)
		draw_text(v, c, text);
	draw_border(v, c, &text, &stage);
	if (stage.rows > 0)
		stage_draw(v->stage, c, stage, false);
	v->stage_rect = stage;
	draw_bottom(v, c);
}

int
lesson_view_poll(struct lesson_view *v, struct pollfd *fds)
{
	int n = claims_poll(v, fds);

	if (v->stage)
		n += stage_poll(v->stage, fds + n);
	return n;
}

bool
lesson_view_pump(struct lesson_view *v)
{
	bool changed = false;

	if (v->stage)
		changed |= stage_pump(v->stage);
	changed |= experiment_look(v);
	changed |= claims_pump(v);
	return changed;
}

/* As a screen.  */

static void
screen_draw(void *v, struct canvas *c)
{
	lesson_view_draw(v, c);
}

static enum screen_answer
screen_key(void *v, int key)
{
	return lesson_view_key(v, key);
}

static int
screen_polls(void *v, struct pollfd *fds)
{
	return lesson_view_poll(v, fds);
}

static bool
screen_pump(void *v)
{
	return lesson_view_pump(v);
}

static bool
takes_all(void *arg)
{
	struct lesson_view *v = arg;

	return v->on_stage && stage_is_typing(v->stage);
}

struct screen
lesson_screen(struct lesson_view *v)
{
	return (struct screen){
		.arg = v,
		.draw = screen_draw,
		.key = screen_key,
		.poll = screen_polls,
		.pump = screen_pump,
		.takes_all = takes_all,
	};
}
