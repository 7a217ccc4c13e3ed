/* See verify.h.  */
#include "config.h"

#include "author/handout.h"
#include "author/lexeme.h"
#include "author/solution.h"
#include "author/verify.h"
#include "base/i18n.h"
#include "base/random.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of a check of a good solution: so many runs at least where orders are
 * explored, so many fresh values where they are not.  */
enum { RUNS_LEAST = 200, CASES_LEAST = 5 };

struct verifying {
	const struct verify_options *options;
	struct verification *v;
	struct problems *p;
	size_t before;			/* problems of others */
	struct exercise exercise, hard;	/* hard: what good ones must stand */
	struct solutions solutions;
	struct hearing *hearing;
	const struct solution **of;	/* each hearing */
	size_t n, room, room_of;
	char *yaml;			/* path */
};

/* ---- what is looked at ---- */
static void
need_start(struct verifying *w)
{
	const struct exercise *e = &w->exercise;

	for (size_t i = 0; e->checks.n && i < e->files.n; i++) {
		char *path = xasprintf("%s/start/%s", e->folder,
				       e->files.text[i].text);

		if (access(path, F_OK) < 0)
			problem_add(w->p, w->yaml, e->files.text[i].line,
				    _("start/%s is missing: a learner begins "
				      "with what is handed in"),
				    e->files.text[i].text);
		free(path);
	}
}

static bool
same_text(const struct submission_file *a, const struct submission_file *b)
{
	struct lexemes x, y;
	bool same;

	lexemes_read(&x, a->bytes, a->n);
	lexemes_read(&y, b->bytes, b->n);
	same = lexemes_equal(&x, &y);
	lexemes_release(&x);
	lexemes_release(&y);
	return same;
}

static bool
same_files(const struct submission *a, const struct submission *b)
{
	for (size_t i = 0; i < a->n_files; i++) {
		const struct submission_file *other =
			submission_file(b, a->file[i].name);

		if (!other || !same_text(&a->file[i], other))
			return false;
	}
	return a->n_files == b->n_files;
}

/* Two that differ in blanks and comments alone are one.  */
static void
look_at_good(struct verifying *w)
{
	const struct solutions *s = &w->solutions;
	char *folder = xasprintf("%s/solutions/good", w->exercise.folder);

	/* There is one right prediction only.  */
	if (w->v->n_good < (w->exercise.questions.n ? 1U : 2U))
		problem_add(w->p, folder, 0, _("it needs two good solutions "
			    "of different style"));
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = i + 1; k < s->n; k++)
			if (s->at[i].kind == SOLUTION_GOOD &&
			    s->at[k].kind == SOLUTION_GOOD &&
			    s->at[i].readable && s->at[k].readable &&
			    same_files(&s->at[i].files, &s->at[k].files))
				problem_add(w->p, s->at[k].folder, 0,
					    _("it is the same as %s but for "
					      "blanks and comments"),
					    s->at[i].name);
	free(folder);
}

/* ---- what is run ---- */
static void
ask(struct verifying *w, const struct exercise *e, const struct solution *s,
    uint64_t seed)
{
	w->hearing = xgrow(w->hearing, &w->room, w->n + 1,
			   sizeof(*w->hearing));
	w->of = xgrow(w->of, &w->room_of, w->n + 1, sizeof(*w->of));
	w->hearing[w->n] = (struct hearing){
		.exercise = e, .submission = &s->files, .name = s->name,
		.seed = seed,
	};
	w->of[w->n++] = s;
}

/* Values and orders that the author has not seen.  */
static uint64_t
fresh(const struct verifying *w, uint64_t number)
{
	return random_mix(w->options->seed, number) >> 1;
}

static void
ask_all(struct verifying *w)
{
	for (size_t i = 0; i < w->solutions.n; i++) {
		const struct solution *s = &w->solutions.at[i];

		if (!s->readable)
			continue;
		ask(w, &w->exercise, s, w->options->seed);
		if (s->kind == SOLUTION_GOOD)
			ask(w, &w->hard, s, fresh(w, 1));
		if (s->kind == SOLUTION_BAD)
			ask(w, &w->exercise, s, fresh(w, 1));
	}
}

