/* The failing run, as an answer told it, for people.  */
#include "config.h"

#include "explore/config_copy.h"
#include "explore/explore_inside.h"
#include "explore/verdict.h"

#include <string.h>

void
explore_take_failure(struct explore *e)
{
	struct failure *f = &e->result.failure;
	const struct answer *a = &e->found;

	*f = (struct failure){ .verdict = VERDICT_ACCEPT,
			       .unshortened = f->unshortened };
	if (a->kind != ANSWER_FAILURE && e->filled) {
		f->verdict = VERDICT_MEMORY_LIMIT;
		f->message = xstrdup(e->filled);
		f->first_run = e->first_run;
	}
	if (a->kind != ANSWER_FAILURE)
		return;
	f->verdict = verdict_named(a->verdict);
	f->message = copy_or_null(a->message);
	f->picture = a->picture[0] ? xstrdup(a->picture) : NULL;
	f->passing = a->passing[0] ? xstrdup(a->passing) : NULL;
	if (a->sleeper[0]) {
		f->sleeper = xstrdup(a->sleeper);
		f->slept_at = xstrdup(a->slept_at);
		f->sleep_for = xstrdup(a->sleep_for);
	}
	f->switches = (int)a->switches;
	f->preemptions = (int)a->preemptions;
	f->faults = (int)a->faults;
	f->steps = (uint64_t)a->steps;
	f->turning_step = (uint64_t)a->turning_step;
	f->first_run = e->first_run;
	f->at_end = (uint64_t)a->at_end;
	f->rule = a->rule[0] ? xstrdup(a->rule) : NULL;
	f->output = copy_or_null(a->output);
	f->rows = copy_or_null(a->rows);
	f->refused = copy_or_null(a->refused);
	schedule_parse(&f->schedule, a->schedule, strlen(a->schedule),
		       "schedule", NULL);
}
