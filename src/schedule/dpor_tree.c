/* The tree: what was tried and what is to be tried.  */
#include "config.h"

#include "schedule/dpor.h"

#include <stdlib.h>
#include <string.h>

/* All frames may take that much; a run that is longer is searched only as far
 * as that.  */
enum { BYTES_MAX = 256 << 20 };

struct key
key_of(const struct alternative *a)
{
	return (struct key){ a->actor, a->number, (uint8_t)a->kind,
			     a->fault };
}

bool
key_equal(const struct key *a, const struct key *b)
{
	return a->actor == b->actor && a->kind == b->kind &&
	       a->number == b->number;
}

int
key_find(const struct position *p, const struct key *k)
{
	for (int i = 0; i < p->n_alternatives; i++) {
		struct key other = key_of(&p->alternative[i]);

		if (key_equal(k, &other))
			return i;
	}
	return -1;
}

static bool
has_key(const struct tried *t, int n, const struct key *k)
{
	for (int i = 0; i < n; i++)
		if (key_equal(&t[i].key, k))
			return true;
	return false;
}

bool
frame_sleeps(const struct frame *f, const struct key *k)
{
	return has_key(f->sleep, f->n_sleep, k);
}

bool
frame_offers(const struct frame *f, const struct key *k)
{
	for (int i = 0; i < f->n_keys; i++)
		if (f->key[i].actor == k->actor &&
		    (!f->key[i].fault || key_equal(&f->key[i], k)))
			return true;
	return false;
}

bool
tree_wants(const struct frame *f, int actor)
{
	if (f->all)
		return true;
	for (int i = 0; i < f->n_wanted; i++)
		if (f->wanted[i] == actor)
			return true;
	return false;
}

void
tree_want_all(struct dpor *d, int step)
{
	d->frame[step].all = true;
}

/* All that it would do there changes nothing.  */
static bool
only_spins(const struct frame *f, int actor)
{
	bool spins = false;

	for (int i = 0; i < f->n_keys; i++)
		if (f->key[i].actor == actor && f->key[i].kind == KEY_SPINS)
			spins = true;
		else if (f->key[i].actor == actor)
			return false;
	return spins;
}

/* Within a bound, who spins must be stirred by another without a preemption;
 * without one, that is wanted at the step that stirs it.  */
void
tree_want(struct dpor *d, int step, const struct key *k)
{
	struct frame *f = &d->frame[step];

	if (tree_wants(f, k->actor))
		return;
	if (!frame_offers(f, k) ||
	    (d->config.depth >= 0 && only_spins(f, k->actor))) {
		tree_want_all(d, step);
		return;
	}
	f->wanted = xgrow(f->wanted, &f->wanted_room,
			  (size_t)f->n_wanted + 1, sizeof(*f->wanted));
	f->wanted[f->n_wanted++] = k->actor;
}

/* ---- choosing ---- */

static bool
is_bounded(const struct dpor *d)
{
	return d->config.depth >= 0;
}

static bool
offers_go(const struct frame *f, int actor)
{
	for (int i = 0; i < f->n_keys; i++)
		if (f->key[i].actor == actor &&
		    f->key[i].kind == ALTERNATIVE_GO)
			return true;
	return false;
}

static bool
preempts(const struct dpor *d, int step, const struct key *k)
{
	int last = step > 0 ? d->frame[step - 1].picked.actor : -1;

	return last >= 0 && last != k->actor &&
	       offers_go(&d->frame[step], last);
}

static bool
is_within(const struct dpor *d, int step, const struct key *k)
{
	return !is_bounded(d) || d->frame[step].preemptions +
				 preempts(d, step, k) <= d->config.depth;
}

/* Not tried, not to be found elsewhere, within the budget of faults.  */
static bool
is_open(const struct dpor *d, int step, const struct key *k)
{
	const struct frame *f = &d->frame[step];

	return k->kind != KEY_SPINS && !frame_sleeps(f, k) &&
	       !has_key(f->tried, f->n_tried, k) &&
	       (!k->fault || f->faults < d->config.faults);
}

/* Of two things that an actor could do, one sleeps: its orders with what
 * others do are to be found elsewhere only if it is itself the first.  */
static bool
is_half_asleep(const struct frame *f, int actor)
{
	for (int i = 0; i < f->n_sleep; i++)
		if (f->sleep[i].key.actor == actor)
			return true;
	return false;
}

