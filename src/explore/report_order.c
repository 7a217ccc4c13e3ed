/*
 * Of what was done in the step that decided the run, and something that
 * depends on it, which came first?
 *
 * What is told beside it is something that another actor did to the same
 * thing, which came first in a run that passes; where that shows none, what
 * comes behind in this run.
 */
#include "config.h"

#include "base/i18n.h"
#include "event/names.h"
#include "explore/report_inside.h"
#include "schedule/dependency.h"

#include <string.h>

enum tie {
	TIE_NONE,
	TIE_ASIDE,	/* by what most steps do in passing */
	TIE_SAME,	/* both are about the same thing */
};

/* What goes with many a step, whatever it is there for.  */
static bool
is_aside(enum act act)
{
	static const enum act aside[] = {
		ACT_SIGNAL_REACH, ACT_SIGNAL_LOST, ACT_EXIT, ACT_EXIT_GROUP,
		ACT_WAIT, ACT_PROCESS_CONTROL, ACT_FD_USE, ACT_FD_CHANGE,
		ACT_OUTPUT, ACT_CLOCK, ACT_UNKNOWN,
	};

	for (size_t i = 0; i < ARRAY_SIZE(aside); i++)
		if (aside[i] == act)
			return true;
	return false;
}

static bool
is_access(const struct operation *o)
{
	return o->n && (o->touch[0].act == ACT_LOAD ||
			o->touch[0].act == ACT_STORE ||
			o->touch[0].act == ACT_RMW);
}

/* Any touch of the one may meet any of the other: two that share a file
 * offset do so beside the file.  */
static enum tie
tie_of(const struct operation *a, const struct operation *b)
{
	if (dependence(a, b) != DEPENDS)
		return TIE_NONE;
	for (int i = 0; i < a->n; i++)
		for (int j = 0; j < b->n; j++) {
			const struct touch *s = &a->touch[i];
			const struct touch *t = &b->touch[j];

			if (s->object == t->object && !is_aside(s->act) &&
			    !is_aside(t->act) &&
			    act_dependence(s, t) == DEPENDS)
				return TIE_SAME;
		}
	return is_access(a) || is_access(b) ? TIE_NONE : TIE_ASIDE;
}

/* The first later step of another actor that is tied so to this one, 0.  */
static uint64_t
step_behind(const struct report *r, uint64_t step, enum tie tie)
{
	const struct step_made *s = &r->step[step - 1];

	for (uint64_t i = step + 1; i <= r->n_steps; i++) {
		const struct step_made *o = &r->step[i - 1];

		if (o->actor != s->actor && tie_of(&s->op, &o->op) == tie &&
		    report_row(r, i))
			return i;
	}
	return 0;
}

static bool
is_same_deed(const struct row *a, const struct row *b)
{
	return a->actor == b->actor && strcmp(a->call, b->call) == 0 &&
	       a->deed == b->deed && strcmp(a->on, b->on) == 0 &&
	       strcmp(a->source, b->source) == 0;
}

/* In which step was the same done by the same actor, from this one on and before
 * that (0: in none)?  */
static uint64_t
step_from(const struct report *r, const struct row *row, uint64_t from,
	  uint64_t before)
{
	for (uint64_t i = from; i < before && i <= r->n_steps; i++) {
		const struct row *other = report_row(r, i);

		if (other && is_same_deed(other, row))
			return i;
	}
	return 0;
}

/* How often was it done before this step?  */
static int
times_before(const struct report *r, const struct row *row, uint64_t before)
{
	int times = 0;

	for (uint64_t i = 1; (i = step_from(r, row, i, before)); i++)
		times++;
	return times;
}

/* What comes first before this deed, in step there of the run that passes, and
 * did not here.  again: though it did there more often than here.  */
