/* What the keys of the exercise screen do; opening it.  */
#include "config.h"

#include "view/exercise_inside.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "exercise/answers.h"
#include "exercise/catalogue.h"
#include "exercise/lay.h"
#include "exercise/workspace.h"
#include "term/keys.h"
#include "view/editor.h"
#include "view/help.h"
#include "view/homework.h"

#include <stdlib.h>
#include <string.h>

enum screen_answer
exercise_say(char *why)
{
	screen_say(why);
	free(why);
	return SCREEN_STAY;
}

static enum screen_answer
edit(struct exercise_view *v)
{
	const struct yaml_texts *files = &v->config.exercise->files;
	char *path, *why = NULL;
	bool changed = false;

	if (!files->n)
		return exercise_say(xstrdup(_("there is nothing to edit")));
	path = xasprintf("%s/%s", v->folder, files->text[0].text);
	if (editor_run(path, 0, &changed, &why) < 0)
		exercise_say(why);
	else if (changed)
		v->page = PAGE_WORK;
	free(path);
	return SCREEN_STAY;
}

static enum screen_answer
check(struct exercise_view *v)
{
	practice_check(v->practice);
	v->page = PAGE_WORK;
	v->at[PAGE_WORK].first = 0;
	return SCREEN_STAY;
}

static enum screen_answer
hint(struct exercise_view *v)
{
	const char *cost = v->config.hint_cost;
	int n = exercise_hints_count(v);

	if (v->state.hints >= n)
		return exercise_say(xstrdup(_("there are no more hints now")));
	if (cost) {
		char *prompt = xasprintf(_("%s. Read it (y/n)? "), cost);
		char *sure = screen_ask(&(struct ask){ .prompt = prompt });
		bool yes = sure && strcmp(sure, "y") == 0;

		free(prompt);
		free(sure);
		if (!yes)
			return SCREEN_STAY;
	}
	v->state.hints++;
	progress_exercise_hints(v->config.progress, v->key, v->state.hints);
	v->page = PAGE_WORK;
	v->stale = true;
	/* Hints stand behind the conditions.  */
	v->at[PAGE_WORK].first = (int)v->at[PAGE_WORK].text.n;
	return SCREEN_STAY;
}

static enum screen_answer
solution(struct exercise_view *v)
{
	if (!v->state.passed)
		return exercise_say(xstrdup(_("a solution is shown once yours has "
				     "passed")));
	v->solution = !v->solution;
	/* It stands behind all else.  */
	if (v->solution)
		v->at[PAGE_WORK].first = (int)v->at[PAGE_WORK].text.n;
	v->page = PAGE_WORK;
	v->stale = true;
	return SCREEN_STAY;
}

static enum screen_answer
reset(struct exercise_view *v)
{
	char *sure = screen_ask(&(struct ask){
		.prompt = _("Begin anew? Your files go to *.before (y/n): ") });
	char *why = NULL;

	if (sure && strcmp(sure, "y") == 0) {
		if (workspace_reset(v->config.exercise, v->folder, &why) < 0)
			exercise_say(why);
		else
			screen_say(_("it is as at the beginning; what you had "
				     "is in *.before"));
	}
	free(sure);
	return SCREEN_STAY;
}

static enum screen_answer
turn_page(struct exercise_view *v)
{
	v->page = v->page == PAGE_TASK ? PAGE_WORK : PAGE_TASK;
	return SCREEN_STAY;
}

static enum screen_answer
play(struct exercise_view *v)
{
	if (v->config.exercise->mode.value != EXERCISE_SCHEDULE)
		return exercise_say(xstrdup(_("the program is yours here: e "
					      "edits it, Enter shows a run "
					      "that fails")));
	return exercise_play(v);
}

static const struct {
	enum action action;
	enum screen_answer (*run)(struct exercise_view *v);
} does[] = {
	{ ACTION_EDIT, edit }, { ACTION_CHECK, check }, { ACTION_HINT, hint },
	{ ACTION_SOLUTION, solution }, { ACTION_RESET, reset },
	{ ACTION_OPEN, exercise_open_failure }, { ACTION_PAGE, turn_page }, { ACTION_PLAY, play },
};

/* The next question, or the one before.  */
static enum screen_answer
move_question(struct exercise_view *v, int by)
{
	int n = (int)v->config.exercise->questions.n;

	if (!n)
		return SCREEN_IGNORED;
	v->question = (v->question + by + n) % n;
	v->page = PAGE_WORK;
	v->stale = true;
	return SCREEN_STAY;
}

