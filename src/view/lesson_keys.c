/* The keys of the lesson screen.  */
#include "config.h"

#include "view/lesson_inside.h"

#include "base/i18n.h"
#include "term/keys.h"
#include "view/adviser.h"
#include "view/bench_view.h"
#include "view/help.h"
#include "view/home.h"

#include <stdlib.h>
#include <string.h>

static enum screen_answer
say(char *why)
{
	screen_say(why);
	free(why);
	return SCREEN_STAY;
}

/* The question that a digit answers: the open one, else the last.  */
static int
current_question(const struct lesson_view *v)
{
	const struct lesson_step *step = view_step(v);
	int last = -1;

	for (size_t i = 0; i < parts_shown(v); i++)
		if (step->part[i].kind == PART_QUESTION)
			last = (int)i;
	return last;
}

static enum screen_answer
step_by(struct lesson_view *v, int by)
{
	if (by < 0 && v->step == 0)
		return say(xstrdup(_("this is the beginning of the lesson")));
	if (by > 0 && v->step + 1 >= v->lesson->n)
		return say(xstrdup(_("this is the last step; q goes back to "
				     "the list of lessons")));
	if (by > 0 && parts_shown(v) < view_step(v)->n) {
		v->reveal = current_question(v);
		return say(xstrdup(_("the question comes first: press the "
				     "number of an answer")));
	}
	lesson_go(v, v->step + by);
	return SCREEN_STAY;
}

static enum screen_answer
answer(struct lesson_view *v, int digit)
{
	const struct lesson_step *step = view_step(v);
	int part = current_question(v);
	const struct question *q;

	if (part < 0)
		return say(xstrdup(_("there is no question here")));
	q = step->part[part].question;
	if (digit < 1 || digit > (int)q->n)
		return say(xasprintf(_("the answers have the numbers 1 to "
				       "%zu"), q->n));
	v->part[part].answer = digit - 1;
	v->reveal = part;
	progress_answer(v->progress, v->lesson->name, step->id,
			question_number(v, part), digit - 1,
			q->answer[digit - 1].right);
	v->stale = true;
	lesson_look_done(v);
	return SCREEN_STAY;
}

/* Has this part something that Enter opens?  */
static bool
opens(const struct part *part)
{
	return part->kind == PART_EXPERIMENT ||
	       (part->kind == PART_EXHIBIT && exhibit_opens(part->exhibit));
}

/* What Enter opens: the first that can be seen, else the first of the
 * step.  */
static int
experiment_here(const struct lesson_view *v)
{
	const struct lesson_step *step = view_step(v);
	int first = -1;

	for (size_t i = 0; i < parts_shown(v); i++) {
		int line = (int)v->part[i].line;

		if (!opens(&step->part[i]))
			continue;
		if (line >= v->first && line < v->first + v->rows)
			return (int)i;
		if (first < 0)
			first = (int)i;
	}
	return first;
}

static enum screen_answer
open_exhibit(const struct exhibit *e)
{
	return e->kind == EXHIBIT_ADVISER ? adviser_last()
					  : bench_view_last();
}

static enum screen_answer
open_experiment(struct lesson_view *v)
{
	int part = experiment_here(v);
	char *why = NULL;

	if (part < 0)
		return say(xstrdup(_("there is no experiment here")));
	if (view_step(v)->part[part].kind == PART_EXHIBIT)
		return open_exhibit(view_step(v)->part[part].exhibit);
	if (v->running != &view_step(v)->part[part] &&
	    experiment_begin(v, part, &why) < 0)
		return say(why);
	v->on_stage = true;
	/* Above the stage stands what to do.  */
	v->first = (int)v->part[part].line;
	return SCREEN_STAY;
}

static bool
line_has(const struct lesson_view *v, int line)
{
	return strcasestr(v->text.line[line].text, v->sought) != NULL;
}

static enum screen_answer
search_on(struct lesson_view *v)
{
	if (!v->sought)
		return say(xstrdup(_("nothing was searched for yet")));
	for (int i = 1; i <= (int)v->text.n; i++) {
		int line = (v->first + i) % (int)v->text.n;

		if (line_has(v, line)) {
			v->first = line;
			return SCREEN_STAY;
		}
	}
	return say(xasprintf(_("this step has no \"%s\""), v->sought));
}