static const struct row *
row_missing(const struct report *r, uint64_t step,
	    const struct report *passing, uint64_t there, bool again)
{
	const struct row *row = report_row(r, step);

	for (uint64_t i = 1; i < there; i++) {
		const struct step_made *s = &passing->step[i - 1];
		const struct row *other = report_row(passing, i);
		int times;

		if (!other || s->actor == row->actor ||
		    tie_of(&s->op, &passing->step[there - 1].op) != TIE_SAME)
			continue;
		times = times_before(r, other, step);
		if (times == 0 || (again &&
				   times_before(passing, other, i) >= times))
			return other;
	}
	return NULL;
}

/* The step of the run that passes in which was done as often what was done in
 * this one here, 0.  */
static uint64_t
step_alike(const struct report *r, uint64_t step,
	   const struct report *passing)
{
	const struct row *row = report_row(r, step);
	int times = times_before(r, row, step);

	for (uint64_t i = 1; (i = step_from(passing, row, i, UINT64_MAX)); i++)
		if (times-- == 0)
			return i;
	return 0;
}

/* Its end is told already, with why.  */
static bool
is_crash(const struct report *r, const struct row *row)
{
	return row->actor == r->crash.actor && row->what != WHAT_CALL &&
	       strcmp(row->call, signal_name(r->crash.signal)) == 0;
}

/* A signal that came before somebody slept does not wake him.  */
static const struct row *
sleep_behind(const struct report *r, const struct row *row)
{
	for (const struct row *i = row; i < r->row + r->n_rows; i++)
		if (i->actor == row->actor && i->waits)
			return i;
	return NULL;
}

/* Nobody is before or behind the birth of an actor, and of a fault that was
 * put in the picture says what it was.  */
static bool
says_nothing(const struct report *r, const struct row *row)
{
	static const char *const births[] = {
		"fork", "vfork", "clone", "clone3", "pthread_create",
	};
	bool fails = strncmp(row->result, "= E", 3) == 0;

	for (size_t i = 0; i < ARRAY_SIZE(births); i++)
		if (strcmp(row->call, births[i]) == 0)
			return true;
	return is_crash(r, row) || (row->fault && !fails);
}

/* What comes behind it here, NULL.  What only goes along with other steps has
 * no part in a crash that was before it.  */
static const struct row *
row_later(const struct report *r, uint64_t step)
{
	uint64_t behind = step_behind(r, step, TIE_SAME);

	if (!behind) {
		behind = step_behind(r, step, TIE_ASIDE);
		if (r->crash.actor >= 0 && behind > r->crash.step)
			behind = 0;
	}
	return behind ? report_row(r, behind) : NULL;
}

/* What the deed of this step came before, NULL.  What a run that passes has
 * the other way round says most.  *again: for another time.  */
static const struct row *
row_behind(const struct report *r, uint64_t step, const struct report *passing,
	   bool *again)
{
	const struct row *first = report_row(r, step), *then = NULL;
	uint64_t there;

	*again = false;
	if (first->what == WHAT_SIGNAL)
		then = sleep_behind(r, first);
	if (!then && passing) {
		there = step_from(passing, first, 1, UINT64_MAX);
		then = row_missing(r, step, passing, there, false);
	}
	if (!then && passing && times_before(r, first, step) > 0) {
		there = step_alike(r, step, passing);
		then = row_missing(r, step, passing, there, true);
		*again = then;
	}
	return then ? then : row_later(r, step);
}

bool
report_order(const struct report *r, uint64_t step,
	     const struct report *passing, struct buf *out)
{
	const struct row *first = report_row(r, step), *then;
	bool again;

	if (!first || says_nothing(r, first))
		return false;
	then = row_behind(r, step, passing, &again);
	report_deed(r, first, out);
	if (again)
		buf_adds(out, _(" again"));
	if (then) {
		buf_adds(out, _(" before "));
		report_deed(r, then, out);
	}
	if (again && times_before(r, then, step) > 0)
		buf_adds(out, _(" again"));
	return then;
}
