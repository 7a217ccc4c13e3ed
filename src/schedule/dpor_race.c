/*
 * What came before what; races.
 *
 * A step comes before another if it depends on it or lets it be, directly or
 * over others; clocks tell.  Two steps race if they depend and nothing lies
 * between: then there may be a run where they stand the other way round, and
 * some first step of it is wanted at the position before the earlier one.
 */
#include "config.h"

#include "schedule/dpor.h"

#include <stdlib.h>
#include <string.h>

/* A step that the claim depends on, or that lets it be.  */
struct pair {
	uint32_t step;
	enum dependence how;
	bool waited;		/* the claim could not be done at this step */
};

struct hunt {
	struct dpor *d;
	const struct claim *claim;
	struct pair *pair;
	size_t n, room;
	uint32_t *before;	/* clock without what only lets it be */
	uint32_t *clock;	/* with it */
};

static void
join(uint32_t *to, const struct frame *f)
{
	for (uint32_t i = 0; i < f->width; i++)
		if (f->clock[i] > to[i])
			to[i] = f->clock[i];
}

static bool
covers(const uint32_t *clock, const struct frame *f)
{
	return f->nth <= clock[f->picked.actor];
}

static bool
comes_after(const struct frame *later, const struct frame *f)
{
	return (uint32_t)f->picked.actor < later->width &&
	       covers(later->clock, f);
}

/* ---- what the claim depends on ---- */

/* What its actor knew before: its last step, and who let it go on.  */
static void
begin_clock(struct hunt *h)
{
	const struct known *k = &h->d->known[h->claim->key.actor];

	if (k->n_steps > 0)
		join(h->before, &h->d->frame[k->step[k->n_steps - 1]]);
	for (size_t i = 0; i < k->n_let; i++)
		join(h->before, &h->d->frame[k->let[i]]);
}

/* The first step that did not come before; none: all that were.  */
static uint32_t
horizon(const struct hunt *h)
{
	uint32_t first = UINT32_MAX;

	for (size_t i = 0; i < h->d->n_known; i++) {
		const struct known *k = &h->d->known[i];

		if (h->before[i] < k->n_steps &&
		    k->step[h->before[i]] < first)
			first = k->step[h->before[i]];
	}
	return first;
}

static void
add_pair(struct hunt *h, uint32_t step, enum dependence how, bool waited)
{
	h->pair = xgrow(h->pair, &h->room, h->n + 1, sizeof(*h->pair));
	h->pair[h->n++] = (struct pair){ step, how, waited };
}

/* Stood its actor at this step before the same, and could not do it?  Then
 * they can stand the other way round only if somebody else lets it go on, and
 * what is earlier still races.  */
static bool
had_to_wait(const struct hunt *h, uint32_t step)
{
	const struct known *k = &h->d->known[h->claim->key.actor];
	const struct frame *f = &h->d->frame[step];

	if (k->n_steps > 0 && k->step[k->n_steps - 1] > step)
		return false;
	for (size_t i = 0; i < k->n_let; i++)
		if (k->let[i] >= step)
			return false;
	for (int i = 0; i < f->n_keys; i++)
		if (key_equal(&f->key[i], &h->claim->key))
			return false;
	return true;
}

static bool
consider(void *arg, uint32_t step)
{
	struct hunt *h = arg;
	const struct frame *f = &h->d->frame[step];
	struct operation op;
	enum dependence how;

	bool waited;

	if (f->picked.actor == h->claim->key.actor || covers(h->before, f))
		return false;
	how = dependence(packed_fill(f->op, &op), h->claim->op);
	waited = how == DEPENDS && had_to_wait(h, step);
	if (how != COMMUTES)
		add_pair(h, step, how, waited);
	/* With a bound, what is wanted later may be out of it.  */
	return waited || h->d->config.depth >= 0;
}

static void
add_last(struct hunt *h, int actor)
{
	const struct known *k = &h->d->known[actor];

	if (k->n_steps > 0 && actor != h->claim->key.actor)
		add_pair(h, k->step[k->n_steps - 1], DEPENDS, false);
}

static int
latest_first(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->step != y->step)
		return x->step < y->step ? 1 : -1;
	return (int)y->how - (int)x->how;
}

