/*
 * Places: who stands before a place in the program waits there until nobody
 * else can go, and so does everybody who comes after.  A failure that needs
 * some place to be late needs few runs, whether two actors pass it or twenty.
 * Strategies in which each actor throws dice of its own seldom hold all of
 * twenty.
 *
 * The configuration's places are held one by one, but for the first depth of
 * them, while the others run one after the other: first who came there first
 * when it was seen, then the oldest.  Places that only these runs come to are
 * among them.  Then, or where there is no
 * depth, every place has a random priority in each run.
 */
#include "config.h"

#include "base/random.h"
#include "schedule/sampling.h"

struct holding {
	struct sampling sampling;
	struct places places;		/* to hold: depth and more */
	uint64_t where;			/* the one that is held */
	int actor;			/* ... who came there first */
	bool one;			/* one is held; else: all by dice */
	bool early_births, late_ends;
};

static struct strategy *
open_places(const struct strategy_config *c)
{
	struct holding *s = xcalloc(1, sizeof(*s));

	sampling_open(&s->sampling, &strategy_places, c);
	if (c->depth >= 0 && c->places)
		places_copy(&s->places, c->places);
	return &s->sampling.strategy;
}

/* The next to hold; NULL: none is left.  */
static struct place *
next_place(struct holding *s)
{
	for (size_t i = (size_t)s->sampling.config.depth; i < s->places.n; i++)
		if (!s->places.at[i].held)
			return &s->places.at[i];
	return NULL;
}

static bool
begin(struct strategy *strategy)
{
	struct holding *s = (struct holding *)strategy;
	struct place *place = s->sampling.config.depth < 0 ? NULL :
			      next_place(s);

	sampling_begin(strategy);
	s->early_births = s->late_ends = true;
	s->one = place;
	if (place) {
		s->where = place->where;
		s->actor = place->actor;
		place->held = true;
		return true;
	}
	s->early_births = random_below(&s->sampling.random, 4);
	s->late_ends = random_below(&s->sampling.random, 4);
	return true;
}

/* Lower goes first.  */
static uint64_t
key_of(const struct holding *s, const struct alternative *a)
{
	uint64_t key = s->sampling.key;

	if (s->one)
		return ((uint64_t)(place_where(&a->op) == s->where) << 32) +
		       (a->actor == s->actor ? 0 : 1 + (uint64_t)a->actor);
	/* What is no GO (time that is over, a signal) comes from elsewhere. */
	key = random_mix(random_mix(key, place_where(&a->op)),
			 (uint64_t)a->kind << 32 | (uint32_t)a->number);
	return key >> 2;
}

/* Of the same place.  */
static uint64_t
own_key(const struct holding *s, const struct alternative *a)
{
	return s->one ? 0 : random_mix(s->sampling.key, ~(uint64_t)a->actor);
}

static int
pick(struct strategy *strategy, const struct position *p)
{
	struct holding *s = (struct holding *)strategy;
	int best = sampling_fault(&s->sampling, p);
	uint64_t least = 0, least_own = 0;

	if (best >= 0)
		return best;
	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a = &p->alternative[i];
		uint64_t class = alternative_class(a, s->early_births,
						   s->late_ends);
		uint64_t key = class << 62 | key_of(s, a);
		uint64_t own = own_key(s, a);

		if (a->fault || (best >= 0 && (key > least || (key == least &&
							       own >= least_own))))
			continue;
		best = i;
		least = key;
		least_own = own;
	}
	return best;
}

static void
did(struct strategy *strategy, const struct position *p, int picked,
    const struct done *d)
{
	struct holding *s = (struct holding *)strategy;

	if (s->one)
		places_note(&s->places, p->alternative[picked].actor, &d->op,
			    position_is_lonely(p));
}

static void
end(struct strategy *strategy, const struct position *p, enum ending how)
{
	struct holding *s = (struct holding *)strategy;

	if (s->one)
		places_sort(&s->places);
	sampling_end(strategy, p, how);
}

static void
close_places(struct strategy *strategy)
{
	struct holding *s = (struct holding *)strategy;

	places_release(&s->places);
	sampling_close(strategy);
}

const struct strategy_kind strategy_places = {
	.name = "places",
	.samples = true,
	.text = "places in the program that all come late to",
	.open = open_places,
	.begin = begin,
	.pick = pick,
	.did = did,
	.end = end,
	.progress = sampling_progress,
	.close = close_places,
};
