/*
 * Judging a submission, one step after the other: build; then each check, case
 * by case; then the sums.
 */
#include "config.h"

#include "base/i18n.h"
#include "exercise/judge_inside.h"
#include "exercise/judge_staged.h"
#include "sandbox/sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct judge {
	const struct exercise *exercise;
	const struct submission *submission;
	struct judge_options options;
	struct build *build;
	struct trial trial;
	struct staged *staged;		/* predict, schedule; else NULL */
	size_t check;			/* the one that is being made */
	int number;			/* its case, from 1 */
	uint64_t runs;			/* of this check, in cases before */
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

static char *
copy(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

/* ---- the result ---- */
static char *
utc_now(void)
{
	char text[32];
	time_t now = time(NULL);
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return xstrdup(text);
}

static void
describe(struct result *r, const struct exercise *e,
	 const struct judge_options *o)
{
	r->tool = xstrdup(PACKAGE_VERSION);
	r->exercise = xstrdup(e->name);
	r->title = xstrdup(e->title.text);
	r->assignment = copy(o->assignment);
	r->pack = copy(o->pack);
	r->pack_digest = copy(o->pack_digest);
	r->breaker = copy(o->breaker_digest);
	r->hints = o->hints;
	r->seed = o->seed;
	r->tier = xstrdup(o->sandboxed ? sandbox_tier_word(sandbox_tier(NULL))
				       : "none");
	r->submitted_at = copy(o->submitted_at);
	r->graded_at = utc_now();
	r->limits = limits_told(&e->limits);
}

static void
add_checks(struct result *r, const struct exercise *e, const bool *wanted)
{
	const struct exercise_check *c;

	if (staged_is(e))
		staged_list(e, r);
	for (size_t i = 0; (c = exercise_check(e, i)); i++) {
		struct result_check *to;

		if (wanted && !wanted[i])
			continue;
		to = result_add_check(r);
		to->id = xstrdup(c->id.text);
		to->title = xstrdup(c->title.text);
		to->maximum = c->points.value;
		to->visibility = xstrdup(visibility_word(
			(enum visibility)c->visibility.value));
		to->verdict = GRADE_SKIPPED;
	}
}

static void
add_files(struct result *r, const struct submission *s)
{
	r->id = xstrdup(s->id);
	r->digest = copy(s->digest);
	for (size_t i = 0; i < s->n_files; i++) {
		struct result_file *to = result_add_file(r);

		to->name = xstrdup(s->file[i].name);
		to->size = (int64_t)s->file[i].n;
		to->digest = xstrdup(s->file[i].digest);
	}
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

void
judge_refuse(struct result *r, const struct exercise *e, const char *id,
	     const struct judge_options *o, enum grade verdict,
	     const char *why)
{
	result_init(r);
	describe(r, e, o);
	r->id = xstrdup(id);
	r->build = r->verdict = verdict;
	r->build_message = xstrdup(why);
	r->gradable = verdict != GRADE_INTERNAL;
	add_checks(r, e, NULL);
	for (size_t i = 0; i < r->n_checks; i++)
		r->maximum += r->check[i].maximum;
}

/* ---- which checks ---- */
static void
want(struct judge *j, size_t i)
{
	const struct exercise_check *c = exercise_check(j->exercise, i), *it;

	j->wanted[i] = true;
	for (size_t k = 0; k < c->needs.n; k++)
		for (size_t n = 0; (it = exercise_check(j->exercise, n)) &&
				   n < i; n++)
			if (strcmp(it->id.text, c->needs.text[k].text) == 0)
				want(j, n);
}

static void
choose_checks(struct judge *j)
{
	const struct judge_options *o = &j->options;
	const struct exercise_check *c;

	j->wanted = xcalloc(j->exercise->checks.n + 1, sizeof(*j->wanted));
	for (size_t i = 0; (c = exercise_check(j->exercise, i)); i++) {
		if (o->visible_only &&
		    c->visibility.value != VISIBILITY_VISIBLE)
			continue;
		if (!o->only || strcmp(o->only, c->id.text) == 0)
			want(j, i);
	}
}

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

/* ---- one step after the other ---- */
static void
fault(struct judge *j, struct result_check *to, char *why)
{
	to->verdict = GRADE_INTERNAL;
	free(to->message);
	to->message = why ? why : xstrdup(_("it could not be made"));
	j->check++;
	j->number = 0;
}

/* Begin the next case, or the next check, until a run is under way or nothing
 * is left.  */
static void
go_on(struct judge *j)
{
	const struct exercise_check *c;
	struct result_check *to;
	const char *lack;
	char *why = NULL;

	while ((c = exercise_check(j->exercise, j->check))) {
		to = j->wanted[j->check] ? result_of(j, c) : NULL;
		if (!to || (j->number == 0 && (lack = lacks(j, c)))) {
			if (to)
				to->message = xasprintf(_("not made, since "
					"this did not pass: %s"), lack);
			j->check++;
			continue;
		}
		j->runs = j->number ? (uint64_t)to->runs : 0;
		if (trial_begin(&j->trial, j->exercise, c, ++j->number,
				build_result(j->build), &j->options,
				&why) == 0)
			return;
		trial_end(&j->trial);
		fault(j, to, why);
		why = NULL;
	}
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
	r->build_message = copy(b->message);
	r->diagnostics = copy(b->diagnostics);
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
take_refused(struct judge *j, const struct exercise_check *c)
{
	const struct explore_result *r = explore_result(j->trial.explore);

	if (r->failure.refused)
		forbidden_take(r->failure.refused, c->id.text, &j->result);
}

static void
take_trial(struct judge *j)
{
	const struct exercise_check *c = exercise_check(j->exercise, j->check);
	bool passed;

	if (!explore_is_over(j->trial.explore))
		return;
	passed = trial_take(&j->trial, j->exercise, c, j->number,
			    result_of(j, c));
	take_refused(j, c);
	trial_end(&j->trial);
	if (!passed || j->number == c->cases.value) {
		j->check++;
		j->number = 0;
	}
	if (passed || !j->options.first_failure)
		go_on(j);
	else
		finish(j);
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

struct judge *
judge_start(const struct exercise *e, const struct submission *s,
	    const struct judge_options *o, char **why)
{
	struct judge *j = xcalloc(1, sizeof(*j));

	j->exercise = e;
	j->submission = s;
	j->options = *o;
	j->began_ms = now_ms();
	result_init(&j->result);
	choose_checks(j);
	describe(&j->result, e, o);
	add_files(&j->result, s);
	add_checks(&j->result, e, j->wanted);
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
	if (j->over || room < 1)
		return 0;
	if (j->trial.explore)
		return explore_fds(j->trial.explore, fds, room);
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
	if (j->trial.explore) {
		explore_advance(j->trial.explore);
		take_trial(j);
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

void
judge_progress(const struct judge *j, struct judge_progress *p)
{
	const struct exercise_check *c = exercise_check(j->exercise, j->check);
	struct explore_progress e = { .runs = 0 };
	const char *id = j->trial.explore && c ? c->id.text : NULL;

	if (j->trial.explore)
		explore_progress(j->trial.explore, &e);
	if (is_staged(j))
		id = j->result.check[j->check].id;
	*p = (struct judge_progress){
		.check = id,
		.done = j->check, .all = all_checks(j),
		.runs = j->runs + e.runs,
	};
}

void
judge_interrupt(struct judge *j)
{
	struct result_check *to;

	if (j->over)
		return;
	trial_end(&j->trial);
	if (j->staged)
		staged_stop(j->staged);
	for (size_t i = j->check; i < all_checks(j); i++) {
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
	trial_end(&j->trial);
	staged_close(j->staged);
	if (j->build)
		build_end(j->build);
	result_release(&j->result);
	free(j->wanted);
	free(j);
}
