/* The search that leaves out orders which make no difference: the strategy.
 * dpor.h says how it works.  */
#include "config.h"

#include "schedule/dpor.h"

#include <stdlib.h>

static struct strategy *
open_dpor(const struct strategy_config *c)
{
	struct dpor *d = xcalloc(1, sizeof(*d));

	d->strategy.kind = &strategy_dpor;
	d->config = *c;
	d->touched = touched_open();
	d->unsettled = -1;
	return &d->strategy;
}

static bool
begin(struct strategy *strategy)
{
	struct dpor *d = (struct dpor *)strategy;

	if (d->over)
		return false;
	known_clear(d);
	d->n_drowsy = 0;
	d->lost = false;
	return true;
}

/* The run is not searched from here on: the usual way.  */
static int
usual(const struct dpor *d, const struct position *p)
{
	int i = p->last >= 0 ? position_find(p, p->last) : -1;

	(void)d;
	if (i >= 0)
		return i;
	for (i = 0; i < p->n_alternatives; i++)
		if (!p->alternative[i].fault)
			return i;
	return -1;
}

static int
pick(struct strategy *strategy, const struct position *p)
{
	struct dpor *d = (struct dpor *)strategy;
	int i;

	if (!d->lost)
		change_settle(d, p);
	if (!d->lost && p->step < d->n_frames) {
		i = key_find(p, &d->frame[p->step].picked);
		if (i >= 0)
			return i;
		/* Not what was shown before for the same choices.  */
		d->cut = true;
		tree_cut(d, p->step);
		d->fresh = p->step;
	}
	if (!d->lost && tree_grow(d, p))
		return key_find(p, &d->frame[p->step].picked);
	return d->lost ? usual(d, p) : -1;
}

/* What was done, for what depends on it.  An actor that had to wait and did
 * something else (its time was over, it took a signal) might have waited for
 * longer: then what it waits for matters too.  */
static const struct operation *
all_of(const struct position *p, const struct key *k,
       const struct operation *done, struct operation *to)
{
	int i = 0;

	while (i < p->n_standing && p->standing[i].actor != k->actor)
		i++;
	if (k->kind == ALTERNATIVE_GO || i == p->n_standing ||
	    p->standing[i].state == STANDS_READY)
		return done;
	*to = *done;
	for (int n = 0; n < p->standing[i].next.n; n++) {
		const struct touch *t = &p->standing[i].next.touch[n];

		*operation_touch(to, t->act, t->object) = *t;
	}
	to->unknown |= p->standing[i].next.unknown;
	return to;
}

static void
did(struct strategy *strategy, const struct position *p, int picked,
    const struct done *done)
{
	struct dpor *d = (struct dpor *)strategy;
	struct frame *f;

	(void)picked;
	if (d->lost)
		return;
	f = &d->frame[p->step];
	if (p->step >= d->fresh) {
		const struct operation *op;
		struct operation own;

		op = all_of(p, &f->picked, &done->op, &own);
		free(f->op);
		f->op = packed_of(op);
		tree_doze(d, p, op);
	}
	d->unsettled = p->step;
	d->n_woken = done->n_woken;
	for (int i = 0; i < done->n_woken; i++)
		d->woken[i] = done->woken[i];
}

static void
end(struct strategy *strategy, const struct position *p, enum ending how)
{
	struct dpor *d = (struct dpor *)strategy;

	if (!d->lost) {
		change_settle(d, p);
		tree_cut(d, p->step);
		change_end(d);
	}
	if (how != ENDING_GIVEN_UP)
		d->runs++;
	if (how == ENDING_CUT)
		d->cut = true;
	d->over = !tree_next(d);
	d->fresh = d->n_frames - 1;
}

static void
progress(const struct strategy *strategy, struct strategy_progress *to)
{
	const struct dpor *d = (const struct dpor *)strategy;
	double part = d->over ? 1 : tree_part(d);

	*to = (struct strategy_progress){
		.runs = d->runs, .complete = d->over,
		.bounded = d->over && d->cut,
	};
	if (part > 0)
		to->estimate = (double)d->runs / part;
}

static void
close_dpor(struct strategy *strategy)
{
	struct dpor *d = (struct dpor *)strategy;

	tree_cut(d, 0);
	known_clear(d);
	for (size_t i = 0; i < d->n_known; i++) {
		free(d->known[i].option);
		free(d->known[i].now);
		free(d->known[i].step);
		free(d->known[i].let);
	}
	free(d->known);
	free(d->frame);
	free(d->drowsy);
	free(d->ghost);
	free(d->fault);
	touched_close(d->touched);
	free(d);
}

const struct strategy_kind strategy_dpor = {
	.name = "dpor",
	.text = "all runs, but for orders that make no difference",
	.open = open_dpor,
	.begin = begin,
	.pick = pick,
	.did = did,
	.end = end,
	.progress = progress,
	.close = close_dpor,
};
