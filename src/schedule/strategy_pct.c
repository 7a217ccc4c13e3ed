/*
 * Probabilistic concurrency testing (Burckhardt and others, ASPLOS 2010):
 * actors have random priorities, the highest goes, and at d - 1 random steps
 * the one that would go falls below all others.  With n actors and k steps a
 * failure that needs d orderings is found by a run with a chance of at least
 * 1 / (n * k^(d - 1)).
 *
 * What is no GO (time that is over, a signal) has a priority of its own, as
 * if a clock or a sender were an actor.
 */
#include "config.h"

#include "base/random.h"
#include "schedule/sampling.h"

enum {
	DEPTH = 3,		/* when the configuration names none */
	DEPTH_MAX = 64,
	LENGTH_AT_FIRST = 32,	/* steps, before any run has told */
};

struct fallen {
	int actor;
	enum alternative_kind kind;
	uint64_t priority;
};

struct pct {
	struct sampling sampling;
	int changes;			/* d - 1 */
	uint64_t length;		/* the longest run so far */
	uint64_t at[DEPTH_MAX];		/* the steps of this run's changes */
	int n_fallen;
	struct fallen fallen[DEPTH_MAX];
};

static struct strategy *
open_pct(const struct strategy_config *c)
{
	struct pct *s = xcalloc(1, sizeof(*s));
	int depth = c->depth < 0 ? DEPTH : c->depth;

	sampling_open(&s->sampling, &strategy_pct, c);
	s->changes = depth == 0 ? 0 : depth - 1;
	if (s->changes > DEPTH_MAX)
		s->changes = DEPTH_MAX;
	s->length = c->length > 0 ? (uint64_t)c->length : 0;
	return &s->sampling.strategy;
}

static bool
begin(struct strategy *strategy)
{
	struct pct *s = (struct pct *)strategy;

	uint64_t length = s->length > 0 ? s->length : LENGTH_AT_FIRST;

	sampling_begin(strategy);
	s->n_fallen = 0;
	for (int i = 0; i < s->changes; i++)
		s->at[i] = random_below(&s->sampling.random, length);
	return true;
}

/* Those that fell are below DEPTH_MAX, all others above.  */
static uint64_t
priority(const struct pct *s, const struct alternative *a)
{
	for (int i = s->n_fallen - 1; i >= 0; i--)
		if (s->fallen[i].actor == a->actor &&
		    s->fallen[i].kind == a->kind)
			return s->fallen[i].priority;
	return random_mix(random_mix(s->sampling.key, (uint64_t)a->actor),
			  (uint64_t)a->kind) | UINT64_C(1) << 63;
}

static int
highest(const struct pct *s, const struct position *p)
{
	uint64_t most = 0;
	int best = -1;

	for (int i = 0; i < p->n_alternatives; i++) {
		uint64_t r = priority(s, &p->alternative[i]);

		if (p->alternative[i].fault || (best >= 0 && r <= most))
			continue;
		best = i;
		most = r;
	}
	return best;
}

static void
fall(struct pct *s, const struct alternative *a, int change)
{
	s->fallen[s->n_fallen++] = (struct fallen){
		a->actor, a->kind, (uint64_t)change
	};
}

static int
pick(struct strategy *strategy, const struct position *p)
{
	struct pct *s = (struct pct *)strategy;
	int best = sampling_fault(&s->sampling, p);

	if (best >= 0 || (best = highest(s, p)) < 0)
		return best;
	for (int i = 0; i < s->changes; i++) {
		if (s->at[i] != (uint64_t)p->step)
			continue;
		fall(s, &p->alternative[best], i);
		best = highest(s, p);
	}
	return best;
}

static void
did(struct strategy *strategy, const struct position *p, int picked,
    const struct done *d)
{
	struct pct *s = (struct pct *)strategy;

	(void)picked;
	(void)d;
	if ((uint64_t)p->step >= s->length)
		s->length = (uint64_t)p->step + 1;
}

const struct strategy_kind strategy_pct = {
	.name = "pct",
	.samples = true,
	.text = "random priorities that change at few random steps",
	.open = open_pct,
	.begin = begin,
	.pick = pick,
	.did = did,
	.end = sampling_end,
	.progress = sampling_progress,
	.close = sampling_close,
};
