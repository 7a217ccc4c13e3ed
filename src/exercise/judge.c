/*
 * Judging a submission, one step after the other: build; then each check, case
 * by case; then the sums.
 *
 * Cases are begun in their order, several at once where there are processors
 * for them, and what came of them is taken in the same order: the result is
 * the one that it would be one after the other.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/processors.h"
#include "exercise/judge_inside.h"
#include "exercise/judge_staged.h"
#include "explore/config_copy.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { AT_ONCE_MAX = 16 };

struct judge {
	const struct exercise *exercise;
	const struct submission *submission;
	struct judge_options options;
	struct build *build;
	struct trial *trial[AT_ONCE_MAX];	/* under way, in their order */
	size_t n_trials, at_once;	/* ... and at most */
	struct trial slot[AT_ONCE_MAX];	/* where they are: others point into
					   them; case 0: it is free */
	int jobs;			/* of one that makes many runs */
	struct staged *staged;		/* predict, schedule; else NULL */
	size_t check;			/* the one that is begun next */
	int number;			/* ... its case, from 0 */
	bool *wanted;			/* by check */
	bool over;
	int64_t began_ms, built_ms;
	struct result result;
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static struct result_check *
result_of(struct judge *j, const struct exercise_check *c)
{
	for (size_t i = 0; i < j->result.n_checks; i++)
		if (strcmp(j->result.check[i].id, c->id.text) == 0)
			return &j->result.check[i];
	return NULL;
}

/* The sums, and the verdict of the whole.  */
static void
finish(struct judge *j)
{
	struct result *r = &j->result;

	r->verdict = r->build;
	for (size_t i = 0; i < r->n_checks; i++) {
		struct result_check *c = &r->check[i];

		c->points = c->verdict == GRADE_ACCEPT ? c->maximum : 0;
		r->score += c->points;
		r->maximum += c->maximum;
		if (r->verdict == GRADE_ACCEPT)
			r->verdict = c->verdict;
		if (c->verdict == GRADE_INTERNAL)
			r->gradable = false;
	}
	if (r->build == GRADE_INTERNAL)
		r->gradable = false;
	r->total_ms = now_ms() - j->began_ms;
	r->check_ms = j->built_ms ? now_ms() - j->built_ms : 0;
	j->over = true;
}

/* ---- the checks ---- */

/* What it needs that did not pass; NULL: nothing.  */
static const char *
lacks(struct judge *j, const struct exercise_check *c)
{
	for (size_t k = 0; k < c->needs.n; k++)
		for (size_t i = 0; i < j->result.n_checks; i++) {
			const struct result_check *it = &j->result.check[i];

			if (strcmp(it->id, c->needs.text[k].text) == 0 &&
			    it->verdict != GRADE_ACCEPT)
				return it->title;
		}
	return NULL;
}

/* ---- those that are under way ---- */

/* What it lacks is not known yet.  */
static bool
needs_wait(const struct judge *j, const struct exercise_check *c)
{
	for (size_t i = 0; i < j->n_trials; i++) {
		const char *id = exercise_check(j->exercise,
						j->trial[i]->check)->id.text;

		for (size_t k = 0; k < c->needs.n; k++)
			if (strcmp(c->needs.text[k].text, id) == 0)
				return true;
	}
	return false;
}

/* The i-th: it was taken, or nobody wants to know.  */
static void
drop(struct judge *j, size_t i)
{
	trial_end(j->trial[i]);
	j->n_trials--;
	memmove(&j->trial[i], &j->trial[i + 1],
		(j->n_trials - i) * sizeof(*j->trial));
}

static void
drop_all(struct judge *j)
{
	while (j->n_trials > 0)
		drop(j, j->n_trials - 1);
}

static void
finish_early(struct judge *j)
{
	drop_all(j);
	finish(j);
}

static int
free_slot(const struct judge *j)
{
	int i = 0;

	while (j->slot[i].number)
		i++;
	return i;
}

/* The case that is next.  0; or -1 with *why.  */
static int
begin_trial(struct judge *j, char **why)
{
	struct judge_options o = j->options;
	int place = free_slot(j);
	struct trial *t = &j->slot[place];

	*t = (struct trial){ .check = j->check, .number = j->number + 1 };
	o.jobs = exercise_check(j->exercise, j->check)->explore.line ? j->jobs
								     : 1;
	if (o.place || j->at_once > 1)
		o.place = (o.place ? o.place : 1) + place * j->jobs;
	if (trial_begin(t, j->exercise, build_result(j->build), &o, why) < 0) {
		trial_end(t);
		return -1;
	}
	j->trial[j->n_trials++] = t;
	return 0;
}

/* ---- one step after the other ---- */
static void
next_check(struct judge *j)
{
	j->check++;
	j->number = 0;
}

static void
next_case(struct judge *j, const struct exercise_check *c)
{
	if (++j->number == c->cases.value)
		next_check(j);
}

