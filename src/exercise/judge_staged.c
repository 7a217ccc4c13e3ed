/* See judge_staged.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/words.h"
#include "exercise/judge_staged_inside.h"

#include <stdlib.h>
#include <string.h>

enum { SCHEDULE_TEXT_MAX = 1 << 20 };

static const struct staged_mode *const modes[EXERCISE_MODES_COUNT] = {
	[EXERCISE_PREDICT] = &staged_predict,
	[EXERCISE_SCHEDULE] = &staged_schedule,
};

bool
staged_is(const struct exercise *e)
{
	return modes[e->mode.value] != NULL;
}

void
staged_list(const struct exercise *e, struct result *r)
{
	modes[e->mode.value]->list(e, r);
}

void
staged_add(struct result *r, const char *id, const char *title, int64_t points)
{
	struct result_check *to = result_add_check(r);

	to->id = xstrdup(id);
	to->title = xstrdup(title);
	to->maximum = points;
	to->visibility = xstrdup(visibility_word(VISIBILITY_VISIBLE));
	to->verdict = GRADE_SKIPPED;
}

struct staged *
staged_open(const struct exercise *e, const struct submission *s, char **why)
{
	struct staged *t = xcalloc(1, sizeof(*t));

	t->exercise = e;
	t->mode = modes[e->mode.value];
	if (s->n_files != 1)
		fail(why, _("%s was not handed in"), e->files.text[0].text);
	else if (t->mode->read(t, s->file[0].bytes, s->file[0].n, why) == 0)
		return t;
	staged_close(t);
	return NULL;
}

void
staged_stop(struct staged *t)
{
	rehearsal_end(t->rehearsal);
	t->rehearsal = NULL;
	if (t->folder)
		path_remove_tree(t->folder, NULL);
	free(t->folder);
	t->folder = NULL;
	words_free(t->argv);
	t->argv = NULL;
	free(t->fault);
	t->fault = NULL;
}

void
staged_close(struct staged *t)
{
	if (!t)
		return;
	staged_stop(t);
	free(t->answers);
	schedule_release(&t->schedule);
	free(t);
}

/* ---- the run ---- */
static char **
make_argv(const struct staged_program *p)
{
	char **argv = xcalloc(p->args->n + 2, sizeof(*argv));

	argv[0] = xasprintf("./%s", p->name->text);
	for (size_t i = 0; i < p->args->n; i++)
		argv[i + 1] = xstrdup(p->args->text[i].text);
	return argv;
}

bool
staged_begin(struct staged *t, size_t i, const struct built *built)
{
	struct staged_program p = { .name = NULL };

	t->at = i;
	if (!t->mode->program(t, &p))
		return false;
	t->folder = path_temporary(&t->fault);
	if (!t->folder ||
	    built_lay(built, p.name->text, t->folder, &t->fault) < 0)
		return false;
	t->argv = make_argv(&p);
	p.how.argv = t->argv;
	p.how.cwd = t->folder;
	p.how.steps_max = t->exercise->limits.steps.value;
	t->rehearsal = rehearsal_begin(&p.how, &t->fault);
	return t->rehearsal != NULL;
}

struct rehearsal *
staged_run(const struct staged *t)
{
	return t->rehearsal;
}

/* ---- what came of it ---- */
void
staged_blame(struct result_check *to, const char *fmt, ...)
{
	va_list ap;

	to->verdict = GRADE_INTERNAL;
	va_start(ap, fmt);
	to->message = xvasprintf(fmt, ap);
	va_end(ap);
}

void
staged_keep(struct staged *t, struct result_check *to)
{
	char *text = rehearsal_schedule(t->rehearsal, NULL);

	if (text)
		to->schedule = result_text(text, strlen(text),
					   SCHEDULE_TEXT_MAX);
	free(text);
}

void
staged_take(struct staged *t, struct result_check *to)
{
	if (t->rehearsal)
		to->runs = 1;
	if (t->fault)
		staged_blame(to, "%s", t->fault);
	else
		t->mode->take(t, to);
	staged_stop(t);
}