/* A good solution must stand more than is asked of a student's.  */
static void
harden(struct exercise *e)
{
	struct exercise_check *c = e->checks.at;

	for (size_t i = 0; i < e->checks.n; i++) {
		if (c[i].explore.line && c[i].explore.runs.value < RUNS_LEAST)
			c[i].explore.runs.value = RUNS_LEAST;
		if (!c[i].explore.line && c[i].cases.value < CASES_LEAST)
			c[i].cases.value = CASES_LEAST;
	}
}

/* ---- what came of it ---- */
static const char *
or_none(const char *s)
{
	return s ? s : "-";
}

static void
judge_start_of(struct verifying *w, const struct solution *s,
	       const struct hearing *h)
{
	if (h->verdict == GRADE_ACCEPT)
		problem_add(w->p, s->folder, 0, _("what the learner begins "
			    "with passes already"));
}

static void
judge_good(struct verifying *w, const struct solution *s,
	   const struct hearing *h)
{
	w->v->runs += h->runs;
	if (h->verdict == GRADE_ACCEPT)
		return;
	if (h->check)
		problem_add(w->p, s->folder, 0, _("a good solution must pass, "
			    "and check %s says %s with seed %llu: %s"),
			    h->check, grade_word(h->verdict),
			    (unsigned long long)h->seed,
			    or_none(h->message));
	else
		problem_add(w->p, s->folder, 0, _("a good solution must pass: "
			    "%s: %s"), grade_word(h->verdict),
			    or_none(h->message));
}

/* Another check, verdict, bug or message than expect.yaml says.  Only the
 * first is told: the others follow from it.  */
static void
judge_bad(struct verifying *w, const struct solution *s,
	  const struct hearing *h)
{
	const struct expected *x = &s->expected;
	char *path = solution_path(s, "expect.yaml");
	const struct {
		const struct yaml_text *wanted;
		const char *found, *what;
		bool fits;
	} part[] = {
		{ &x->check, h->check, "check",
		  h->check && x->check.text &&
		  strcmp(h->check, x->check.text) == 0 },
		{ &x->verdict, grade_word(h->verdict), "verdict",
		  x->verdict.text &&
		  h->verdict == grade_named(x->verdict.text) },
		{ &x->bug, h->bug, "bug", !x->bug.text ||
		  (h->bug && strcmp(h->bug, x->bug.text) == 0) },
		{ &x->message, h->message, "message", !x->message.text ||
		  (h->message &&
		   fnmatch(x->message.text, h->message, 0) == 0) },
	};

	for (size_t i = 0; x->line && i < ARRAY_SIZE(part); i++) {
		if (part[i].fits)
			continue;
		problem_add(w->p, path, part[i].wanted->line,
			    _("%s: %s is expected, and with seed %llu it is "
			      "%s (check %s says %s, bug %s: %s)"),
			    part[i].what, part[i].wanted->text,
			    (unsigned long long)h->seed,
			    or_none(part[i].found), or_none(h->check),
			    grade_word(h->verdict), or_none(h->bug),
			    or_none(h->message));
		break;
	}
	free(path);
}

static void
judge_one(struct verifying *w, const struct solution *s,
	  const struct hearing *h)
{
	static void (*const of_kind[SOLUTION_KINDS_COUNT])(
		struct verifying *w, const struct solution *s,
		const struct hearing *h) = {
		[SOLUTION_START] = judge_start_of,
		[SOLUTION_GOOD] = judge_good,
		[SOLUTION_BAD] = judge_bad,
	};

	if (h->verdict == GRADE_INTERNAL)
		problem_add(w->p, s->folder, 0, _("it could not be judged: "
			    "%s"), or_none(h->message));
	else if (h->verdict == GRADE_ACCEPT && s->kind == SOLUTION_BAD)
		problem_add(w->p, s->folder, 0, _("a bad solution passes all "
			    "checks, with seed %llu"),
			    (unsigned long long)h->seed);
	else
		of_kind[s->kind](w, s, h);
}

/* Of each known bug there must be a bad solution that is recognised.  */
static void
look_at_bugs(struct verifying *w)
{
	const struct exercise_bug *bug;

	for (size_t i = 0; (bug = exercise_bug(&w->exercise, i)); i++) {
		bool shown = false;

		for (size_t k = 0; k < w->n; k++)
			shown |= w->hearing[k].bug &&
				 strcmp(w->hearing[k].bug, bug->id.text) == 0 &&
				 w->of[k]->kind == SOLUTION_BAD;
		if (!shown)
			problem_add(w->p, w->yaml, bug->line, _("no bad "
				    "solution shows the bug %s"),
				    bug->id.text);
	}
}

