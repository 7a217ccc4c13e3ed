/*
 * Faults in turn: each run is for one kind of fault, which happens where it can
 * happen first, then next, until there were as many as may be.  Programs that
 * forget a fault forget it most often wherever it can happen; dice that spread
 * few faults over a run seldom meet two calls that only together do harm, as
 * two pipes that are both small.
 *
 * A kind is what happens (the call is cut, fails with this errno, wakes up) to
 * what kind of operation.  With a depth the kind that was tried least is next;
 * when it comes again, one more place is left out before the first.  Without,
 * dice say which kind, and how many places.  Between faults whoever goes goes
 * on while it can; then dice say who, in the first run the oldest.
 */
#include "config.h"

#include "base/random.h"
#include "schedule/sampling.h"

#include <stdlib.h>

enum { KINDS_MAX = 16 };	/* more are never tried */

struct fault_kind {
	enum alternative_kind kind;
	int of;			/* errno value, or what is cut or woken */
	int tried;		/* runs */
	int usual;		/* places where it could happen, at most */
};

struct injecting {
	struct sampling sampling;
	struct fault_kind kind[KINDS_MAX];
	int n;
	int now;		/* the kind of this run; -1: the first seen */
	int left_out;		/* places still to leave out */
	int places;		/* of this kind in this run */
};

static struct strategy *
open_faults(const struct strategy_config *c)
{
	struct injecting *s = xcalloc(1, sizeof(*s));

	sampling_open(&s->sampling, &strategy_faults, c);
	return &s->sampling.strategy;
}

/* -1: none was seen yet.  */
static int
next_kind(struct injecting *s)
{
	int least = -1;

	if (s->n > 0 && s->sampling.config.depth < 0)
		return (int)random_below(&s->sampling.random, (uint64_t)s->n);
	for (int i = 0; i < s->n; i++)
		if (least < 0 || s->kind[i].tried < s->kind[least].tried)
			least = i;
	return least;
}

static bool
begin(struct strategy *strategy)
{
	struct injecting *s = (struct injecting *)strategy;
	struct fault_kind *k;

	sampling_begin(strategy);
	s->now = next_kind(s);
	s->left_out = s->places = 0;
	if (s->now < 0)
		return true;
	k = &s->kind[s->now];
	if (s->sampling.config.depth >= 0 && k->tried < k->usual)
		s->left_out = k->tried;
	else if (k->usual > 0)
		s->left_out = (int)random_below(&s->sampling.random,
						(uint64_t)k->usual);
	return true;
}

/* ---- kinds ---- */

/* The kind of that fault; -1: there are too many.  */
static int
kind_of(struct injecting *s, const struct alternative *a)
{
	int of = a->kind == ALTERNATIVE_FAIL ? a->number :
		 a->op.n > 0 ? a->op.touch[0].act : -1;

	for (int i = 0; i < s->n; i++)
		if (s->kind[i].kind == a->kind && s->kind[i].of == of)
			return i;
	if (s->n == KINDS_MAX)
		return -1;
	s->kind[s->n] = (struct fault_kind){ .kind = a->kind, .of = of };
	return s->n++;
}

/* A fault of this run's kind; -1.  */
static int
find_fault(struct injecting *s, const struct position *p)
{
	int found = -1;

	for (int i = 0; i < p->n_alternatives; i++) {
		int kind = p->alternative[i].fault ?
			   kind_of(s, &p->alternative[i]) : -1;

		if (kind < 0)
			continue;
		if (s->now < 0)
			s->now = kind;
		if (kind == s->now && found < 0)
			found = i;
	}
	return found;
}

/* ---- who goes ---- */

static uint64_t
key_of(const struct injecting *s, const struct position *p,
       const struct alternative *a)
{
	if (a->kind == ALTERNATIVE_GO && a->actor == p->last)
		return 0;
	if (s->sampling.begun == 1)
		return 1 + (uint64_t)a->actor +
		       (a->kind == ALTERNATIVE_GO ? 0 : ACTORS_MAX);
	return 1 + (random_mix(s->sampling.key, (uint64_t)a->kind << 32 |
						(uint32_t)a->actor) >> 1);
}

static int
pick(struct strategy *strategy, const struct position *p)
{
	struct injecting *s = (struct injecting *)strategy;
	int best = -1, fault = find_fault(s, p);
	uint64_t least = 0;

	for (int i = 0; i < p->n_alternatives; i++) {
		uint64_t key = key_of(s, p, &p->alternative[i]);

		if (p->alternative[i].fault || (best >= 0 && key >= least))
			continue;
		best = i;
		least = key;
	}
	if (fault < 0 || s->sampling.faults >= s->sampling.config.faults)
		return best;
	s->places++;
	if (best >= 0 && s->left_out-- > 0)
		return best;
	s->sampling.faults++;
	return fault;
}

static void
did(struct strategy *strategy, const struct position *p, int picked,
    const struct done *d)
{
	(void)strategy, (void)p, (void)picked, (void)d;
}

static void
end(struct strategy *strategy, const struct position *p, enum ending how)
{
	struct injecting *s = (struct injecting *)strategy;

	if (s->now >= 0) {
		s->kind[s->now].tried++;
		if (s->places > s->kind[s->now].usual)
			s->kind[s->now].usual = s->places;
	}
	sampling_end(strategy, p, how);
}

const struct strategy_kind strategy_faults = {
	.name = "faults",
	.samples = true,
	.text = "one kind of fault a run, wherever it can happen",
	.open = open_faults,
	.begin = begin,
	.pick = pick,
	.did = did,
	.end = end,
	.progress = sampling_progress,
	.close = sampling_close,
};
