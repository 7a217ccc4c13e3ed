/* Shortening: try less, keep it if it fails too.  */
#include "config.h"

#include "explore/shorten.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 24 };	/* runs that must all fail for "no run recovers" */

struct shortening {
	shorten_run *run;
	void *with;
	uint64_t runs, runs_max;
	struct tape best;
};

/* Negative: a is shorter.  */
static int
compare(const struct tape *a, const struct tape *b)
{
	int by[] = {
		tape_preemptions(a) - tape_preemptions(b),
		tape_faults(a) - tape_faults(b),
		tape_switches(a) - tape_switches(b),
		a->n < b->n ? -1 : a->n > b->n,
	};

	for (size_t i = 0; i < ARRAY_SIZE(by); i++)
		if (by[i])
			return by[i];
	return 0;
}

/* True if it fails; then *made is its tape.  */
static bool
try(struct shortening *s, struct follow *f, struct tape *made, bool *whole)
{
	bool fails;

	made->n = 0;
	*whole = false;
	if (s->runs >= s->runs_max)
		return false;
	s->runs++;
	follow_begin(f);
	fails = s->run(s->with, f, made, whole);
	follow_end(f);
	return fails;
}

static bool
try_shorter(struct shortening *s, struct follow *f)
{
	struct tape made = TAPE_INIT;
	bool whole, better = try(s, f, &made, &whole) &&
			     compare(&made, &s->best) < 0;

	if (better)
		tape_copy(&s->best, &made);
	tape_release(&made);
	return better;
}

/* How many picks of this actor stand together, the next time it goes.  */
static size_t
next_stretch(const struct tape *t, size_t at, int actor)
{
	size_t n = 0;

	while (at < t->n && t->pick[at].actor != actor)
		at++;
	while (at + n < t->n && t->pick[at + n].actor == actor)
		n++;
	return n;
}

/* At this pick whoever went before goes on instead: as far as it can, or as
 * far as it goes the next time.  */
static bool
drop_switch(struct shortening *s, size_t at)
{
	struct follow f = { .tape = &s->best, .exact = at, .skip = at,
			    .skip_steps = SIZE_MAX, .rest = FOLLOW_ORDER };

	if (try_shorter(s, &f))
		return true;
	f.skip_steps = next_stretch(&s->best, at, s->best.pick[at - 1].actor);
	return f.skip_steps > 0 && try_shorter(s, &f);
}

/* The fault at this pick does not happen.  */
static bool
drop_fault(struct shortening *s, size_t at)
{
	struct tape without = TAPE_INIT;
	struct follow f = { .tape = &without, .exact = at,
			    .skip = SIZE_MAX, .rest = FOLLOW_ORDER };
	bool better;

	tape_copy(&without, &s->best);
	without.pick[at].kind = ALTERNATIVE_GO;
	without.pick[at].number = 0;
	better = try_shorter(s, &f);
	tape_release(&without);
	return better;
}

/* Behind this pick there is no plan.  */
static bool
drop_rest(struct shortening *s, size_t at)
{
	struct follow f = { .tape = &s->best, .exact = at,
			    .skip = SIZE_MAX, .rest = FOLLOW_STRAIGHT };

	return try_shorter(s, &f);
}

static bool
is_switch(const struct tape *t, size_t at)
{
	return at > 0 && t->pick[at].actor != t->pick[at - 1].actor;
}

/* One change for the better, the largest first.  */
static bool
improve(struct shortening *s)
{
	for (size_t i = 0; i < s->best.n; i++)
		if ((i == 0 || is_switch(&s->best, i)) && drop_rest(s, i))
			return true;
	for (size_t i = 0; i < s->best.n; i++)
		if (s->best.pick[i].fault && drop_fault(s, i))
			return true;
	for (size_t i = s->best.n; i-- > 0;)
		if (is_switch(&s->best, i) && drop_switch(s, i))
			return true;
	return false;
}

/* ---- few preemptions, from nothing ---- */

/*
 * What is found by leaving things out may still be far from the least.  So all
 * runs that go straight on but for one turn are tried, then those but for two,
 * and so on, as long as tries are left.  (Musuvathi and Qadeer, Iterative
 * Context Bounding, 2007)
 */
struct turned {
	struct tape tape;
	size_t from;		/* it is straight behind this pick */
};

struct turned_list {
	struct turned *run;
	size_t n, room;
};

static void
turned_free(struct turned_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		tape_release(&l->run[i].tape);
	free(l->run);
}

