/*
 * What a step did to the others.  A step is settled when the position after
 * it is known: only then is it seen who was born, woken, or killed by it, and
 * what could be done before it and can no longer be done.
 *
 *  - Born or woken: what such an actor does next comes after the step.
 *  - Killed: its last step depends on the killing, for it might have come
 *    after it, to nothing; and what it was before might have come sooner.
 *  - A signal that it can take from now on: as if its last step depended on
 *    the sending.
 *  - An alternative that is gone (its time could have been over, until it was
 *    woken): it might have come sooner than what took it away.
 */
#include "config.h"

#include "schedule/dpor.h"

#include <stdlib.h>
#include <string.h>

enum { GHOSTS_FEW = 64 };

struct known *
known_at(struct dpor *d, int actor)
{
	d->known = xgrow(d->known, &d->known_room, (size_t)actor + 1,
			 sizeof(*d->known));
	while (d->n_known <= (size_t)actor)
		d->known[d->n_known++] = (struct known){ .alive = false };
	return &d->known[actor];
}

static void
forget_options(struct known *k)
{
	while (k->n_options > 0)
		free(k->option[--k->n_options].op);
}

void
known_clear(struct dpor *d)
{
	for (size_t i = 0; i < d->n_known; i++) {
		struct known *k = &d->known[i];

		forget_options(k);
		free(k->next);
		k->next = NULL;
		k->alive = false;
		k->n_steps = k->n_let = 0;
	}
	while (d->n_ghosts > 0)
		free(d->ghost[--d->n_ghosts].op);
	touched_clear(d->touched);
	d->n_faults = 0;
	d->unsettled = -1;
}

/* ---- the new position ---- */

static void
add_now(struct known *k, int index)
{
	k->now = xgrow(k->now, &k->now_room, (size_t)k->n_now + 1,
		       sizeof(*k->now));
	k->now[k->n_now++] = index;
}

static void
sort_options(struct dpor *d, const struct position *p)
{
	for (int i = 0; i < p->n_standing; i++)
		known_at(d, p->standing[i].actor)->n_now = 0;
	for (int i = 0; i < p->n_alternatives; i++)
		if (p->alternative[i].kind != ALTERNATIVE_GO)
			add_now(known_at(d, p->alternative[i].actor), i);
}

static bool
has_now(const struct known *k, const struct position *p,
	const struct key *key)
{
	for (int i = 0; i < k->n_now; i++) {
		struct key other = key_of(&p->alternative[k->now[i]]);

		if (key_equal(key, &other))
			return true;
	}
	return false;
}

static bool
had(const struct known *k, const struct key *key)
{
	for (int i = 0; i < k->n_options; i++)
		if (key_equal(&k->option[i].key, key))
			return true;
	return false;
}

static void
learn_options(struct known *k, const struct position *p)
{
	forget_options(k);
	k->option = xgrow(k->option, &k->options_room, (size_t)k->n_now,
			  sizeof(*k->option));
	for (int i = 0; i < k->n_now; i++) {
		const struct alternative *a = &p->alternative[k->now[i]];

		k->option[k->n_options++] = (struct option){
			key_of(a), packed_of(&a->op)
		};
	}
}

static void
learn(struct dpor *d, const struct position *p)
{
	for (int i = 0; i < p->n_standing; i++) {
		const struct standing *s = &p->standing[i];
		struct known *k = &d->known[s->actor];

		k->alive = s->state != STANDS_ENDED;
		k->state = s->state;
		if (k->n_options > 0 || k->n_now > 0)
			learn_options(k, p);
		if (k->next && packed_is(k->next, &s->next))
			continue;
		free(k->next);
		k->next = packed_of(&s->next);
	}
}

/* ---- what has become of whom ---- */

enum change {
	UNCHANGED, BORN, WOKEN, KILLED,
	TURNED,		/* it is before something else now: a handler */
	SIGNALLED,	/* it can take a signal now */
};

static bool
is_inside(enum standing_state s)
{
	return s == STANDS_SLEEPS || s == STANDS_TIMED;
}

static bool
is_among_woken(const struct dpor *d, int actor)
{
	for (int i = 0; i < d->n_woken; i++)
		if (d->woken[i] == actor)
			return true;
	return false;
}