static void
gather(struct hunt *h)
{
	const struct claim *c = h->claim;

	touched_each(h->d->touched, c->op, horizon(h), consider, h);
	for (int i = 0; i < c->n_struck; i++)
		add_last(h, c->struck[i]);
	for (size_t i = 0; c->op->unknown && i < h->d->n_known; i++)
		add_last(h, (int)i);
	if (h->n > 0)
		qsort(h->pair, h->n, sizeof(*h->pair), latest_first);
}

/* Keep the pairs that race, and complete the clocks.  */
static void
sift(struct hunt *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct frame *f = &h->d->frame[h->pair[i].step];

		if (covers(h->before, f))
			continue;
		join(h->clock, f);
		if (h->pair[i].how != DEPENDS)
			continue;
		if (!h->pair[i].waited)
			join(h->before, f);
		h->pair[n++] = h->pair[i];
	}
	h->n = n;
}

/* ---- wanting it the other way round ---- */

/* Steps that are later than the earlier one of a race and do not come after it:
 * of each actor the first.  The latest comes first.  */
struct rest {
	int n;
	struct first {
		int actor;
		uint32_t step;
	} *first;
};

/* Index of the first step of this actor that is later than step.  */
static size_t
first_later(const struct known *k, uint32_t step)
{
	size_t low = 0, high = k->n_steps;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (k->step[middle] > step)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static void
put_in_order(struct rest *rest, struct first f)
{
	int at = rest->n++;

	for (; at > 0 && rest->first[at - 1].step < f.step; at--)
		rest->first[at] = rest->first[at - 1];
	rest->first[at] = f;
}

static void
find_rest(const struct dpor *d, uint32_t step, struct rest *rest)
{
	rest->n = 0;
	rest->first = xcalloc(d->n_known + 1, sizeof(*rest->first));
	for (size_t i = 0; i < d->n_known; i++) {
		const struct known *k = &d->known[i];
		size_t later = first_later(k, step);

		if (later < k->n_steps &&
		    !comes_after(&d->frame[k->step[later]], &d->frame[step]))
			put_in_order(rest, (struct first){ (int)i,
							   k->step[later] });
	}
}

/* Does nothing of the rest come before?  clock is that of a step of the rest,
 * or of the claim.  */
static bool
is_initial(const struct dpor *d, const struct rest *rest, int actor,
	   const uint32_t *clock, uint32_t width)
{
	for (int i = 0; i < rest->n; i++) {
		const struct first *f = &rest->first[i];

		if (f->actor != actor && (uint32_t)f->actor < width &&
		    d->frame[f->step].nth <= clock[f->actor])
			return false;
	}
	return true;
}

static bool
has_actor(const struct rest *rest, int actor)
{
	for (int i = 0; i < rest->n; i++)
		if (rest->first[i].actor == actor)
			return true;
	return false;
}

/* The claim's own actor could be the first?  Not where it waited for a step of
 * the rest, or was let by one: there it comes second, even if it could have
 * been done without.  */
static bool
claim_is_initial(const struct hunt *h, const struct rest *rest)
{
	return !has_actor(rest, h->claim->key.actor) &&
	       is_initial(h->d, rest, h->claim->key.actor, h->clock,
			  (uint32_t)h->d->n_known);
}

/* Is one that could be first wanted there already, or found elsewhere?  */
static bool
is_wanted(const struct dpor *d, const struct frame *at,
	  const struct rest *rest)
{
	for (int i = 0; i < rest->n; i++) {
		const struct frame *f = &d->frame[rest->first[i].step];

		if ((tree_wants(at, f->picked.actor) ||
		     frame_sleeps(at, &f->picked)) &&
		    is_initial(d, rest, f->picked.actor, f->clock, f->width))
			return true;
	}
	return false;
}

static const struct key *
earliest(const struct dpor *d, const struct rest *rest)
{
	return &d->frame[rest->first[rest->n - 1].step].picked;
}

/* Is there a step of the rest that might let the claim be?  */
static bool
might_be_let(const struct hunt *h, const struct rest *rest)
{
	for (int i = 0; i < rest->n; i++)
		if (covers(h->clock, &h->d->frame[rest->first[i].step]))
			return true;
	return false;
}

static void
want_before(struct hunt *h, const struct pair *p, const struct rest *rest)
{
	uint32_t step = p->step;
	const struct frame *at = &h->d->frame[step];

	if ((p->waited && !might_be_let(h, rest)) ||
	    is_wanted(h->d, at, rest))
		;
	else if (!p->waited && claim_is_initial(h, rest) &&
		 frame_offers(at, &h->claim->key))
		tree_want(h->d, (int)step, &h->claim->key);
	else if (rest->n > 0)
		tree_want(h->d, (int)step, earliest(h->d, rest));
	else
		tree_want_all(h->d, (int)step);
}

/* As if the run had come no further.  True: the rest is less then.  */
static bool
cut_rest(struct rest *rest, uint32_t end)
{
	int n = 0;

	while (n < rest->n && rest->first[n].step >= end)
		n++;
	rest->n -= n;
	memmove(rest->first, rest->first + n, rest->n * sizeof(*rest->first));
	return n > 0;
}

/* A step that was done while the claim waited depends on it, but might have
 * come later: the claim is held also against what was done until then.  Pairs
 * are in order, the latest first: where the rest is the same, so is what is
 * wanted.  */
static void
want_reversed(struct hunt *h, const struct pair *p)
{
	struct rest rest;

	find_rest(h->d, p->step, &rest);
	want_before(h, p, &rest);
	for (size_t i = 0; i < h->n && rest.n > 0; i++)
		if (h->pair[i].waited && h->pair[i].step > p->step &&
		    cut_rest(&rest, h->pair[i].step))
			want_before(h, p, &rest);
	free(rest.first);
}

/* With a bound: each step that depends, and where its block begins, for there
 * the other may need no preemption.  What only lets the claim be counts too:
 * without it the claim waits, and others go on at no cost.  */
static void
want_bounded(struct hunt *h)
{
	for (size_t i = 0; i < h->n; i++) {
		const struct frame *f = &h->d->frame[h->pair[i].step];

		tree_want(h->d, (int)h->pair[i].step, &h->claim->key);
		tree_want(h->d, f->block, &h->claim->key);
	}
}

void
race_claim(struct dpor *d, const struct claim *c, uint32_t *clock)
{
	struct hunt h = { .d = d, .claim = c, .clock = clock };

	h.before = xcalloc(d->n_known + 1, sizeof(*h.before));
	begin_clock(&h);
	memcpy(clock, h.before, d->n_known * sizeof(*clock));
	gather(&h);
	if (d->config.depth >= 0)
		want_bounded(&h);
	sift(&h);
	for (size_t i = 0; d->config.depth < 0 && i < h.n; i++)
		want_reversed(&h, &h.pair[i]);
	free(h.before);
	free(h.pair);
}

void
race_spent(struct dpor *d, const struct key *fault)
{
	struct operation none = { .n = 0 };
	struct claim c = { .key = *fault, .op = &none };
	struct hunt h = { .d = d, .claim = &c };

	h.before = xcalloc(d->n_known + 1, sizeof(*h.before));
	h.clock = xcalloc(d->n_known + 1, sizeof(*h.clock));
	begin_clock(&h);
	for (int i = d->n_faults - 1; i >= 0; i--)
		if (d->frame[d->fault[i]].picked.actor != fault->actor)
			add_pair(&h, d->fault[i], DEPENDS, false);
	if (d->config.depth >= 0)
		want_bounded(&h);
	sift(&h);
	for (size_t i = 0; d->config.depth < 0 && i < h.n; i++)
		want_reversed(&h, &h.pair[i]);
	free(h.before);
	free(h.clock);
	free(h.pair);
}

/* A ghost might have come after this step, and then before what it came to
 * nothing by.  */
static void
race_ghost(struct dpor *d, const struct ghost *g, int step)
{
	const struct frame *at = &d->frame[g->step], *f = &d->frame[step];
	struct operation a, b;
	struct rest rest;

	if (comes_after(f, at))
		return;
	packed_fill(g->op, &a);
	packed_fill(f->op, &b);
	if (dependence(&a, &b) == COMMUTES && dependence(&b, &a) == COMMUTES)
		return;
	find_rest(d, (uint32_t)g->step, &rest);
	if (rest.n > 0 && !is_wanted(d, at, &rest))
		tree_want(d, g->step, earliest(d, &rest));
	free(rest.first);
}

void
race_ghosts(struct dpor *d, int step)
{
	for (int i = 0; i < d->n_ghosts; i++)
		race_ghost(d, &d->ghost[i], step);
}

bool
race_is_past(const struct dpor *d, int step)
{
	for (size_t i = 0; i < d->n_known; i++) {
		const struct known *k = &d->known[i];

		if (k->alive && (k->n_steps == 0 ||
				 !comes_after(&d->frame[k->step[k->n_steps -
								1]],
					      &d->frame[step])))
			return false;
	}
	return true;
}