static enum screen_answer
answer(struct exercise_view *v, int digit)
{
	const struct exercise_question *q = exercise_question(
		v->config.exercise, (size_t)v->question);
	struct buf text = BUF_INIT;
	char *path, *why = NULL;

	if (!q)
		return SCREEN_IGNORED;
	if (digit < 1 || digit > (int)q->answers.n)
		return exercise_say(xasprintf(
			_("the answers have the numbers 1 to %zu"),
			q->answers.n));
	v->answers[v->question] = digit;
	v->unjudged = v->question + 1;
	answers_write(&text, v->config.exercise, v->answers);
	path = xasprintf("%s/%s", v->folder, ANSWERS_FILE);
	v->page = PAGE_WORK;
	v->stale = true;
	if (save_file(path, text.data, text.len, &why) < 0)
		exercise_say(why);
	free(path);
	buf_release(&text);
	return SCREEN_STAY;
}

enum screen_answer
exercise_do(struct exercise_view *v, enum action action, int key)
{
	for (size_t i = 0; i < ARRAY_SIZE(does); i++)
		if (does[i].action == action)
			return does[i].run(v);
	switch (action) {
	case ACTION_ANSWER:
		return answer(v, key - '0');
	case ACTION_LEFT:
		return move_question(v, -1);
	case ACTION_RIGHT:
		return move_question(v, 1);
	case ACTION_HELP:
		return help_run(SCREEN_EXERCISE, _("an exercise"));
	case ACTION_CLOSE:
		return SCREEN_UP;
	case ACTION_LEAVE:
		return SCREEN_LEAVE;
	default:
		return SCREEN_IGNORED;
	}
}

/* ---- as a screen ---- */
static void
screen_draw(void *arg, struct canvas *c)
{
	exercise_view_draw(arg, c);
}

static enum screen_answer
screen_key(void *arg, int key)
{
	return exercise_view_key(arg, key);
}

static int
screen_polls(void *arg, struct pollfd *fds)
{
	return exercise_view_poll(arg, fds);
}

static bool
screen_pump(void *arg)
{
	return exercise_view_pump(arg);
}

static enum screen_answer
run(const struct exercise_view_config *c)
{
	struct exercise_view *v = exercise_view_new(c);
	struct screen s = {
		.arg = v,
		.draw = screen_draw,
		.key = screen_key,
		.poll = screen_polls,
		.pump = screen_pump,
	};
	enum screen_answer answer = screen_run(&s);

	exercise_view_free(v);
	return answer == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}

/* Where the learner works on it: a full path, the caller's.  */
static char *
workspace_of(const struct exercise *e, const char *named, struct progress *p)
{
	struct progress_exercise before;
	char *at, *whole;

	progress_exercise(p, e->name, &before);
	if (named) {
		whole = realpath(named, NULL);
		return whole ? whole : xstrdup(named);
	}
	if (before.begun)
		return xstrdup(before.folder);
	at = xasprintf("exercises/%s", e->name);
	whole = path_user(at);
	free(at);
	return whole;
}

static int
begin(const struct exercise *e, const char *folder, char **why)
{
	char *above = xstrdup(folder), *slash = strrchr(above, '/');
	int ret = 0;

	if (slash && slash != above) {
		*slash = '\0';
		ret = path_make_folder(above, why);
	}
	free(above);
	if (ret == 0)
		ret = workspace_start(e, folder, why);
	if (ret == 0 && e->mode.value == EXERCISE_SCHEDULE)
		ret = lay_programs(e, folder, why);
	return ret;
}

enum screen_answer
exercise_view_run(const char *folder, const char *workspace,
		  struct progress *p)
{
	struct problems problems = PROBLEMS_INIT;
	char *language = exercise_language(folder), *at = NULL, *why = NULL;
	char *cost = NULL;
	enum screen_answer answer = SCREEN_STAY;
	struct buf said = BUF_INIT;
	struct exercise e;

	if (exercise_load(&e, folder, language, &problems) < 0) {
		problems_write(&problems, &said);
		exercise_say(xstrndup(buf_str(&said), strcspn(buf_str(&said), "\n")));
	} else {
		at = workspace_of(&e, workspace, p);
		cost = homework_hint_cost(p, e.name);
		if (begin(&e, at, &why) < 0)
			exercise_say(why);
		else
			answer = run(&(struct exercise_view_config){
				.exercise = &e, .language = language,
				.folder = at, .key = e.name,
				.hint_cost = cost, .progress = p });
	}
	buf_release(&said);
	problems_release(&problems);
	exercise_release(&e);
	free(language);
	free(cost);
	free(at);
	return answer;
}