static enum screen_answer
search(struct lesson_view *v)
{
	const struct ask ask = { .prompt = "/", .history = "search" };
	char *text = screen_ask(&ask);

	if (!text || !*text) {
		free(text);
		return SCREEN_STAY;
	}
	free(v->sought);
	v->sought = text;
	return search_on(v);
}

static enum screen_answer
focus(struct lesson_view *v)
{
	if (!v->stage)
		return open_experiment(v);
	v->on_stage = !v->on_stage;
	if (v->on_stage)
		v->first = (int)v->part[v->running - view_step(v)->part].line;
	return SCREEN_STAY;
}

static void
scroll(struct lesson_view *v, int by)
{
	v->first += by;
	if (v->first > (int)v->text.n - v->rows)
		v->first = (int)v->text.n - v->rows;
	if (v->first < 0)
		v->first = 0;
}

static enum screen_answer
text_key(struct lesson_view *v, int key)
{
	switch (keys_action(SCREEN_LESSON, key)) {
	case ACTION_FORWARD:
	case ACTION_RIGHT:
		return step_by(v, 1);
	case ACTION_BACKWARD:
	case ACTION_LEFT:
		return step_by(v, -1);
	case ACTION_ANSWER:
		return answer(v, key - '0');
	case ACTION_OPEN:
		return open_experiment(v);
	case ACTION_FOCUS:
		return focus(v);
	case ACTION_UP:
		scroll(v, -1);
		break;
	case ACTION_DOWN:
		scroll(v, 1);
		break;
	case ACTION_PAGE_UP:
		scroll(v, -(v->rows - 1));
		break;
	case ACTION_PAGE_DOWN:
		scroll(v, v->rows - 1);
		break;
	case ACTION_FIRST:
		v->first = 0;
		break;
	case ACTION_LAST:
		scroll(v, (int)v->text.n);
		break;
	case ACTION_SEARCH:
		return search(v);
	case ACTION_SEARCH_AGAIN:
		return search_on(v);
	case ACTION_BENCH:
		return bench_view_last();
	case ACTION_ADVISE:
		return adviser_last();
	case ACTION_EXERCISES:
		return home_exercises_run(v->lesson, v->progress);
	case ACTION_HELP:
		return help_run(SCREEN_LESSON, _("a lesson"));
	case ACTION_CLOSE:
		return SCREEN_UP;
	case ACTION_LEAVE:
		return SCREEN_LEAVE;
	default:
		break;
	}
	return SCREEN_STAY;
}

static bool
clicked_stage(const struct lesson_view *v)
{
	const struct rect *r = &v->stage_rect;

	return keys_mouse.y >= r->y && keys_mouse.y < r->y + r->rows &&
	       keys_mouse.x >= r->x && keys_mouse.x < r->x + r->cols;
}

static enum screen_answer
stage_takes(struct lesson_view *v, int key)
{
	enum screen_answer answer;

	if (!stage_is_typing(v->stage) &&
	    keys_action(SCREEN_LESSON, key) == ACTION_FOCUS)
		return focus(v);
	answer = stage_key(v->stage, key);
	/* q on the stage leads back to the text.  */
	if (answer == SCREEN_UP) {
		v->on_stage = false;
		return SCREEN_STAY;
	}
	return answer;
}

enum screen_answer
lesson_view_key(struct lesson_view *v, int key)
{
	enum screen_answer answer;

	if (key == KEYS_WHEEL_UP || key == KEYS_WHEEL_DOWN) {
		scroll(v, key == KEYS_WHEEL_UP ? -3 : 3);
		return SCREEN_STAY;
	}
	if (key == KEYS_CLICK && v->stage)
		v->on_stage = clicked_stage(v);
	answer = v->on_stage ? stage_takes(v, key) : text_key(v, key);
	claims_pump(v);
	if (answer == SCREEN_STAY && progress_is_kept(v->progress) == false) {
		const char *said = progress_trouble(v->progress);

		if (said)
			screen_say(said);
	}
	return answer;
}
