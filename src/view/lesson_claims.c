/*
 * Claims, run while the learner reads: first the step's programs are compiled
 * in a process of their own, then the claims that are shown are run, one
 * after the other.  Nothing here waits.
 */
#include "config.h"

#include "view/lesson_inside.h"

#include "base/words.h"

#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static void
add_name(char ***names, size_t *n, const char *name)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp((*names)[i], name) == 0)
			return;
	*names = xrealloc(*names, (*n + 2) * sizeof(**names));
	(*names)[(*n)++] = xstrdup(name);
	(*names)[*n] = NULL;
}

/* The programs that the experiments and claims of the step run.  */
static char **
step_programs(const struct lesson_view *v)
{
	const struct lesson_step *step = view_step(v);
	char **names = xcalloc(1, sizeof(*names));
	size_t n = 0;

	for (size_t i = 0; i < step->n; i++) {
		struct setup s = { .files = { 0, 0, NULL } };
		char **list;

		if (step->part[i].kind == PART_CLAIM)
			claim_setup(v->lesson, step->part[i].claim, &s);
		else if (step->part[i].kind == PART_EXPERIMENT)
			s = step->part[i].experiment->setup;
		else
			continue;
		list = setup_programs(v->lesson, &s);
		for (int j = 0; list[j]; j++)
			add_name(&names, &n, list[j]);
		words_free(list);
		if (step->part[i].kind == PART_CLAIM)
			items_release(&s.files);
	}
	return names;
}

/* Nothing is compiled before the first frame: it is begun when the loop
 * looks here for the first time.  */
void
claims_begin(struct lesson_view *v)
{
	claims_end(v);
	if (!v->forbids)
		v->begin = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
}

void
claims_end(struct lesson_view *v)
{
	if (v->begin >= 0)
		close(v->begin);
	v->begin = -1;
	ahead_end(&v->ahead);
	if (v->claim)
		claim_end(v->claim, NULL);
	v->claim = NULL;
}

static void
compile_ahead(struct lesson_view *v)
{
	char **names = step_programs(v);

	close(v->begin);
	v->begin = -1;
	ahead_begin(&v->ahead, v->lesson->folder, names,
		    v->lesson->compile.text);
	words_free(names);
}

_Static_assert((int)SEARCH_POLLS_MAX <= (int)SCREEN_POLLS_MAX,
	       "all that a claim waits for");

int
claims_poll(struct lesson_view *v, struct pollfd *fds)
{
	int fd = v->begin >= 0 ? v->begin : v->ahead.fd;

	if (v->claim)
		return claim_poll(v->claim, fds, SCREEN_POLLS_MAX);
	if (fd < 0)
		return 0;
	fds[0] = (struct pollfd){ .fd = fd, .events = POLLIN };
	return 1;
}

static int
which_number(const struct lesson_view *v, size_t part)
{
	int n = 0;

	for (size_t i = 0; i < part; i++)
		n += view_step(v)->part[i].kind == PART_CLAIM;
	return n;
}

static void
take_result(struct lesson_view *v)
{
	static const enum tick ticks[] = {
		[CLAIM_HOLDS] = TICK_HOLDS, [CLAIM_FAILS] = TICK_FAILS,
		[CLAIM_CANNOT] = TICK_CANNOT,
	};
	struct part_state *state = &v->part[v->claim_part];
	struct claim_result r;

	claim_end(v->claim, &r);
	v->claim = NULL;
	state->tick = ticks[r.outcome];
	free(state->saw);
	state->saw = r.saw;
	if (r.outcome == CLAIM_HOLDS)
		progress_claim(v->progress, v->lesson->name,
			       view_step(v)->id,
			       which_number(v, v->claim_part));
	v->stale = true;
}

/* The next claim that is shown and was not run.  False: there is none.  */
static bool
next_claim(struct lesson_view *v)
{
	const struct lesson_step *step = view_step(v);
	size_t shown = parts_shown(v);

	for (size_t i = 0; i < shown; i++)
		if (step->part[i].kind == PART_CLAIM &&
		    v->part[i].tick == TICK_WAITS) {
			v->part[i].tick = TICK_RUNS;
			v->claim_part = i;
			v->claim = claim_begin(v->lesson, &step->part[i]);
			v->stale = true;
			return true;
		}
	return false;
}

static bool
is_readable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) > 0;
}

bool
claims_pump(struct lesson_view *v)
{
	bool changed = false;

	if (v->begin >= 0)
		compile_ahead(v);
	if (v->ahead.fd >= 0) {
		if (!is_readable(v->ahead.fd))
			return false;
		ahead_end(&v->ahead);
	}
	while (!v->forbids && (v->claim || next_claim(v))) {
		changed |= v->stale;
		if (!claim_advance(v->claim))
			break;
		take_result(v);
		changed = true;
	}
	return changed;
}