static void
fault(struct judge *j, struct result_check *to, char *why)
{
	to->verdict = GRADE_INTERNAL;
	free(to->message);
	to->message = why ? why : xstrdup(_("it could not be made"));
	next_check(j);
}

/* A check that lacks nothing, now that all before it are over.  */
static bool
may_be_made(struct judge *j, const struct exercise_check *c,
	    struct result_check *to)
{
	const char *lack = lacks(j, c);

	if (lack)
		to->message = xasprintf(_("not made, since this did not "
					  "pass: %s"), lack);
	return !lack;
}

/* Begin the next case, or pass over a check.  False: not now.  Where there is
 * room a case is begun before those are over that its check needs.  What could
 * not be begun beside others is tried again alone.  */
static bool
step(struct judge *j, const struct exercise_check *c)
{
	struct result_check *to = j->wanted[j->check] ? result_of(j, c) : NULL;
	char *why = NULL;

	if (!to || (j->number == 0 && !needs_wait(j, c) &&
		    !may_be_made(j, c, to))) {
		next_check(j);
	} else if (begin_trial(j, &why) == 0) {
		next_case(j, c);
	} else if (j->n_trials > 0) {
		free(why);
		return false;
	} else {
		fault(j, to, why);
	}
	return true;
}

/* As far as it goes, until enough are under way.  */
static void
go_on(struct judge *j)
{
	const struct exercise_check *c;

	while (j->n_trials < j->at_once &&
	       (c = exercise_check(j->exercise, j->check)) && step(j, c))
		;
	if (j->n_trials == 0)
		finish(j);
}

/* The same where the exercise's own program is run.  */
static void
go_on_staged(struct judge *j)
{
	while (j->check < j->result.n_checks) {
		if (staged_begin(j->staged, j->check, build_result(j->build)))
			return;
		staged_take(j->staged, &j->result.check[j->check++]);
	}
	finish(j);
}

static void
take_staged(struct judge *j)
{
	if (rehearsal_advance(staged_run(j->staged)) == REHEARSAL_RUNS)
		return;
	staged_take(j->staged, &j->result.check[j->check++]);
	go_on_staged(j);
}

static void
take_build(struct judge *j)
{
	const struct built *b = build_result(j->build);
	struct result *r = &j->result;

	if (!b)
		return;
	r->build = b->verdict;
	r->build_message = copy_or_null(b->message);
	r->diagnostics = copy_or_null(b->diagnostics);
	r->compile_ms = b->ms;
	j->built_ms = now_ms();
	if (b->verdict != GRADE_ACCEPT)
		finish(j);
	else if (j->staged)
		go_on_staged(j);
	else
		go_on(j);
}

static void
take_refused(struct judge *j, const struct trial *t)
{
	const struct explore_result *r = explore_result(t->explore);
	const struct exercise_check *c = exercise_check(j->exercise, t->check);

	if (r->failure.refused)
		forbidden_take(r->failure.refused, c->id.text, &j->result);
}

/* The other cases of a check that failed are not made.  */
static void
drop_check(struct judge *j, size_t check)
{
	while (j->n_trials > 0 && j->trial[0]->check == check)
		drop(j, 0);
	if (j->check == check)
		next_check(j);
}

/* The first that is under way is over.  True: it passed.  */
static bool
take_first(struct judge *j)
{
	struct trial *t = j->trial[0];
	size_t check = t->check;
	bool passed = trial_take(t, j->exercise,
		result_of(j, exercise_check(j->exercise, check)));

	take_refused(j, t);
	drop(j, 0);
	if (!passed)
		drop_check(j, check);
	return passed;
}

/* The first that is under way was begun too early, as is known by now.  */
static bool
was_in_vain(struct judge *j)
{
	const struct trial *t = j->trial[0];
	const struct exercise_check *c = exercise_check(j->exercise, t->check);

	if (t->number > 1 || may_be_made(j, c, result_of(j, c)))
		return false;
	drop_check(j, t->check);
	return true;
}

static void
take_trials(struct judge *j)
{
	while (j->n_trials > 0) {
		if (was_in_vain(j))
			continue;
		if (!explore_is_over(j->trial[0]->explore))
			break;
		if (!take_first(j) && j->options.first_failure) {
			finish_early(j);
			return;
		}
	}
	go_on(j);
}