/* The less, the sooner: who went last goes on; others go; what else there
 * is; faults.  */
static int
reluctance(const struct dpor *d, int step, const struct key *k)
{
	int last = step > 0 ? d->frame[step - 1].picked.actor : -1;

	return 8 * is_half_asleep(&d->frame[step], k->actor) + 4 * k->fault + 2 * (k->kind != ALTERNATIVE_GO) +
	       (k->actor != last);
}

/* A block begins where another could have gone at no cost.  */
static void
take(struct dpor *d, int step, const struct key *k)
{
	struct frame *f = &d->frame[step];

	f->picked = *k;
	f->block = step > 0 && f[-1].picked.actor == k->actor &&
		   offers_go(f, k->actor) ? f[-1].block : step;
}

static const struct key *
first_branch(struct dpor *d, int step)
{
	const struct frame *f = &d->frame[step];
	const struct key *best = NULL;

	for (int i = 0; i < f->n_keys; i++) {
		const struct key *k = &f->key[i];

		if (is_open(d, step, k) && is_within(d, step, k) &&
		    (!best || reluctance(d, step, k) <
			      reluctance(d, step, best)))
			best = k;
	}
	return best;
}

static const struct key *
next_branch(struct dpor *d, int step)
{
	const struct frame *f = &d->frame[step];

	for (int i = 0; i < f->n_keys; i++) {
		if (!tree_wants(f, f->key[i].actor) ||
		    key_equal(&f->key[i], &f->picked) ||
		    !is_open(d, step, &f->key[i]))
			continue;
		if (is_within(d, step, &f->key[i]))
			return &f->key[i];
		d->cut = true;
	}
	return NULL;
}

/* ---- growing ---- */

/* What it takes, about; the rest is small or rare.  */
static void
count_bytes(struct dpor *d, struct frame *f, const struct position *p)
{
	f->bytes = sizeof(*f) + d->n_known * sizeof(*f->clock) +
		   (size_t)f->n_sleep * sizeof(*f->sleep) +
		   (size_t)(p->n_alternatives + p->n_standing) *
		   sizeof(*f->key) + sizeof(struct operation) / 4;
	d->bytes += f->bytes;
}

static void
add_keys(struct frame *f, const struct position *p)
{
	f->key = xcalloc((size_t)(p->n_alternatives + p->n_standing) + 1,
			 sizeof(*f->key));
	for (int i = 0; i < p->n_alternatives; i++)
		f->key[f->n_keys++] = key_of(&p->alternative[i]);
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].state == STANDS_SPINS)
			f->key[f->n_keys++] = (struct key){
				.actor = p->standing[i].actor,
				.kind = KEY_SPINS
			};
}

/* Those who doze sleep on, if they are still there.  */
static void
add_sleep(struct dpor *d, struct frame *f)
{
	f->sleep = xcalloc((size_t)d->n_drowsy + 1, sizeof(*f->sleep));
	for (int i = 0; i < d->n_drowsy; i++)
		for (int k = 0; k < f->n_keys; k++)
			if (key_equal(&f->key[k], &d->drowsy[i].key))
				f->sleep[f->n_sleep++] = d->drowsy[i];
}

static void
count_up(struct dpor *d, struct frame *f, int step)
{
	const struct frame *before = f - 1;

	if (step == 0)
		return;
	f->preemptions = before->preemptions +
			 preempts(d, step - 1, &before->picked);
	f->faults = before->faults + before->picked.fault;
}

static bool
only_faults(const struct frame *f)
{
	for (int i = 0; i < f->n_keys; i++)
		if (!f->key[i].fault && f->key[i].kind != KEY_SPINS)
			return false;
	return true;
}

static void
release(struct dpor *d, struct frame *f)
{
	d->bytes -= f->bytes;
	for (int i = 0; i < f->n_tried; i++) {
		free(f->tried[i].op);
		free(f->tried[i].struck);
	}
	free(f->op);
	free(f->struck);
	free(f->clock);
	free(f->key);
	free(f->tried);
	free(f->sleep);
	free(f->wanted);
}

void
tree_cut(struct dpor *d, int n)
{
	while (d->n_frames > n)
		release(d, &d->frame[--d->n_frames]);
}

