/* Rounds that all go together.  */
#include "config.h"

#include "explore/round.h"

#include "base/random.h"

static const struct round_step *
ago(const struct rounds *r, size_t steps)
{
	return &r->step[(r->n - 1 - steps) %
			  ARRAY_SIZE(r->step)];
}

static bool
is_round(const struct rounds *r, size_t period, size_t times)
{
	if (times * period > r->n || times * period > ARRAY_SIZE(r->step))
		return false;
	for (size_t i = 0; i < (times - 1) * period; i++) {
		const struct round_step *now = ago(r, i);
		const struct round_step *before = ago(r, i + period);

		if (now->actor != before->actor || now->hash != before->hash)
			return false;
	}
	return true;
}

static bool
takes_part(const struct rounds *r, size_t period, int actor)
{
	for (size_t i = 0; i < period; i++)
		if (ago(r, i)->actor == actor)
			return true;
	return false;
}

int
rounds_unfair(const struct rounds *r, const struct position *p, int *other)
{
	size_t period = 1;

	while (period <= ROUND_MAX && !is_round(r, period, CHANGING))
		period++;
	for (int i = 0; period <= ROUND_MAX && i < p->n_alternatives; i++)
		if (!p->alternative[i].fault &&
		    !takes_part(r, period, p->alternative[i].actor)) {
			*other = p->alternative[i].actor;
			return ago(r, 0)->actor;
		}
	return -1;
}

/* Who only locks and unlocks, or posts and waits, goes on by counting.  */
static bool
somebody_looks(const struct rounds *r, size_t period)
{
	for (size_t i = 0; i < period; i++)
		if (ago(r, i)->looks)
			return true;
	return false;
}

/* Everybody who could go, and two at least: one alone may have an end.  */
static bool
all_take_part(const struct rounds *r, const struct position *p, size_t period)
{
	int last = ago(r, 0)->actor, others = 0;

	for (size_t i = 0; i < period; i++)
		others += ago(r, i)->actor != last;
	for (int i = 0; i < p->n_alternatives; i++)
		if (!p->alternative[i].fault &&
		    !takes_part(r, period, p->alternative[i].actor))
			return false;
	return others > 0;
}

static bool
somebody_changes(const struct rounds *r, size_t period)
{
	for (size_t i = 0; i < period; i++)
		if (ago(r, i)->changes)
			return true;
	return false;
}

static bool
is_common(const struct rounds *r, const struct position *p, size_t period)
{
	size_t times = somebody_changes(r, period) ? CHANGING : ROUNDS;

	return is_round(r, period, times) && somebody_looks(r, period) &&
	       all_take_part(r, p, period);
}

static size_t
common_period(const struct rounds *r, const struct position *p)
{
	for (size_t period = 2; period <= ROUND_MAX &&
	     ROUNDS * period <= r->n; period++)
		if (is_round(r, period, ROUNDS))
			return is_common(r, p, period) ? period : 0;
	return 0;
}

void
rounds_show_only(struct position *p, int actor)
{
	int kept = 0;

	for (int i = 0; i < p->n_alternatives; i++)
		if (p->alternative[i].actor == actor &&
		    !p->alternative[i].fault)
			p->alternative[kept++] = p->alternative[i];
	p->n_alternatives = kept;
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].actor != actor &&
		    p->standing[i].state == STANDS_READY)
			p->standing[i].state = STANDS_SPINS;
}

void
rounds_mark(struct position *p)
{
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].state == STANDS_READY)
			p->standing[i].state = STANDS_SPINS;
}

static bool
can_go(const struct position *p, int actor)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (p->alternative[i].actor == actor &&
		    !p->alternative[i].fault)
			return true;
	return false;
}

/* The same round may be entered at any of its steps.  */
static uint64_t
hash_of_round(const struct rounds *r, size_t length)
{
	uint64_t hash = length;

	for (size_t i = 0; i < length; i++)
		hash += random_mix(ago(r, i)->hash,
				   (uint64_t)ago(r, i)->actor);
	return hash;
}

/* To lead on here would hide what others can do: another run does it.  */
static void
suspect(struct rounds *r, const struct position *p)
{
	size_t length = 0;
	uint64_t hash;

	if (!r->suspect && !loops_are_full(r->known) && p->n_alternatives > 1)
		length = common_period(r, p);
	if (!length)
		return;
	hash = hash_of_round(r, length);
	if (loops_find(r->known, hash))
		return;
	/* Such come often, and mostly to nothing: there must be room for others,
	 * too.  */
	if (somebody_changes(r, length) && r->known->n >= LOOPS_MAX / 2)
		return;
	r->suspect = r->steps;
	r->suspect_place = hash;
}

void
rounds_begin(struct rounds *r)
{
	r->n = r->length = r->watched = r->steps = r->suspect = 0;
	r->over = false;
}

void
rounds_add(struct rounds *r, const struct round_step *step)
{
	r->steps++;
	r->watched += r->length > 0;
	r->step[r->n++ % ARRAY_SIZE(r->step)] = *step;
}

void
rounds_break(struct rounds *r)
{
	r->steps++;
	r->n = r->length = r->watched = 0;
}

uint64_t
rounds_state(const struct rounds *r)
{
	return r->state ? r->state(r->with) : 0;
}

bool
rounds_change(const struct rounds *r)
{
	return r->length > 0 && somebody_changes(r, r->length);
}

/* At the end of a round.  */
static void
compare_state(struct rounds *r)
{
	if (!rounds_change(r))
		return;
	if (r->watched < TOGETHER) {
		if (!r->before && r->watched >= TOGETHER / 2)
			r->before = rounds_state(r);
		return;
	}
	r->over = !r->before || r->before != rounds_state(r);
	if (r->over)
		r->length = 0;
}

static void
begin_round(struct rounds *r, const struct position *p)
{
	r->length = p->n_alternatives > 1 && !r->over ? common_period(r, p) : 0;
	r->before = 0;
}

bool
rounds_filter(struct rounds *r, struct position *p)
{
	int next;

	if (!r->leads && !r->blind)
		suspect(r, p);
	if (!r->leads)
		;
	else if (!r->length)
		begin_round(r, p);
	else if (!is_common(r, p, r->length))
		r->length = 0;
	if (r->length && r->watched % r->length == 0)
		compare_state(r);
	if (!r->length) {
		r->watched = 0;
		return false;
	}
	next = ago(r, r->length - 1)->actor;
	if (r->watched >= TOGETHER && r->watched % r->length == 0) {
		p->n_alternatives = 0;
		rounds_mark(p);
	} else if (can_go(p, next)) {
		rounds_show_only(p, next);
	} else {
		r->length = r->watched = 0;
	}
	return r->length > 0;
}

int
rounds_actor(const struct rounds *r)
{
	return ago(r, 0)->actor;
}

bool
rounds_move(const struct rounds *r)
{
	for (size_t i = 0; i < r->length; i++)
		if (ago(r, i)->moves)
			return true;
	return false;
}
