/*
 * Mode predict: the program is run, and the answer whose condition is true
 * then is right.  No answer is marked as right anywhere, so none can be wrong
 * there.
 */
#include "config.h"

#include "base/i18n.h"
#include "exercise/answers.h"
#include "exercise/judge_staged_inside.h"

#include <string.h>

static void
list(const struct exercise *e, struct result *r)
{
	const struct exercise_question *q;

	for (size_t i = 0; (q = exercise_question(e, i)); i++)
		staged_add(r, q->id.text, q->ask.text, q->points.value);
}

static int
read_answers(struct staged *t, const char *text, size_t n, char **why)
{
	t->answers = answers_read(t->exercise, text, n, why);
	return t->answers ? 0 : -1;
}

static bool
program(const struct staged *t, struct staged_program *p)
{
	const struct exercise_question *q = exercise_question(t->exercise,
							      t->at);

	*p = (struct staged_program){ &q->program, &q->args, {
		.cast = q->cast.text, .plan = q->schedule.text,
		.until = q->until.text,
	} };
	return t->answers[t->at] > 0;
}

/* Which answers are true in this world?  The last of them, from 1, and how
 * many there are.  */
static size_t
find_true(const struct exercise_question *q, const struct world *w, size_t *n)
{
	const struct exercise_answer *answer = q->answers.at;
	size_t found = 0;

	*n = 0;
	for (size_t i = 0; i < q->answers.n; i++) {
		struct condition *c = condition_parse(answer[i].holds.text,
						      NULL);

		if (c && condition_eval(c, w) == IS_TRUE) {
			found = i + 1;
			++*n;
		}
		condition_free(c);
	}
	return found;
}

/* Did the run come to where it is looked at?  */
static bool
arrived(const struct exercise_question *q, enum rehearsal_state state)
{
	return q->until.text ? state == REHEARSAL_REACHED
			     : state == REHEARSAL_ENDED ||
			       state == REHEARSAL_STILL;
}

static void
compare(struct staged *t, const struct exercise_question *q, size_t right,
	struct result_check *to)
{
	size_t said = (size_t)t->answers[t->at];
	const struct exercise_answer *answer = q->answers.at;

	if (answer[said - 1].why.text)
		to->says = xstrdup(answer[said - 1].why.text);
	if (said == right) {
		to->verdict = GRADE_ACCEPT;
		return;
	}
	to->verdict = GRADE_WRONG;
	to->message = xasprintf(_("the program was run, and this is not what "
				  "happened: %s"), answer[said - 1].text.text);
	staged_keep(t, to);
}

static void
take(struct staged *t, struct result_check *to)
{
	const struct exercise_question *q = exercise_question(t->exercise,
							      t->at);
	enum rehearsal_state state;
	size_t right, n;

	if (!t->rehearsal) {
		to->verdict = GRADE_WRONG;
		to->message = xstrdup(_("not answered yet"));
		return;
	}
	state = rehearsal_advance(t->rehearsal);
	if (!arrived(q, state)) {
		staged_blame(to, _("the exercise is at fault: the run does not "
				   "come to where the question is decided "
				   "(%s)"), rehearsal_why(t->rehearsal) ?
			     rehearsal_why(t->rehearsal) : q->until.text);
		return;
	}
	right = find_true(q, session_world(rehearsal_session(t->rehearsal)),
			  &n);
	if (n == 1)
		compare(t, q, right, to);
	else
		staged_blame(to, _("the exercise is at fault: %zu of its %zu "
				   "answers are true"), n, q->answers.n);
}

const struct staged_mode staged_predict = { list, read_answers, program, take };
