/* Runs that a strategy decides.  */
#include "config.h"

#include "explore/work_inside.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

static void
close_under_way(struct under_way *o)
{
	if (o->strategy)
		o->strategy->kind->close(o->strategy);
	o->strategy = NULL;
}

static struct under_way *
find_under_way(struct work *w)
{
	const struct order *o = w->order;
	struct under_way *room = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(w->under_way); i++) {
		struct under_way *at = &w->under_way[i];

		if (!at->strategy)
			room = room ? room : at;
		else if (at->depth == o->depth &&
			 strcmp(at->strategy->kind->name, o->strategy) == 0)
			return at;
	}
	if (!room) {
		room = &w->under_way[0];
		close_under_way(room);
	}
	return room;
}

static struct under_way *
open_strategy(struct work *w, char **why)
{
	const struct order *o = w->order;
	const struct strategy_kind *kind = strategy_find(o->strategy);
	const struct strategy_config c = {
		.seed = (uint64_t)o->seed, .depth = (int)o->depth,
		.faults = (int)o->faults, .length = (int)o->length,
		.places = &w->places,
	};
	struct under_way *at = find_under_way(w);

	if (!kind) {
		fail(why, _("there is no strategy '%s'"), o->strategy);
		return NULL;
	}
	if (o->on && at->strategy)
		return at;
	close_under_way(at);
	at->strategy = kind->open(&c);
	at->depth = o->depth;
	return at;
}

static int
pick(void *with, const struct position *p)
{
	struct strategy *s = with;

	return s->kind->pick(s, p);
}

static void
did(void *with, const struct position *p, int picked, const struct done *d)
{
	struct strategy *s = with;

	s->kind->did(s, p, picked, d);
}

static void
note_progress(struct work *w, const struct strategy *s)
{
	struct strategy_progress p = { .runs = 0 };
	double most = 9e15;	/* runs that are a number still */

	s->kind->progress(s, &p);
	w->end.estimate = p.estimate > 0 ? (int64_t)fmin(p.estimate, most) : 0;
	w->end.complete = p.complete;
	w->end.bounded = p.bounded;
}

/* 1: the item ends.  */
static int
run_once(struct work *w, struct strategy *s, char **why)
{
	const struct picker by = { .pick = pick, .did = did, .with = s };
	const struct attempt *made = &w->attempts.last;

	if (attempt(&w->attempts, &by, why) < 0)
		return -1;
	s->kind->end(s, made->position, made->how);
	note_progress(w, s);
	return work_count(w) ? 1 : work_lead_on(w, why);
}

int
work_search(struct work *w, char **why)
{
	const struct order *o = w->order;
	struct under_way *at = open_strategy(w, why);
	struct strategy *s = at ? at->strategy : NULL;
	/* A search that goes on holds what it has seen; one that throws dice
	 * does not, and learns on the way.  */
	bool dice = s && s->kind->samples;
	int over = s ? 0 : -1;

	while (!over && w->end.runs < o->runs && (dice || !w->end.taught) &&
	       s->kind->begin(s))
		over = run_once(w, s, why);
	if (over < 0)
		return -1;
	if (!over) {
		note_progress(w, s);
		work_tell_end(w);
	}
	/* What was learned on the way makes the rest of the search another. */
	if (over || dice || w->end.taught)
		close_under_way(at);
	return 0;
}
