/* What is asked for while a step, or a run made anew, is under way.  */
#include "config.h"

#include "view/stage_inside.h"

#include "condition/condition.h"

#include <stdlib.h>
#include <string.h>

static bool
is_busy(const struct stage *st)
{
	return session_state(st->session) == SESSION_BUSY;
}

void
stage_wait_for_nothing(struct stage *st)
{
	st->n_waiting = 0;
	free(st->waiting_line);
	st->waiting_line = NULL;
}

bool
stage_wait_key(struct stage *st, enum action action, int key)
{
	if (!is_busy(st))
		return false;
	if (action != ACTION_NEXT && action != ACTION_GO_CHOSEN &&
	    (action < ACTION_GO_1 || action > ACTION_GO_9)) {
		stage_wait_for_nothing(st);
		return false;
	}
	if (st->n_waiting < (int)ARRAY_SIZE(st->waiting))
		st->waiting[st->n_waiting++] = key;
	return true;
}

int
stage_wait_line(struct stage *st, const char *line, const char *condition,
		char **why)
{
	struct condition *c;

	if (!is_busy(st))
		return 0;
	if (condition) {
		c = condition_parse(condition, why);
		if (!c)
			return -1;
		condition_free(c);
	}
	stage_wait_for_nothing(st);
	st->waiting_line = xstrdup(line);
	return 1;
}

static void
run_line(struct stage *st)
{
	enum screen_answer answer = SCREEN_STAY;
	char *line = st->waiting_line, *why = NULL;

	st->waiting_line = NULL;
	if (stage_command(st, line, &answer, &why) < 0)
		stage_refuse(st, why);
	free(line);
}

bool
stage_wait_over(struct stage *st)
{
	int key;

	if (is_busy(st) || (!st->waiting_line && !st->n_waiting))
		return false;
	if (st->waiting_line) {
		run_line(st);
		return true;
	}
	key = st->waiting[0];
	st->n_waiting--;
	memmove(st->waiting, st->waiting + 1,
		st->n_waiting * sizeof(*st->waiting));
	stage_key(st, key);
	return true;
}
