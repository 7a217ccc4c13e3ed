/*
 * Partial order sampling (Yuan, Yang and Gu, CAV 2018): every operation that
 * is pending has a random priority, and the highest goes.  Operations that
 * conflict with what was done get a new one: so each order of two operations
 * that matter to each other is about as likely, however long the run is.
 */
#include "config.h"

#include "base/random.h"
#include "schedule/sampling.h"

#include <stdlib.h>

struct pos {
	struct sampling sampling;
	uint32_t *throws;	/* how often each actor's dice were thrown in
				   this run */
	size_t room;
};

static struct strategy *
open_pos(const struct strategy_config *c)
{
	struct pos *s = xcalloc(1, sizeof(*s));

	sampling_open(&s->sampling, &strategy_pos, c);
	return &s->sampling.strategy;
}

static bool
begin(struct strategy *strategy)
{
	struct pos *s = (struct pos *)strategy;

	for (size_t i = 0; i < s->room; i++)
		s->throws[i] = 0;
	return sampling_begin(strategy);
}

static uint32_t *
throws(struct pos *s, int actor)
{
	size_t before = s->room;

	s->throws = xgrow(s->throws, &s->room, (size_t)actor + 1,
			  sizeof(*s->throws));
	for (size_t i = before; i < s->room; i++)
		s->throws[i] = 0;
	return &s->throws[actor];
}

static uint64_t
priority(struct pos *s, const struct alternative *a)
{
	uint64_t r = random_mix(s->sampling.key, (uint64_t)a->actor);

	r = random_mix(r, *throws(s, a->actor));
	return random_mix(r, (uint64_t)a->kind << 32 | (uint32_t)a->number);
}

static int
pick(struct strategy *strategy, const struct position *p)
{
	struct pos *s = (struct pos *)strategy;
	int best = sampling_fault(&s->sampling, p);
	uint64_t highest = 0;

	if (best >= 0)
		return best;
	for (int i = 0; i < p->n_alternatives; i++) {
		uint64_t r = priority(s, &p->alternative[i]);

		if (p->alternative[i].fault || (best >= 0 && r <= highest))
			continue;
		best = i;
		highest = r;
	}
	return best;
}

static void
did(struct strategy *strategy, const struct position *p, int picked,
    const struct done *d)
{
	struct pos *s = (struct pos *)strategy;
	int actor = p->alternative[picked].actor;

	++*throws(s, actor);
	for (int i = 0; i < p->n_standing; i++) {
		const struct standing *t = &p->standing[i];

		if (t->actor != actor && t->state != STANDS_ENDED &&
		    dependence(&d->op, &t->next) != COMMUTES)
			++*throws(s, t->actor);
	}
}

static void
close_pos(struct strategy *strategy)
{
	free(((struct pos *)strategy)->throws);
	sampling_close(strategy);
}

const struct strategy_kind strategy_pos = {
	.name = "pos",
	.samples = true,
	.text = "partial order sampling: orders that matter are as likely",
	.open = open_pos,
	.begin = begin,
	.pick = pick,
	.did = did,
	.end = sampling_end,
	.progress = sampling_progress,
	.close = close_pos,
};
