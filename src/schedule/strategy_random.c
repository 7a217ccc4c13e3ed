/* Random walk: each alternative is as likely as any other.  */
#include "config.h"

#include "base/random.h"
#include "schedule/sampling.h"

static struct strategy *
open_random(const struct strategy_config *c)
{
	struct sampling *s = xcalloc(1, sizeof(*s));

	sampling_open(s, &strategy_random, c);
	return &s->strategy;
}

static int
pick(struct strategy *strategy, const struct position *p)
{
	struct sampling *s = (struct sampling *)strategy;
	int i = sampling_fault(s, p), n = 0;

	if (i >= 0)
		return i;
	/* Reservoir: the n-th replaces what was taken in one case of n.  */
	for (int k = 0; k < p->n_alternatives; k++)
		if (!p->alternative[k].fault &&
		    random_below(&s->random, (uint64_t)++n) == 0)
			i = k;
	return i;
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

const struct strategy_kind strategy_random = {
	.name = "random",
	.samples = true,
	.text = "a random walk: each alternative is as likely",
	.open = open_random,
	.begin = sampling_begin,
	.pick = pick,
	.did = did,
	.end = sampling_end,
	.progress = sampling_progress,
	.close = sampling_close,
};