/* True if it fails, and is shorter than the best.  */
static bool
turn(struct shortening *s, const struct tape *t, size_t at,
     const struct pick *to, struct turned_list *next)
{
	struct follow f = { .tape = t, .exact = at, .skip = SIZE_MAX,
			    .rest = FOLLOW_STRAIGHT };
	struct turned made = { .from = at + 1 };
	bool whole, better;

	if (to) {
		f.turns = true;
		f.turn = *to;
	}
	better = try(s, &f, &made.tape, &whole) &&
		 compare(&made.tape, &s->best) < 0;
	if (better)
		tape_copy(&s->best, &made.tape);
	if (f.differs || made.tape.n == 0) {
		tape_release(&made.tape);
		return better;
	}
	next->run = xgrow(next->run, &next->room, next->n + 1,
			  sizeof(*next->run));
	next->run[next->n++] = made;
	return better;
}

/* All runs with one turn more than this one.  */
static bool
turn_everywhere(struct shortening *s, const struct turned *r,
		const struct tape *actors, struct turned_list *next)
{
	for (size_t at = r->from; at < r->tape.n; at++)
		for (size_t i = 0; i < actors->n; i++) {
			if (actors->pick[i].actor == r->tape.pick[at].actor)
				continue;
			if (s->runs >= s->runs_max)
				return true;
			if (turn(s, &r->tape, at, &actors->pick[i], next))
				return true;
		}
	return false;
}

/* One pick for each actor that goes in the best.  */
static void
list_actors(const struct tape *t, struct tape *actors)
{
	for (size_t i = 0; i < t->n; i++) {
		size_t k = 0;

		while (k < actors->n &&
		       actors->pick[k].actor != t->pick[i].actor)
			k++;
		if (k < actors->n)
			continue;
		actors->pick = xgrow(actors->pick, &actors->room,
				     actors->n + 1, sizeof(*actors->pick));
		actors->pick[actors->n++] = (struct pick){
			.actor = t->pick[i].actor };
	}
}

static void
search_few(struct shortening *s)
{
	struct turned_list now = { .n = 0 };
	struct tape nothing = TAPE_INIT, actors = TAPE_INIT;
	bool done;

	list_actors(&s->best, &actors);
	done = turn(s, &nothing, 0, NULL, &now);
	if (now.n)
		now.run[0].from = 0;
	for (int turns = 1; !done && now.n &&
	     turns <= tape_preemptions(&s->best); turns++) {
		struct turned_list next = { .n = 0 };

		for (size_t i = 0; i < now.n && !done; i++)
			done = turn_everywhere(s, &now.run[i], &actors, &next);
		turned_free(&now);
		now = next;
	}
	turned_free(&now);
	tape_release(&actors);
}

/* ---- the step after which no run recovers ---- */

/* Do all completions of the first n picks fail?  One that does not is kept, if
 * it is shorter than what was kept.  */
static bool
is_lost(struct shortening *s, size_t n, struct tape *passing)
{
	struct tape made = TAPE_INIT;
	bool lost = true;

	for (int i = 0; i <= SAMPLES && lost && s->runs < s->runs_max; i++) {
		struct follow f = {
			.tape = &s->best, .exact = n, .skip = SIZE_MAX,
			.rest = i ? FOLLOW_RANDOM : FOLLOW_STRAIGHT,
			.random = i,
		};
		bool whole, fails = try(s, &f, &made, &whole);

		if (fails || f.differs || !whole)
			continue;
		lost = false;
		tape_copy(passing, &made);
	}
	tape_release(&made);
	return lost;
}

/* Between low, after which some recover, and high, after which none does.  */
static size_t
find_turning(struct shortening *s, struct tape *passing)
{
	size_t low = 0, high = s->best.n;

	if (is_lost(s, 0, passing))
		return 0;
	while (high - low > 1 && s->runs < s->runs_max) {
		size_t middle = low + (high - low) / 2;

		if (is_lost(s, middle, passing))
			high = middle;
		else
			low = middle;
	}
	return s->runs < s->runs_max ? high : 0;
}

void
shorten(const struct tape *found, shorten_run *run, void *with,
	uint64_t runs_max, struct shortened *to)
{
	struct shortening s = { .run = run, .with = with,
				.runs_max = runs_max };

	tape_copy(&s.best, found);
	if (found->n == 0) {		/* it fails whatever is picked */
		*to = (struct shortened){ .tape = s.best };
		return;
	}
	while (s.runs < s.runs_max && improve(&s))
		;
	s.runs_max += runs_max;
	search_few(&s);
	while (s.runs < s.runs_max && improve(&s))
		;
	*to = (struct shortened){ .tape = s.best };
	s.runs_max += runs_max;
	to->turning = find_turning(&s, &to->passing);
	to->runs = s.runs;
}
