/*
 * Taking turns: each actor does a few steps, then the next one.  That is as
 * far from running one after the other as can be, and most mistakes show when
 * two are halfway through the same thing.
 *
 * The first run is the same for all seeds: the youngest goes first, one step
 * each; whoever makes others does that before, and nobody ends before he must.
 * In the others dice say in what order, how many steps, and whether births are
 * early and ends late.
 */
#include "config.h"

#include "base/random.h"
#include "schedule/sampling.h"

struct turns {
	struct sampling sampling;
	bool first;			/* run */
	bool early_births, late_ends;
	int length;			/* of a turn */
	int used;			/* steps of the turn that goes on */
};

static struct strategy *
open_turns(const struct strategy_config *c)
{
	struct turns *s = xcalloc(1, sizeof(*s));

	sampling_open(&s->sampling, &strategy_turns, c);
	return &s->sampling.strategy;
}

static bool
begin(struct strategy *strategy)
{
	static const int lengths[] = { 1, 1, 2, 3, 5, 1 << 30 };
	struct turns *s = (struct turns *)strategy;
	uint64_t *random = &s->sampling.random;

	s->first = s->sampling.begun == 0;
	s->early_births = s->late_ends = true;
	s->length = 1;
	s->used = 0;
	sampling_begin(strategy);
	if (s->first)
		return true;
	s->early_births = random_below(random, 2);
	s->late_ends = random_below(random, 4);
	s->length = lengths[random_below(random, ARRAY_SIZE(lengths))];
	return true;
}

/* Who is before whom: 0 is the first.  */
static uint64_t
place_of(const struct turns *s, int actor)
{
	if (s->first)
		return ~(uint64_t)actor << 8;
	return random_mix(s->sampling.key, (uint64_t)actor);
}

/* Its class, then how far behind the one that went last it comes, in turn.  */
static uint64_t
key_of(const struct turns *s, const struct position *p,
       const struct alternative *a)
{
	uint64_t from = p->last < 0 ? 0 : place_of(s, p->last);
	uint64_t turns = place_of(s, a->actor) - from;

	/* He goes on, or is the last of all.  */
	if (turns == 0)
		turns = s->used < s->length ? 0 : UINT64_MAX;
	if (s->first && a->kind != ALTERNATIVE_GO)
		return UINT64_MAX;
	return alternative_class(a, s->early_births, s->late_ends) << 62 |
	       turns >> 2;
}

static int
pick(struct strategy *strategy, const struct position *p)
{
	struct turns *s = (struct turns *)strategy;
	int best = sampling_fault(&s->sampling, p);
	uint64_t least = 0;

	if (best >= 0)
		return best;
	for (int i = 0; i < p->n_alternatives; i++) {
		uint64_t key = key_of(s, p, &p->alternative[i]);

		if (p->alternative[i].fault || (best >= 0 && key >= least))
			continue;
		best = i;
		least = key;
	}
	return best;
}

static void
did(struct strategy *strategy, const struct position *p, int picked,
    const struct done *d)
{
	struct turns *s = (struct turns *)strategy;

	(void)d;
	s->used = p->alternative[picked].actor == p->last ? s->used + 1 : 1;
}

const struct strategy_kind strategy_turns = {
	.name = "turns",
	.samples = true,
	.text = "each actor a few steps, in random orders",
	.open = open_turns,
	.begin = begin,
	.pick = pick,
	.did = did,
	.end = sampling_end,
	.progress = sampling_progress,
	.close = sampling_close,
};
