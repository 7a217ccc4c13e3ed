/* What a result says before anything was made: who, what, and which checks.  */
#include "config.h"

#include "exercise/judge_inside.h"
#include "exercise/judge_staged.h"
#include "explore/config_copy.h"
#include "sandbox/sandbox.h"

#include <string.h>
#include <time.h>

/* ---- which checks ---- */

/* And those that it needs.  */
static void
want(const struct exercise *e, size_t i, bool *wanted)
{
	const struct exercise_check *c = exercise_check(e, i), *it;

	wanted[i] = true;
	for (size_t k = 0; k < c->needs.n; k++)
		for (size_t n = 0; (it = exercise_check(e, n)) && n < i; n++)
			if (strcmp(it->id.text, c->needs.text[k].text) == 0)
				want(e, n, wanted);
}

bool *
judge_wanted(const struct exercise *e, const struct judge_options *o)
{
	bool *wanted = xcalloc(e->checks.n + 1, sizeof(*wanted));
	const struct exercise_check *c;

	for (size_t i = 0; (c = exercise_check(e, i)); i++) {
		if (o->visible_only &&
		    c->visibility.value != VISIBILITY_VISIBLE)
			continue;
		if (!o->only || strcmp(o->only, c->id.text) == 0)
			want(e, i, wanted);
	}
	return wanted;
}

/* ---- what is said of them ---- */
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
	r->assignment = copy_or_null(o->assignment);
	r->pack = copy_or_null(o->pack);
	r->pack_digest = copy_or_null(o->pack_digest);
	r->breaker = copy_or_null(o->breaker_digest);
	r->hints = o->hints;
	r->seed = o->seed;
	r->tier = xstrdup(o->sandboxed ? sandbox_tier_word(sandbox_tier(NULL))
				       : "none");
	r->submitted_at = copy_or_null(o->submitted_at);
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
	r->digest = copy_or_null(s->digest);
	for (size_t i = 0; i < s->n_files; i++) {
		struct result_file *to = result_add_file(r);

		to->name = xstrdup(s->file[i].name);
		to->size = (int64_t)s->file[i].n;
		to->digest = xstrdup(s->file[i].digest);
	}
}

void
judge_describe(struct result *r, const struct exercise *e,
	       const struct submission *s, const struct judge_options *o,
	       const bool *wanted)
{
	result_init(r);
	describe(r, e, o);
	add_files(r, s);
	add_checks(r, e, wanted);
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
