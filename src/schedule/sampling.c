/* Sampling: what the strategies share that throw dice.  */
#include "config.h"

#include "base/random.h"
#include "schedule/sampling.h"

#include <stdlib.h>

/* Positions that offer a fault, before any run has told.  */
enum { USUAL_AT_FIRST = 16 };

void
sampling_open(struct sampling *s, const struct strategy_kind *kind,
	      const struct strategy_config *c)
{
	s->strategy.kind = kind;
	s->config = *c;
	s->usual = USUAL_AT_FIRST;
}

bool
sampling_begin(struct strategy *strategy)
{
	struct sampling *s = (struct sampling *)strategy;

	s->key = s->random = random_mix(s->config.seed, s->begun++);
	s->faults = s->offered = 0;
	return true;
}

void
sampling_end(struct strategy *strategy, const struct position *p,
	     enum ending how)
{
	struct sampling *s = (struct sampling *)strategy;

	(void)p;
	if (how != ENDING_GIVEN_UP)
		s->ended++;
	if (s->offered > 0)
		s->usual = s->offered;
}

void
sampling_progress(const struct strategy *strategy,
		  struct strategy_progress *to)
{
	const struct sampling *s = (const struct sampling *)strategy;

	*to = (struct strategy_progress){ .runs = s->ended };
}

void
sampling_close(struct strategy *s)
{
	free(s);
}

static bool
has(const struct operation *o, enum act act)
{
	for (int i = 0; i < o->n; i++)
		if (o->touch[i].act == act)
			return true;
	return false;
}

uint64_t
alternative_class(const struct alternative *a, bool early_births,
		  bool late_ends)
{
	if (a->kind != ALTERNATIVE_GO)
		return 1;
	if (early_births && (has(&a->op, ACT_CREATE) || has(&a->op, ACT_FORK)))
		return 0;
	return late_ends && a->op.ends ? 2 : 1;
}

/* The n-th fault of a position.  */
static int
nth_fault(const struct position *p, uint64_t n)
{
	int i = 0;

	while (!p->alternative[i].fault || n-- > 0)
		i++;
	return i;
}

/* Faults are spread over the run: each position that offers some is as likely
 * as any other to get one.  Where there is nothing else, one is taken.  */
int
sampling_fault(struct sampling *s, const struct position *p)
{
	int n = 0, left = s->config.faults - s->faults;

	for (int i = 0; i < p->n_alternatives; i++)
		n += p->alternative[i].fault;
	if (n == 0 || left <= 0)
		return -1;
	s->offered++;
	if (n < p->n_alternatives &&
	    random_below(&s->random, (uint64_t)s->usual + 1) >= (uint64_t)left)
		return -1;
	s->faults++;
	return nth_fault(p, random_below(&s->random, (uint64_t)n));
}