bool
tree_grow(struct dpor *d, const struct position *p)
{
	int step = d->n_frames;
	const struct key *first;
	struct frame *f;

	if (d->bytes > BYTES_MAX) {
		d->lost = d->cut = true;
		return false;
	}
	d->frame = xgrow(d->frame, &d->frames_room, (size_t)step + 1,
			 sizeof(*d->frame));
	f = &d->frame[d->n_frames++];
	*f = (struct frame){ .n_keys = 0 };
	add_keys(f, p);
	add_sleep(d, f);
	count_up(d, f, step);
	count_bytes(d, f, p);
	first = first_branch(d, step);
	if (!first) {
		tree_cut(d, step);
		return false;
	}
	take(d, step, first);
	/* One actor is enough to begin with, unless half of it sleeps; and a
	 * fault that is spent here cannot be spent by another.  */
	f->all = only_faults(f) || is_half_asleep(f, first->actor);
	tree_want(d, step, &f->picked);
	return true;
}

/* ---- going on ---- */

static void
try_next(struct dpor *d, int step, const struct key *next)
{
	struct frame *f = &d->frame[step];

	f->tried = xgrow(f->tried, &f->tried_room, (size_t)f->n_tried + 1,
			 sizeof(*f->tried));
	f->tried[f->n_tried++] = (struct tried){
		f->picked, f->op, f->n_struck, f->struck
	};
	f->op = NULL;
	f->struck = NULL;
	f->n_struck = 0;
	free(f->clock);
	f->clock = NULL;
	take(d, step, next);
}

bool
tree_next(struct dpor *d)
{
	while (d->n_frames > 0) {
		int step = d->n_frames - 1;
		const struct key *next = next_branch(d, step);

		if (next) {
			try_next(d, step, next);
			return true;
		}
		tree_cut(d, step);
	}
	return false;
}

/* ---- sleep sets ---- */

static bool
commute(const struct operation *a, const struct operation *b)
{
	return dependence(a, b) == COMMUTES && dependence(b, a) == COMMUTES;
}

static bool
sleeps_on(const struct position *p, const struct frame *f,
	  const struct tried *t, const struct operation *done)
{
	struct operation own;
	int i;

	if (t->key.actor == f->picked.actor ||
	    (i = key_find(p, &t->key)) < 0)
		return false;
	for (int k = 0; k < t->n_struck; k++)
		if (t->struck[k] == f->picked.actor)
			return false;
	return commute(done, &p->alternative[i].op) &&
	       (!t->op || commute(done, packed_fill(t->op, &own)));
}

static void
doze(struct dpor *d, const struct position *p, const struct frame *f,
     const struct tried *t, const struct operation *done)
{
	if (!sleeps_on(p, f, t, done))
		return;
	d->drowsy = xgrow(d->drowsy, &d->drowsy_room,
			  (size_t)d->n_drowsy + 1, sizeof(*d->drowsy));
	d->drowsy[d->n_drowsy++] = *t;
}

void
tree_doze(struct dpor *d, const struct position *p,
	  const struct operation *done)
{
	const struct frame *f = &d->frame[p->step];

	d->n_drowsy = 0;
	/* The other order may need more preemptions than the bound has.  */
	if (is_bounded(d))
		return;
	for (int i = 0; i < f->n_sleep; i++)
		doze(d, p, f, &f->sleep[i], done);
	for (int i = 0; i < f->n_tried; i++)
		doze(d, p, f, &f->tried[i], done);
}

void
tree_rouse(struct dpor *d, int actor)
{
	int n = 0;

	for (int i = 0; i < d->n_drowsy; i++)
		if (d->drowsy[i].key.actor != actor)
			d->drowsy[n++] = d->drowsy[i];
	d->n_drowsy = n;
}

/* ---- how much is done ---- */

/* Every branch of a frame is taken to lead to as many runs (Knuth, 1975).  */
double
tree_part(const struct dpor *d)
{
	double part = 0, weight = 1;

	for (int i = 0; i < d->n_frames; i++) {
		const struct frame *f = &d->frame[i];
		int open = 0;

		for (int k = 0; k < f->n_keys; k++)
			open += tree_wants(f, f->key[k].actor) &&
				f->key[k].kind != KEY_SPINS &&
				!frame_sleeps(f, &f->key[k]);
		if (open < f->n_tried + 1)
			open = f->n_tried + 1;
		weight /= open;
		part += weight * f->n_tried;
	}
	return part;
}