static bool
can_take_signal(const struct known *k, const struct position *p)
{
	for (int i = 0; i < k->n_now; i++) {
		struct key key = key_of(&p->alternative[k->now[i]]);

		if (key.kind == ALTERNATIVE_DELIVER && !had(k, &key))
			return true;
	}
	return false;
}

static bool
is_elsewhere(const struct known *k, const struct operation *now)
{
	struct operation op;

	packed_fill(k->next, &op);
	return op.pc != now->pc || strcmp(op.call, now->call) != 0;
}

static enum change
change_of(const struct dpor *d, const struct position *p,
	  const struct standing *s)
{
	const struct known *k = &d->known[s->actor];

	if (!k->next)
		return s->state == STANDS_ENDED ? UNCHANGED : BORN;
	if (!k->alive)
		return UNCHANGED;
	if (s->state == STANDS_ENDED)
		return KILLED;
	if (is_among_woken(d, s->actor) ||
	    (is_inside(k->state) && !is_inside(s->state)))
		return WOKEN;
	if (!is_inside(k->state) && is_elsewhere(k, &s->next))
		return TURNED;
	return can_take_signal(k, p) ? SIGNALLED : UNCHANGED;
}

/* ---- settling ---- */

/* Those that no step to come has to do with go, now and then.  */
static void
lay_ghosts(struct dpor *d)
{
	int n = 0;

	for (int i = 0; i < d->n_ghosts; i++)
		if (race_is_past(d, d->ghost[i].step))
			free(d->ghost[i].op);
		else
			d->ghost[n++] = d->ghost[i];
	d->n_ghosts = n;
}

static void
add_ghost(struct dpor *d, const struct packed *packed)
{
	struct operation op;
	int n = d->n_ghosts;

	if (n >= GHOSTS_FEW && (n & (n - 1)) == 0)
		lay_ghosts(d);
	d->ghost = xgrow(d->ghost, &d->ghosts_room, (size_t)d->n_ghosts + 1,
			 sizeof(*d->ghost));
	d->ghost[d->n_ghosts++] = (struct ghost){
		d->unsettled, packed_of(packed_fill(packed, &op))
	};
}

/* Something that was pending before this step; it came to nothing by it, if
 * step is one.  */
static void
hold(struct dpor *d, const struct key *key, const struct packed *packed,
     int step)
{
	struct operation op;
	struct claim c = { .key = *key, .op = packed_fill(packed, &op) };
	uint32_t *clock;

	if (step >= 0)
		add_ghost(d, packed);
	if (step < d->fresh && step >= 0)
		return;
	clock = xcalloc(d->n_known + 1, sizeof(*clock));
	race_claim(d, &c, clock);
	free(clock);
	if (key->fault && d->n_faults >= d->config.faults)
		race_spent(d, key);
	if (step >= 0 && frame_offers(&d->frame[step], key))
		tree_want(d, step, key);
	if (step >= 0 && d->config.depth >= 0)
		tree_want(d, d->frame[step].block, key);
}

static void
hold_next(struct dpor *d, int actor, int step)
{
	struct key go = { .actor = actor, .kind = ALTERNATIVE_GO };

	hold(d, &go, d->known[actor].next, step);
}

/* Those that this actor could have done and cannot do any longer.  */
static bool
hold_gone(struct dpor *d, const struct position *p, int actor,
	  enum change change, int step)
{
	const struct known *k = &d->known[actor];
	bool any = change == KILLED || change == TURNED;

	for (int i = 0; i < k->n_options; i++)
		if (change == KILLED || !has_now(k, p, &k->option[i].key)) {
			hold(d, &k->option[i].key, k->option[i].op, step);
			any = true;
		}
	if (change == KILLED || change == TURNED)
		hold_next(d, actor, step);
	return any;
}

/* What its own actor would have done, had it not done something else: where
 * it could, that is a branch; where it had to wait, or no fault was left for
 * it, nobody else asks.  */
static void
hold_own(struct dpor *d, int step)
{
	const struct frame *f = &d->frame[step];
	const struct known *k = &d->known[f->picked.actor];

	if (f->picked.kind != ALTERNATIVE_GO && k->state == STANDS_WAITS)
		hold_next(d, f->picked.actor, -1);
	if (d->n_faults < d->config.faults)
		return;
	for (int i = 0; i < k->n_options; i++)
		if (k->option[i].key.fault)
			race_spent(d, &k->option[i].key);
}

