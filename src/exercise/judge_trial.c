/* One case of a check: an exploration, and what came of it.  */
#include "config.h"

#include "base/i18n.h"
#include "base/random.h"
#include "exercise/check.h"
#include "exercise/judge_inside.h"
#include "exercise/values.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MAX = 2000, OUTPUT_MAX = 4096, PICTURE_MAX = 64 * 1024 };

/* ---- what is asked for ---- */
static char *
expanded(uint64_t values, const struct yaml_text *text)
{
	return text->text ? values_expand(values, text->text) : NULL;
}

/* The texts with their values behind first (or NULL), ended by NULL.  */
static char **
all_expanded(uint64_t values, char *first, const struct yaml_texts *texts)
{
	char **list = xcalloc(texts->n + 2, sizeof(*list));
	size_t n = 0;

	if (first)
		list[n++] = first;
	for (size_t i = 0; i < texts->n; i++)
		list[n++] = values_expand(values, texts->text[i].text);
	return list;
}

static void
free_all(char **list)
{
	for (size_t i = 0; list && list[i]; i++)
		free(list[i]);
	free(list);
}

const char *
check_program(const struct exercise *e, const struct exercise_check *c)
{
	const struct exercise_program *all = e->build.programs.at;

	if (c->program.text)
		return c->program.text;
	return e->build.programs.n ? all[0].name.text : NULL;
}

/* The first file without its ending: what a program is called by default.  */
static char *
program_name(const struct exercise *e, const struct exercise_check *c)
{
	const char *name = check_program(e, c), *dot;

	if (name)
		return xstrdup(name);
	name = e->files.text[0].text;
	dot = strrchr(name, '.');
	return xstrndup(name, dot ? (size_t)(dot - name) : strlen(name));
}

static void
configure(struct explore_config *x, const struct trial *t,
	  const struct exercise_check *c, const struct judge_options *o)
{
	const struct exercise_explore *how = &c->explore;

	*x = (struct explore_config){
		.tracer = { .argv = t->argv, .env = t->env,
			    .cast = c->cast.text },
		.strategy = how->line ? how->strategy.text : "preemption",
		.preemptions = how->line ? (int)how->preemptions.value : -1,
		.runs = how->line ? (uint64_t)how->runs.value : 1,
		.follow = how->line ? o->breaker : NULL,
		.jobs = o->jobs, .place = o->place,
		.signals = how->line && how->signals.value,
		.faults = how->line && how->faults.value,
		.status = exercise_status(&c->status),
		.output = t->output,
		.input = t->input,
		.rules = t->rules[0] ? t->rules : NULL,
		.somewhere = t->somewhere[0] ? t->somewhere : NULL,
		.at_end = t->at_end,
		.races_allowed = ALLOWS(c, RACES),
		.leaks_allowed = ALLOWS(c, LEAKS),
		.strict = c->strict.value,
		/* One run alone does not ask who else could go.  */
		.busy_waits_fail = how->line && !ALLOWS(c, BUSY_WAIT),
	};
	box_configure(&t->box, x);
}

static char *
words_of(char *const *argv)
{
	struct buf out = BUF_INIT;

	for (size_t i = 1; argv[i]; i++)
		buf_addf(&out, "%s%s", i > 1 ? " " : "", argv[i]);
	return buf_take(&out);
}

/* The i-th is that of the i-th bug; one without a condition has none that is
 * true.  */
static char **
conditions_of(const struct exercise *e)
{
	char **list = xcalloc(e->bugs.n + 1, sizeof(*list));

	for (size_t i = 0; i < e->bugs.n; i++) {
		const char *when = exercise_bug(e, i)->when.text;

		list[i] = xstrdup(when ? when : "nobody has started");
	}
	return list;
}

int
trial_begin(struct trial *t, const struct exercise *e,
	    const struct built *built, const struct judge_options *o,
	    char **why)
{
	const struct exercise_check *c = exercise_check(e, t->check);
	int number = t->number;
	uint64_t values = values_of(o->seed, e->name, c->id.text, number);
	char *name = program_name(e, c);
	char *program = xasprintf("%s/%s", built->folder, name);
	struct explore_config x;
	int status, ret;

	*t = (struct trial){ .check = t->check, .number = number };
	t->argv = all_expanded(values, xasprintf("./%s", name), &c->args);
	t->env = all_expanded(values, xstrdup("PATH=/usr/bin:/bin"), &c->env);
	t->rules = all_expanded(values, NULL, &c->rules);
	t->somewhere = all_expanded(values, NULL, &c->somewhere);
	t->at_end = conditions_of(e);
	t->args = words_of(t->argv);
	t->input = expanded(values, &c->input);
	t->output = expanded(values, &c->output);
	ret = box_lay(&t->box, e, c, values, program, o->sandboxed, why);
	free(program);
	free(name);
	if (ret < 0)
		return -1;
	if (c->explore.line && o->breaker_refused)
		t->breaker_refused = xstrdup(o->breaker_refused);
	configure(&x, t, c, o);
	/* JSON numbers and strategies take 63 bits.  */
	x.seed = values >> 1;
	t->explore = explore_start(&x, &status, why);
	return t->explore ? 0 : -1;
}

void
trial_end(struct trial *t)
{
	if (t->explore)
		explore_end(t->explore);
	free_all(t->argv);
	free_all(t->env);
	free_all(t->rules);
	free_all(t->somewhere);
	free_all(t->at_end);
	free(t->args);
	free(t->input);
	free(t->output);
	free(t->breaker_refused);
	box_release(&t->box);
	*t = (struct trial){ .explore = NULL };
}

