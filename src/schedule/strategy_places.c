/*
 * Places: who stands before a place in the program waits there until nobody
 * else can go, and so does everybody who comes after.  A failure that needs
 * some place to be late needs few runs, whether two actors pass it or twenty.
 * Strategies in which each actor throws dice of its own seldom hold all of
 * twenty.
 *
 * The configuration's places are held one by one, the depth-th first, while
 * the others run one after the other, the oldest first.  Then, or where there
 * is no depth, every place has a random priority in each run.
 */
#include "config.h"

#include "base/random.h"
#include "schedule/sampling.h"

struct holding {
	struct sampling sampling;
	size_t next;			/* place to hold */
	uint64_t pc;			/* of the one that is held */
	bool one;			/* one is held; else: all by dice */
	bool early_births, late_ends;
};

static struct strategy *
open_places(const struct strategy_config *c)
{
	struct holding *s = xcalloc(1, sizeof(*s));

	sampling_open(&s->sampling, &strategy_places, c);
	s->next = c->depth < 0 ? SIZE_MAX : (size_t)c->depth;
	return &s->sampling.strategy;
}

static bool
begin(struct strategy *strategy)
{
	struct holding *s = (struct holding *)strategy;
	const struct places *places = s->sampling.config.places;

	sampling_begin(strategy);
	s->early_births = s->late_ends = true;
	s->one = places && s->next < places->n;
	if (s->one) {
		s->pc = places->at[s->next++].pc;
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
		return ((uint64_t)(a->op.pc == s->pc) << 32) + a->actor;
	/* What is no GO (time that is over, a signal) comes from elsewhere. */
	key = random_mix(random_mix(key, a->op.pc),
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
did(struct strategy *s, const struct position *p, int picked,
    const struct done *d)
{
	(void)s;
	(void)p;
	(void)picked;
	(void)d;
}

const struct strategy_kind strategy_places = {
	.name = "places",
	.samples = true,
	.text = "places in the program that all come late to",
	.open = open_places,
	.begin = begin,
	.pick = pick,
	.did = did,
	.end = sampling_end,
	.progress = sampling_progress,
	.close = sampling_close,
};