/* -1: what was handed in makes no sense, and it is over.  */
static int
read_staged(struct judge *j)
{
	char *why = NULL;

	j->staged = staged_open(j->exercise, j->submission, &why);
	if (j->staged)
		return 0;
	j->result.build = GRADE_REJECT;
	j->result.build_message = result_text(why, strlen(why), 2000);
	free(why);
	finish(j);
	return -1;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Cases first: each has a process of its own to begin with.  What is left of
 * the processors is shared out among those that make many runs.  */
static void
share_processors(struct judge *j)
{
	size_t cases = 0, searches = 0, jobs;
	const struct exercise_check *c;

	if (j->options.jobs == 0)
		j->options.jobs = processors_count();
	for (size_t i = 0; (c = exercise_check(j->exercise, i)); i++) {
		cases += j->wanted[i] ? (size_t)c->cases.value : 0;
		searches += j->wanted[i] && c->explore.line;
	}
	jobs = (size_t)j->options.jobs;
	j->at_once = least(least(jobs, AT_ONCE_MAX), cases ? cases : 1);
	j->jobs = (int)(jobs / least(j->at_once, searches ? searches : 1));
}

struct judge *
judge_start(const struct exercise *e, const struct submission *s,
	    const struct judge_options *o, char **why)
{
	struct judge *j = xcalloc(1, sizeof(*j));

	j->exercise = e;
	j->submission = s;
	j->options = *o;
	j->began_ms = now_ms();
	j->wanted = judge_wanted(e, o);
	share_processors(j);
	judge_describe(&j->result, e, s, o, j->wanted);
	if (staged_is(e) && read_staged(j) < 0)
		return j;
	j->build = build_start(e, j->staged ? NULL : s, o->sandboxed, why);
	if (j->build)
		return j;
	judge_end(j);
	return NULL;
}

static bool
is_staged(const struct judge *j)
{
	return j->staged && staged_run(j->staged);
}

int
judge_fds(const struct judge *j, struct pollfd *fds, int room)
{
	int n = 0;

	if (j->over || room < 1)
		return 0;
	for (size_t i = 0; i < j->n_trials; i++)
		n += explore_fds(j->trial[i]->explore, fds + n, room - n);
	if (j->n_trials > 0)
		return n;
	if (is_staged(j))
		return rehearsal_fds(staged_run(j->staged), fds, room);
	fds[0] = (struct pollfd){ .fd = build_fd(j->build), .events = POLLIN };
	return 1;
}

void
judge_advance(struct judge *j)
{
	if (j->over)
		return;
	for (size_t i = 0; i < j->n_trials; i++)
		explore_advance(j->trial[i]->explore);
	if (j->n_trials > 0) {
		take_trials(j);
	} else if (is_staged(j)) {
		take_staged(j);
	} else {
		build_advance(j->build);
		take_build(j);
	}
}

bool
judge_is_over(const struct judge *j)
{
	return j->over;
}

/* That have a say in how far it is.  */
static size_t
all_checks(const struct judge *j)
{
	return j->staged ? j->result.n_checks : j->exercise->checks.n;
}

/* The first that is not taken yet.  */
static size_t
first_open(const struct judge *j)
{
	return j->n_trials ? j->trial[0]->check : j->check;
}

/* Of the check that is being made, those before as well.  */
static uint64_t
runs_so_far(struct judge *j)
{
	struct explore_progress p;
	uint64_t runs;

	runs = (uint64_t)result_of(j, exercise_check(j->exercise,
					j->trial[0]->check))->runs;
	for (size_t i = 0; i < j->n_trials; i++) {
		if (j->trial[i]->check != j->trial[0]->check)
			break;
		explore_progress(j->trial[i]->explore, &p);
		runs += p.runs;
	}
	return runs;
}

void
judge_progress(struct judge *j, struct judge_progress *p)
{
	const char *id = NULL;

	if (j->n_trials)
		id = exercise_check(j->exercise, j->trial[0]->check)->id.text;
	if (is_staged(j))
		id = j->result.check[j->check].id;
	*p = (struct judge_progress){
		.check = id, .done = first_open(j), .all = all_checks(j),
		.runs = j->n_trials ? runs_so_far(j) : 0,
	};
}

void
judge_interrupt(struct judge *j)
{
	struct result_check *to;
	size_t open = first_open(j);

	if (j->over)
		return;
	drop_all(j);
	if (j->staged)
		staged_stop(j->staged);
	for (size_t i = open; i < all_checks(j); i++) {
		to = j->staged ? &j->result.check[i] :
		     result_of(j, exercise_check(j->exercise, i));
		if (!to)
			continue;
		to->verdict = GRADE_INTERNAL;
		free(to->message);
		to->message = xstrdup(_("interrupted"));
	}
	if (!j->built_ms)
		j->result.build = GRADE_INTERNAL;
	finish(j);
}

const struct result *
judge_result(const struct judge *j)
{
	return j->over ? &j->result : NULL;
}

const char *
judge_folder(const struct judge *j)
{
	const struct built *b = j->build ? build_result(j->build) : NULL;

	return b ? b->folder : NULL;
}

void
judge_end(struct judge *j)
{
	if (!j)
		return;
	drop_all(j);
	staged_close(j->staged);
	if (j->build)
		build_end(j->build);
	result_release(&j->result);
	free(j->wanted);
	free(j);
}
