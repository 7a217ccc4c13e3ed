/* What is asked for while a step, or a run made anew, is under way.  */
#include "config.h"

#include "view/stage_inside.h"

#include "base/i18n.h"
#include "condition/condition.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool
is_busy(const struct stage *st)
{
	return session_state(st->session) == SESSION_BUSY;
}

void
stage_wait_for_nothing(struct stage *st)
{
	while (st->n_waiting > 0)
		free(st->waiting[--st->n_waiting].line);
}

static bool
is_step(enum action action)
{
	return action == ACTION_NEXT || action == ACTION_GO_CHOSEN ||
	       (action >= ACTION_GO_1 && action <= ACTION_GO_9);
}

static bool
is_way(enum action action)
{
	return action == ACTION_LAST || action == ACTION_PAGE_UP ||
	       action == ACTION_PAGE_DOWN;
}

/* There is nothing yet for it to hold: it lets run.  */
static bool
is_run(const struct stage *st, enum action action)
{
	return action == ACTION_RUN && !session_can_pause(st->session);
}

/* It changes what waits: true, that was all.  */
static bool
takes_back(struct stage *st, enum action action)
{
	if (action == ACTION_BACK && st->n_waiting > 0) {
		free(st->waiting[--st->n_waiting].line);
		return true;
	}
	if (action == ACTION_FIRST || action == ACTION_CANCEL ||
	    action == ACTION_RUN)
		stage_wait_for_nothing(st);
	return false;
}

/* The line is ours from now on.  */
static int
add(struct stage *st, int key, char *line, char **why)
{
	if (st->n_waiting == (int)ARRAY_SIZE(st->waiting)) {
		free(line);
		return fail(why, _("too much was typed ahead"));
	}
	st->waiting[st->n_waiting].key = key;
	st->waiting[st->n_waiting++].line = line;
	return 0;
}

bool
stage_wait_key(struct stage *st, enum action action, int key)
{
	char *why = NULL;

	if (!is_busy(st))
		return false;
	if (!is_step(action) && !is_run(st, action) &&
	    !(is_way(action) && st->n_waiting > 0))
		return takes_back(st, action);
	if (add(st, key, NULL, &why) < 0)
		stage_refuse(st, why);
	return true;
}

int
stage_wait_line(struct stage *st, const char *line, const char *condition,
		bool always, char **why)
{
	struct condition *c;

	if (!is_busy(st) || (!always && st->n_waiting == 0))
		return 0;
	if (condition) {
		c = condition_parse(condition, why);
		if (!c)
			return -1;
		condition_free(c);
	}
	if (add(st, 0, xstrdup(line), why) < 0)
		return -1;
	stage_say(st, _("that comes when this step is made; Esc takes it "
			"back"));
	return 1;
}

static void
run_line(struct stage *st, const char *line)
{
	enum screen_answer answer = SCREEN_STAY;
	char *why = NULL;

	stage_say(st, NULL);
	if (stage_command(st, line, &answer, &why) < 0)
		stage_refuse(st, why);
}

/* Not to the program, where the learner types to it by now.  */
static void
press(struct stage *st, int key)
{
	bool typing = st->typing;

	st->typing = false;
	stage_key(st, key);
	st->typing = typing;
}

/* They go on until one of them takes its time.  */
bool
stage_wait_over(struct stage *st)
{
	bool any = false;

	while (st->n_waiting > 0 && !is_busy(st)) {
		struct stage_waiting first = st->waiting[0];

		memmove(st->waiting, st->waiting + 1,
			--st->n_waiting * sizeof(*st->waiting));
		if (first.line)
			run_line(st, first.line);
		else
			press(st, first.key);
		free(first.line);
		any = true;
	}
	return any;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

void
stage_settle(struct stage *st, int ms)
{
	struct pollfd fds[SCREEN_POLLS_MAX];
	int64_t end = now_ms() + ms, left = ms;

	while (st->session && is_busy(st) && left > 0) {
		poll(fds, (nfds_t)stage_poll(st, fds), (int)left);
		stage_pump(st);
		left = end - now_ms();
	}
}
