/* Broken off between a data race and the end of the plan: it is kept.  */
#include "config.h"

#include "explore/explore_inside.h"

#include <stdlib.h>
#include <string.h>

/* The line of the race that was found first, as far as was told: broken off,
 * there is nothing better.  */
static const char *
race_so_far(struct explore *e)
{
	uint64_t before = e->covered.runs;

	if (e->covered.race) {
		e->first_run = e->covered.race_run;
		return e->covered.race_failure;
	}
	for (size_t i = e->n_folded; i < e->n_handed; i++) {
		const struct handed *h = &e->handed[i];
		const struct answer *a = h->answered ? &h->answer
						     : &h->job->race;

		if (a->race_failure && a->race_failure[0]) {
			e->first_run = before + (uint64_t)a->race_run;
			return a->race_failure;
		}
		before += (uint64_t)(h->answered ? a->runs : h->job->runs);
	}
	return NULL;
}

/* It is a failure, even where it was to be made short yet.  */
void
explore_keep_race(struct explore *e)
{
	const char *line = race_so_far(e);
	char *why = NULL;
	struct answer a;

	if (!line || !line[0] || e->found.kind == ANSWER_FAILURE)
		return;
	if (answer_read(&a, line, strcspn(line, "\n"), &why) == 0) {
		answer_release(&e->found);
		e->found = a;
		return;
	}
	answer_release(&a);
	free(why);
}
