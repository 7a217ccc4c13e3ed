/* See practice.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/save.h"
#include "base/watch.h"
#include "exercise/breaker.h"
#include "exercise/found.h"
#include "exercise/practice.h"
#include "sandbox/sandbox.h"
#include "schedule/schedule.h"

#include <stdlib.h>
#include <string.h>

/* One judging: of what was read when it began.  */
struct judged {
	struct submission submission;
	struct judge *judge;		/* NULL: it was refused */
	struct result refused;
};

struct practice {
	const struct exercise *exercise;
	struct judge_options options;
	char *folder, *breaker, *breaker_refused;
	struct watch *watch;		/* NULL: not watched */
	struct judged *now, *last;	/* NULL: none */
	unsigned count;
};

static bool
judged_is_over(const struct judged *d)
{
	return !d->judge || judge_is_over(d->judge);
}

static const struct result *
judged_result(const struct judged *d)
{
	return d->judge ? judge_result(d->judge) : &d->refused;
}

static void
judged_free(struct judged *d)
{
	if (!d)
		return;
	if (d->judge)
		judge_end(d->judge);
	else
		result_release(&d->refused);
	submission_release(&d->submission);
	free(d);
}

/* The learner's own schedule; NULL: there is none, or it is none.  */
static const char *
accepted(struct practice *p)
{
	struct exercise broken;
	bool ok = p->breaker && breaker_exercise(p->exercise, &broken);

	if (ok)
		ok = breaker_check(&broken, p->breaker, strlen(p->breaker),
				   &p->breaker_refused) == 0;
	if (p->breaker)
		exercise_release(&broken);
	return ok ? p->breaker : NULL;
}

struct practice *
practice_new(const struct exercise *e, const char *folder,
	     const struct judge_options *o)
{
	struct practice *p = xcalloc(1, sizeof(*p));

	p->exercise = e;
	p->folder = xstrdup(folder);
	p->options = *o;
	p->options.sandboxed = sandbox_is_used();
	p->breaker = found_for(e);
	p->options.breaker = accepted(p);
	p->options.breaker_refused = p->breaker_refused;
	return p;
}

void
practice_free(struct practice *p)
{
	if (!p)
		return;
	judged_free(p->now);
	judged_free(p->last);
	watch_free(p->watch);
	free(p->folder);
	free(p->breaker);
	free(p->breaker_refused);
	free(p);
}

/* ---- judging ---- */
static void
finish(struct practice *p)
{
	judged_free(p->last);
	p->last = p->now;
	p->now = NULL;
	p->count++;
}

void
practice_check(struct practice *p)
{
	struct judged *d = xcalloc(1, sizeof(*d));
	enum submission_outcome got;
	char *why = NULL;

	judged_free(p->now);
	p->now = d;
	got = submission_read(&d->submission, p->exercise, p->folder, &why);
	if (got == SUBMISSION_TAKEN)
		d->judge = judge_start(p->exercise, &d->submission,
				       &p->options, &why);
	if (!d->judge)
		judge_refuse(&d->refused, p->exercise, d->submission.id,
			     &p->options, got == SUBMISSION_REFUSED ?
			     GRADE_REJECT : GRADE_INTERNAL, why);
	free(why);
}

void
practice_watch(struct practice *p)
{
	const struct yaml_texts *files = &p->exercise->files;
	const char **names = xcalloc(files->n + 1, sizeof(*names));

	for (size_t i = 0; i < files->n; i++)
		names[i] = files->text[i].text;
	watch_free(p->watch);
	p->watch = watch_new(p->folder, names, files->n);
	free(names);
}

void
practice_interrupt(struct practice *p)
{
	if (p->now && p->now->judge)
		judge_interrupt(p->now->judge);
}

/* ---- the loop ---- */
int
practice_fds(const struct practice *p, struct pollfd *fds, int room)
{
	int n = 0;

	if (p->watch && room > 0)
		fds[n++] = (struct pollfd){ watch_fd(p->watch), POLLIN, 0 };
	if (p->now && p->now->judge)
		n += judge_fds(p->now->judge, fds + n, room - n);
	return n;
}

bool
practice_advance(struct practice *p)
{
	bool was_checking = p->now != NULL;

	if (p->watch && watch_changed(p->watch)) {
		practice_check(p);
		was_checking = true;
	}
	if (p->now && p->now->judge)
		judge_advance(p->now->judge);
	if (p->now && judged_is_over(p->now))
		finish(p);
	return was_checking;
}

bool
practice_is_checking(const struct practice *p)
{
	return p->now != NULL;
}

bool
practice_progress(const struct practice *p, struct judge_progress *out)
{
	if (!p->now || !p->now->judge)
		return false;
	judge_progress(p->now->judge, out);
	return true;
}

const struct result *
practice_result(const struct practice *p)
{
	return p->last ? judged_result(p->last) : NULL;
}

unsigned
practice_count(const struct practice *p)
{
	return p->count;
}

/* ---- the failing run ---- */
/* Its program, beside the learner's files.  */
static int
keep_program(const struct schedule *s, const char *built, const char *folder,
	     char **why)
{
	size_t n = strcspn(s->header.command, " ");
	const char *name = s->header.command + 2;	/* behind "./" */
	char *from, *to;
	int ret;

	if (!built || n < 3 || memchr(name, '/', n - 2))
		return fail(why, _("the program of the failing run is gone"));
	from = xasprintf("%s/%.*s", built, (int)n - 2, name);
	to = xasprintf("%s/%.*s", folder, (int)n - 2, name);
	ret = copy_file(from, to, why);
	free(to);
	free(from);
	return ret;
}

static const struct result_check *
first_failure(const struct result *r)
{
	for (size_t i = 0; r && i < r->n_checks; i++)
		if (r->check[i].schedule &&
		    r->check[i].verdict != GRADE_ACCEPT)
			return &r->check[i];
	return NULL;
}

char *
practice_keep_failure(struct practice *p, char **why)
{
	const struct result_check *c = first_failure(practice_result(p));
	char *real = realpath(p->folder, NULL), *path;
	struct schedule s = SCHEDULE_INIT;
	int ret = -1;

	if (!c || !real) {
		free(real);
		fail(why, _("there is no failing run"));
		return NULL;
	}
	path = xasprintf("%s/%s.schedule", p->folder, p->exercise->name);
	if (schedule_parse(&s, c->schedule, strlen(c->schedule), path,
			   why) == 0) {
		COPY_STR(s.header.cwd, real);
		ret = keep_program(&s, judge_folder(p->last->judge), real,
				   why);
		if (ret == 0)
			ret = judge_lay_files(p->exercise, c->id,
					      (int)c->failed_case,
					      p->options.seed, real, why);
		if (ret == 0)
			ret = schedule_save(&s, path, why);
	}
	schedule_release(&s);
	free(real);
	if (ret == 0)
		return path;
	free(path);
	return NULL;
}

/* ---- what was found ---- */
char *
practice_keep_found(struct practice *p, char **why)
{
	const struct result *r = practice_result(p);
	char *next;

	if (p->exercise->mode.value != EXERCISE_SCHEDULE || !r ||
	    r->verdict != GRADE_ACCEPT || !r->n_checks ||
	    !r->check[0].schedule)
		return NULL;
	found_keep(p->exercise, r->check[0].schedule, why);
	next = found_leads_to(p->exercise);
	return next ? next : xstrdup("");
}