static bool
is_hidden(const struct exercise *e, const char *id)
{
	const struct exercise_check *c;

	for (size_t i = 0; id && (c = exercise_check(e, i)); i++)
		if (strcmp(c->id.text, id) == 0)
			return c->visibility.value != VISIBILITY_VISIBLE;
	return false;
}

/* One that a hidden check finds tells of it, and must name it to stay out of
 * what students get.  */
static void
look_at_hidden_bugs(struct verifying *w)
{
	const struct exercise *e = &w->exercise;
	const struct exercise_bug *bug;

	for (size_t i = 0; (bug = exercise_bug(e, i)); i++) {
		bool open = bug->check.text != NULL;
		const char *check = NULL;

		for (size_t k = 0; k < w->n; k++) {
			const struct hearing *h = &w->hearing[k];

			if (w->of[k]->kind != SOLUTION_BAD || !h->bug ||
			    strcmp(h->bug, bug->id.text) != 0)
				continue;
			check = h->check;
			open |= !is_hidden(e, check);
		}
		if (check && !open)
			problem_add(w->p, w->yaml, bug->line, _("bug %s is "
				    "found by the hidden check %s, and does "
				    "not name it: students would read of it"),
				    bug->id.text, check);
	}
}

static void
run(struct verifying *w)
{
	ask_all(w);
	if (hearings_hold(w->hearing, w->n, &w->options->hearing) < 0) {
		w->v->interrupted = true;
		return;
	}
	for (size_t i = 0; i < w->n; i++)
		judge_one(w, w->of[i], &w->hearing[i]);
	look_at_bugs(w);
	look_at_hidden_bugs(w);
}

/* Nothing that is secret reaches a student: asked of a real archive.  */
static void
look_at_handout(struct verifying *w)
{
	struct handout made, read = HANDOUT_INIT;
	struct buf bytes = BUF_INIT;
	char *why = NULL;

	handout_make(&made, w->exercise.folder, w->p);
	if (handout_pack(&made, "handout.tar", &bytes, &why) < 0 ||
	    handout_unpack(&read, buf_str(&bytes), bytes.len, &why) < 0)
		problem_add(w->p, w->exercise.folder, 0, "%s", why);
	else
		handout_check(&read, w->exercise.folder, w->p);
	handout_release(&read);
	handout_release(&made);
	buf_release(&bytes);
	free(why);
}

static void
verify(struct verifying *w)
{
	struct buf langs = BUF_INIT;

	verify_texts(&w->exercise, &langs, w->p);
	w->v->langs = buf_take(&langs);
	solutions_read(&w->solutions, &w->exercise, w->p);
	w->v->n_good = solutions_count(&w->solutions, SOLUTION_GOOD);
	w->v->n_bad = solutions_count(&w->solutions, SOLUTION_BAD);
	need_start(w);
	look_at_good(w);
	look_at_handout(w);
	if (!w->options->texts_only)
		run(w);
	if (!w->options->texts_only && w->p->n == w->before && !w->v->interrupted)
		verify_mutants(&w->exercise, &w->solutions, w->options, w->v,
			       w->p);
}

void
exercise_verify(const char *folder, const struct verify_options *o,
		struct verification *v, struct problems *p)
{
	struct verifying w = { .options = o, .v = v, .p = p,
			       .before = p->n };

	*v = (struct verification){ .n_good = 0 };
	w.yaml = xasprintf("%s/exercise.yaml", folder);
	if (exercise_load(&w.exercise, folder, NULL, p) == 0 &&
	    exercise_load(&w.hard, folder, NULL, p) == 0) {
		harden(&w.hard);
		verify(&w);
		solutions_release(&w.solutions);
	}
	exercise_release(&w.exercise);
	exercise_release(&w.hard);
	for (size_t i = 0; i < w.n; i++)
		hearing_release(&w.hearing[i]);
	free(w.hearing);
	free(w.of);
	free(w.yaml);
}

void
verification_release(struct verification *v)
{
	for (size_t i = 0; i < v->survived; i++) {
		free(v->survivor[i].file);
		free(v->survivor[i].says);
	}
	free(v->survivor);
	free(v->langs);
	*v = (struct verification){ .n_good = 0 };
}
