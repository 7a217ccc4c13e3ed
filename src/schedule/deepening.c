/* Deepening: all runs within a bound, then within the next.  */
#include "config.h"

#include "schedule/deepening.h"

#include <stdlib.h>

/* A choice of the run: which of those that the bound let in, how many these
 * were, and what the choices before cost.  */
struct node {
	uint16_t rank, n;
	uint16_t faults;
	uint32_t spent;
};

struct deepening {
	struct strategy strategy;
	struct strategy_config config;
	cost_fn *cost;
	uint32_t bound;		/* of this pass */
	bool over;		/* nothing is left */
	bool cut;		/* the bound cut something off in this pass */
	bool truncated;		/* a run was not whole */
	uint64_t runs, runs_before;	/* ... this pass */
	struct node *node;
	size_t n, room;
	struct cost *order;	/* of the alternatives; scratch */
	size_t order_room;
};

/* A key that sorts alternatives round robin.  */
static uint64_t
robin_key(const struct position *p, int i)
{
	const struct alternative *a = &p->alternative[i];
	uint32_t turns = (uint32_t)a->actor -
			 (uint32_t)(p->last < 0 ? 0 : p->last);

	return (uint64_t)turns << 32 | (uint64_t)a->fault << 31 |
	       (uint64_t)a->kind << 24 | (uint64_t)i;
}

static int
by_key(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

void
round_robin(const struct position *p, struct cost *to)
{
	size_t n = (size_t)p->n_alternatives;
	uint64_t *key = xcalloc(n + 1, sizeof(*key));

	for (size_t i = 0; i < n; i++)
		key[i] = robin_key(p, (int)i);
	qsort(key, n, sizeof(*key), by_key);
	for (size_t i = 0; i < n; i++)
		to[i] = (struct cost){ (int)(key[i] & 0xffffff), 0 };
	free(key);
}

struct strategy *
deepening_open(const struct strategy_kind *kind,
	       const struct strategy_config *c, cost_fn *cost)
{
	struct deepening *s = xcalloc(1, sizeof(*s));

	s->strategy.kind = kind;
	s->config = *c;
	s->cost = cost;
	return &s->strategy;
}

bool
deepening_begin(struct strategy *strategy)
{
	return !((struct deepening *)strategy)->over;
}

/* Leave in order those that bound and budget let in; how many.  */
static uint16_t
let_in(struct deepening *s, const struct position *p, const struct node *at)
{
	uint16_t n = 0;

	s->order = xgrow(s->order, &s->order_room,
			 (size_t)p->n_alternatives, sizeof(*s->order));
	round_robin(p, s->order);
	s->cost(p, s->order);
	for (int i = 0; i < p->n_alternatives; i++) {
		struct cost c = s->order[i];

		if (p->alternative[c.alternative].fault &&
		    at->faults >= s->config.faults)
			continue;
		if (at->spent + (uint32_t)c.cost > s->bound)
			s->cut = true;
		else if (n < UINT16_MAX)
			s->order[n++] = c;
	}
	return n;
}

/* What the next choice finds spent.  */
static void
pass_on(struct deepening *s, const struct position *p, struct cost c)
{
	const struct node *at = &s->node[p->step];
	struct node *next = &s->node[p->step + 1];

	next->spent = at->spent + (uint32_t)c.cost;
	next->faults = (uint16_t)(at->faults +
				  p->alternative[c.alternative].fault);
}

/* The node of this step; one more is kept for what is spent after it.  */
static struct node *
node_at(struct deepening *s, size_t step)
{
	s->node = xgrow(s->node, &s->room, step + 2, sizeof(*s->node));
	if (step == 0)
		s->node[0].spent = s->node[0].faults = 0;
	if (step >= s->n)
		s->node[step].rank = 0;
	return &s->node[step];
}

int
deepening_pick(struct strategy *strategy, const struct position *p)
{
	struct deepening *s = (struct deepening *)strategy;
	size_t step = (size_t)p->step;
	struct node *at = node_at(s, step);

	at->n = let_in(s, p, at);
	if (at->n == 0)
		return -1;
	if (at->rank >= at->n) {	/* not what was shown before */
		at->rank = (uint16_t)(at->n - 1);
		s->truncated = true;
	}
	if (step >= s->n)
		s->n = step + 1;
	pass_on(s, p, s->order[at->rank]);
	return s->order[at->rank].alternative;
}

void
deepening_did(struct strategy *s, const struct position *p, int picked,
	      const struct done *d)
{
	(void)s;
	(void)p;
	(void)picked;
	(void)d;
}

/* Nothing is left within this bound.  */
static void
deepen(struct deepening *s)
{
	if (!s->cut || s->bound == (uint32_t)s->config.depth) {
		s->over = true;
		return;
	}
	s->bound++;
	s->cut = false;
	s->runs_before = s->runs;
}

void
deepening_end(struct strategy *strategy, const struct position *p,
	      enum ending how)
{
	struct deepening *s = (struct deepening *)strategy;

	(void)p;
	if (how != ENDING_GIVEN_UP)
		s->runs++;
	if (how == ENDING_CUT)
		s->truncated = true;
	while (s->n > 0 && s->node[s->n - 1].rank + 1 >= s->node[s->n - 1].n)
		s->n--;
	if (s->n > 0)
		s->node[s->n - 1].rank++;
	else
		deepen(s);
}

/* The part of this pass that is done: every choice of a node is taken to lead
 * to as many runs (Knuth, 1975).  */
static double
part_done(const struct deepening *s)
{
	double part = 0, weight = 1;

	for (size_t i = 0; i < s->n; i++) {
		weight /= s->node[i].n;
		part += weight * s->node[i].rank;
	}
	return part;
}

void
deepening_progress(const struct strategy *strategy,
		   struct strategy_progress *to)
{
	const struct deepening *s = (const struct deepening *)strategy;
	double part = part_done(s);

	*to = (struct strategy_progress){ .runs = s->runs };
	if (s->over) {
		to->estimate = (double)s->runs;
		to->complete = true;
		to->bounded = s->cut || s->truncated;
	} else if (part > 0 && (!s->cut ||
				s->bound == (uint32_t)s->config.depth)) {
		to->estimate = (double)s->runs_before +
			       (double)(s->runs - s->runs_before) / part;
	}
}

void
deepening_close(struct strategy *strategy)
{
	struct deepening *s = (struct deepening *)strategy;

	free(s->node);
	free(s->order);
	free(s);
}
