/* Tapes, and following them.  */
#include "config.h"

#include "explore/tape.h"

#include <stdlib.h>
#include <string.h>

void
tape_release(struct tape *t)
{
	free(t->pick);
	*t = (struct tape)TAPE_INIT;
}

void
tape_copy(struct tape *to, const struct tape *from)
{
	if (to == from)
		return;
	to->n = 0;
	to->pick = xgrow(to->pick, &to->room, from->n, sizeof(*to->pick));
	if (from->n)
		memcpy(to->pick, from->pick, from->n * sizeof(*to->pick));
	to->n = from->n;
}

static int
find_go(const struct position *p, int actor)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (p->alternative[i].kind == ALTERNATIVE_GO &&
		    p->alternative[i].actor == actor)
			return i;
	return -1;
}

void
tape_add(struct tape *t, const struct position *p, int picked)
{
	const struct alternative *a = &p->alternative[picked];

	t->pick = xgrow(t->pick, &t->room, t->n + 1, sizeof(*t->pick));
	t->pick[t->n++] = (struct pick){
		.kind = a->kind, .actor = a->actor, .number = a->number,
		.fault = a->fault,
		.preempts = a->actor != p->last && find_go(p, p->last) >= 0,
	};
}

int
tape_switches(const struct tape *t)
{
	int n = 0;

	for (size_t i = 1; i < t->n; i++)
		n += t->pick[i].actor != t->pick[i - 1].actor;
	return n;
}

int
tape_preemptions(const struct tape *t)
{
	int n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->pick[i].preempts;
	return n;
}

int
tape_faults(const struct tape *t)
{
	int n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->pick[i].fault;
	return n;
}

void
tape_schedule(const struct tape *t, struct schedule *s,
	      const char *(*name)(const void *with, int actor),
	      const void *with)
{
	static const enum choice_kind kinds[] = {
		[ALTERNATIVE_GO] = CHOICE_GO,
		[ALTERNATIVE_EXPIRE] = CHOICE_EXPIRE,
		[ALTERNATIVE_DELIVER] = CHOICE_DELIVER,
		[ALTERNATIVE_CUT] = CHOICE_CUT,
		[ALTERNATIVE_FAIL] = CHOICE_FAIL,
		[ALTERNATIVE_WAKE] = CHOICE_WAKE,
	};

	for (size_t i = 0; i < t->n; i++) {
		const struct pick *k = &t->pick[i];
		struct choice c = { .kind = kinds[k->kind],
				    .number = k->number };

		COPY_STR(c.actor, name(with, k->actor));
		schedule_add(s, &c, "");
	}
}

/* ---- following ---- */

void
follow_begin(struct follow *f)
{
	f->at = 0;
	f->differs = false;
	f->used = xcalloc(f->tape->n + 1, sizeof(*f->used));
}

void
follow_end(struct follow *f)
{
	free(f->used);
	f->used = NULL;
}

static int
find_pick(const struct position *p, const struct pick *k)
{
	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a = &p->alternative[i];

		if (a->kind == k->kind && a->actor == k->actor &&
		    a->number == k->number)
			return i;
	}
	return -1;
}

static int
pick_straight(const struct position *p)
{
	int i = find_go(p, p->last);

	if (i >= 0)
		return i;
	/* A fault is never the way straight on. */
	for (i = 0; i < p->n_alternatives; i++)
		if (!p->alternative[i].fault)
			return i;
	return -1;
}

static uint64_t
next_random(uint64_t *state)
{
	uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static int
pick_random(struct follow *f, const struct position *p)
{
	int n = 0, nth;

	for (int i = 0; i < p->n_alternatives; i++)
		n += !p->alternative[i].fault;
	if (n == 0)
		return -1;
	nth = next_random(&f->random) % n;
	for (int i = 0; i < p->n_alternatives; i++)
		if (!p->alternative[i].fault && nth-- == 0)
			return i;
	return -1;
}

/* An actor went on by itself: the next pick of it that is left is made.  */
static void
use_up(struct follow *f, int actor)
{
	for (size_t i = f->exact; i < f->tape->n; i++)
		if (!f->used[i] && f->tape->pick[i].actor == actor) {
			f->used[i] = true;
			return;
		}
}

/* Whoever goes at the switch to be skipped goes on; then the picks in the
 * order of the tape, as far as they can be made.  */
static int
pick_order(struct follow *f, const struct position *p)
{
	const struct pick *k = f->tape->pick;
	int go;

	if (f->skip < f->tape->n && f->skip > 0 &&
	    f->at - 1 - f->skip < f->skip_steps &&
	    p->last == k[f->skip - 1].actor && !f->used[f->skip] &&
	    (go = find_go(p, p->last)) >= 0) {
		use_up(f, p->last);
		return go;
	}
	for (size_t i = f->exact; i < f->tape->n; i++) {
		int found = f->used[i] ? -1 : find_pick(p, &k[i]);

		if (found < 0)
			continue;
		f->used[i] = true;
		return found;
	}
	return pick_straight(p);
}

int
follow_pick(struct follow *f, const struct position *p)
{
	size_t at = f->at++;
	int found;

	if (at < f->exact) {
		found = find_pick(p, &f->tape->pick[at]);
		f->differs |= found < 0;
		return found;
	}
	if (at == f->exact && f->turns) {
		found = find_pick(p, &f->turn);
		f->differs |= found < 0;
		return found;
	}
	if (f->rest == FOLLOW_RANDOM)
		return pick_random(f, p);
	return f->rest == FOLLOW_STRAIGHT ? pick_straight(p)
					  : pick_order(f, p);
}