/* The step itself.  struck: actors whose last step depends on it.  */
static void
settle_step(struct dpor *d, int step, const int *struck, int n_struck)
{
	struct frame *f = &d->frame[step];
	struct operation op;
	struct claim c = {
		.key = f->picked, .op = packed_fill(f->op, &op),
		.struck = struck, .n_struck = n_struck,
	};
	uint32_t *clock = xcalloc(d->n_known + 1, sizeof(*clock));

	race_claim(d, &c, clock);
	f = &d->frame[step];
	clock[f->picked.actor] = f->nth;
	f->clock = clock;
	f->width = (uint32_t)d->n_known;
}

static void
add_step(struct dpor *d, int step)
{
	struct frame *f = &d->frame[step];
	struct known *k = known_at(d, f->picked.actor);
	struct operation op;

	k->step = xgrow(k->step, &k->steps_room, k->n_steps + 1,
			sizeof(*k->step));
	k->step[k->n_steps++] = (uint32_t)step;
	k->n_let = 0;
	if (f->picked.fault) {
		d->fault = xgrow(d->fault, &d->faults_room,
				 (size_t)d->n_faults + 1, sizeof(*d->fault));
		d->fault[d->n_faults++] = (uint32_t)step;
	}
	touched_add(d->touched, f->picked.actor, (uint32_t)step,
		    packed_fill(f->op, &op));
}

static void
let(struct dpor *d, int actor, int step)
{
	struct known *k = &d->known[actor];

	k->let = xgrow(k->let, &k->let_room, k->n_let + 1, sizeof(*k->let));
	k->let[k->n_let++] = (uint32_t)step;
}

static void
strike(struct dpor *d, int step, int actor)
{
	struct frame *f = &d->frame[step];

	f->struck = xrealloc(f->struck, ((size_t)f->n_struck + 1) *
			     sizeof(*f->struck));
	f->struck[f->n_struck++] = actor;
	tree_rouse(d, actor);
}

/* Hold against the steps what came to nothing; whose last steps depend.  */
static int
find_struck(struct dpor *d, const struct position *p,
	    const enum change *change, int *struck)
{
	int n = 0, step = d->unsettled;

	for (int i = 0; i < p->n_standing; i++) {
		int actor = p->standing[i].actor;

		if (change[i] == BORN || !d->known[actor].alive ||
		    actor == d->frame[step].picked.actor)
			continue;
		if ((hold_gone(d, p, actor, change[i], step) ||
		     change[i] == WOKEN) && step >= d->fresh)
			strike(d, step, actor);
		if (change[i] >= KILLED)
			struck[n++] = actor;
	}
	return n;
}

static void
settle(struct dpor *d, const struct position *p)
{
	size_t n = (size_t)p->n_standing + 1;
	enum change *change = xcalloc(n, sizeof(*change));
	int *struck = xcalloc(n, sizeof(*struck));
	int step = d->unsettled, n_struck;

	d->frame[step].nth =
		(uint32_t)d->known[d->frame[step].picked.actor].n_steps + 1;
	for (int i = 0; i < p->n_standing; i++)
		change[i] = change_of(d, p, &p->standing[i]);
	n_struck = find_struck(d, p, change, struck);
	if (step >= d->fresh) {
		hold_own(d, step);
		settle_step(d, step, struck, n_struck);
	}
	add_step(d, step);
	if (step >= d->fresh)
		race_ghosts(d, step);
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].actor != d->frame[step].picked.actor &&
		    (change[i] == BORN || change[i] == WOKEN ||
		     change[i] == TURNED))
			let(d, p->standing[i].actor, step);
	free(change);
	free(struck);
}

void
change_settle(struct dpor *d, const struct position *p)
{
	sort_options(d, p);
	if (d->unsettled >= 0)
		settle(d, p);
	d->unsettled = -1;
	learn(d, p);
}

void
change_end(struct dpor *d)
{
	for (size_t i = 0; i < d->n_known; i++) {
		struct known *k = &d->known[i];

		if (!k->alive)
			continue;
		for (int n = 0; n < k->n_options; n++)
			hold(d, &k->option[n].key, k->option[n].op, -1);
		hold_next(d, (int)i, -1);
	}
}