/* ---- what came of it ---- */
static char *
text_of(const char *s, size_t max)
{
	return s ? result_text(s, strlen(s), max) : NULL;
}

static void
recognise(const struct exercise *e, const struct failure *f,
	  struct result_check *to)
{
	const struct exercise_bug *bug;

	for (size_t i = 0; (bug = exercise_bug(e, i)); i++) {
		if (!to->message ||
		    grade_named(bug->verdict.text) != to->verdict ||
		    (bug->check.text && strcmp(bug->check.text, to->id)) ||
		    (bug->message.text && fnmatch(bug->message.text,
						  to->message, 0)) ||
		    (bug->when.text && !(f->at_end >> i & 1)))
			continue;
		to->bug = xstrdup(bug->id.text);
		to->says = xstrdup(bug->says.text);
		to->hint = xstrdup(bug->hint.text);
		return;
	}
}

static void
take_failure(const struct trial *t, const struct failure *f,
	     struct result_check *to)
{
	struct schedule anywhere = SCHEDULE_INIT;
	struct buf schedule = BUF_INIT;

	to->verdict = grade_named(verdict_word(f->verdict));
	to->message = text_of(f->message, MESSAGE_MAX);
	to->picture = text_of(f->picture, PICTURE_MAX);
	to->passing = text_of(f->passing, PICTURE_MAX);
	to->rule = text_of(f->rule, MESSAGE_MAX);
	to->output = text_of(f->output, OUTPUT_MAX);
	to->expected = text_of(t->output, OUTPUT_MAX);
	/* The folder is where it is replayed.  */
	schedule_copy(&anywhere, &f->schedule);
	anywhere.header.cwd[0] = '\0';
	schedule_write(&schedule, &anywhere);
	schedule_release(&anywhere);
	to->schedule = text_of(buf_str(&schedule), PICTURE_MAX);
	buf_release(&schedule);
	if (f->rows)
		steps_take(f->rows, to);
}

/* The first that no run had.  */
static const char *
never_seen(const struct trial *t, const struct explore_result *r)
{
	for (size_t i = 0; t->somewhere[i]; i++)
		if (!(r->somewhere >> i & 1))
			return t->somewhere[i];
	return NULL;
}

static void
take_verdict(const struct trial *t, const struct explore_result *r,
	     struct result_check *to)
{
	const char *missing = never_seen(t, r);

	to->verdict = GRADE_ACCEPT;
	if (r->failure.verdict != VERDICT_ACCEPT) {
		take_failure(t, &r->failure, to);
	} else if (r->trouble) {
		to->verdict = GRADE_INTERNAL;
		to->message = text_of(r->trouble, MESSAGE_MAX);
	} else if (r->differs) {
		to->verdict = GRADE_WRONG;
		to->message = xasprintf(_("two runs with the same choices "
					  "differ: %s"), r->differs);
	} else if (r->late) {
		to->verdict = GRADE_WALL_LIMIT;
		to->message = xasprintf(_("there was time for %llu runs only, "
					  "and none of them failed"),
					(unsigned long long)r->runs);
	} else if (r->cut) {
		/* What would have come of it nobody knows: no pass.  */
		to->verdict = GRADE_WALL_LIMIT;
		to->message = xasprintf(_("%llu of %llu runs were cut off: "
					  "%s"), (unsigned long long)r->cut,
					(unsigned long long)r->runs,
					r->cut_why ? r->cut_why : "?");
	} else if (missing) {
		to->verdict = GRADE_TOO_SERIAL;
		to->message = xasprintf(_("in none of %llu runs was it so: "
					  "%s"), (unsigned long long)r->runs,
					missing);
	}
}

/* What the learner's own schedule of the program that was wrong did to this
 * one.  */
static void
tell_breaker(const struct trial *t, const struct explore_result *r,
	     struct result_check *to)
{
	long long all = r->followed + r->passed_over;
	char *message = to->message;

	if (t->breaker_refused && to->verdict == GRADE_ACCEPT) {
		free(to->says);
		to->says = xasprintf(_("The schedule that you found was not "
				       "tried: %s"), t->breaker_refused);
	}
	if (!all)
		return;
	if (to->verdict == GRADE_ACCEPT) {
		free(to->says);
		to->says = xasprintf(_("The schedule that you found does it no "
				       "harm (%lld of its %lld steps fit)."),
				     (long long)r->followed, all);
	} else if (r->failure.first_run == 1 && message) {
		to->message = xasprintf(_("by the schedule that you found "
					  "(%lld of its %lld steps fit): %s"),
					(long long)r->followed, all, message);
		free(message);
	}
}

bool
trial_take(struct trial *t, const struct exercise *e,
	   struct result_check *to)
{
	const struct explore_result *r = explore_result(t->explore);

	to->runs += (int64_t)r->runs;
	to->complete = r->complete && (t->number == 1 || to->complete);
	free(to->claim);
	to->claim = text_of(r->sentence, MESSAGE_MAX);
	take_verdict(t, r, to);
	if (to->verdict != GRADE_ACCEPT)
		recognise(e, &r->failure, to);
	tell_breaker(t, r, to);
	if (to->verdict == GRADE_ACCEPT)
		return true;
	to->failed_case = t->number;
	to->args = text_of(t->args, MESSAGE_MAX);
	to->input = text_of(t->input, OUTPUT_MAX);
	return false;
}
