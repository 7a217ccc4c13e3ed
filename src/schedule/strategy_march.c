/*
 * Marching: all actors go in step through what they do first.  Each takes its
 * first lock; when all that can have done that, each goes on to where it would
 * change something for the first time; then each changes it and lets go of its
 * lock; from there they go one after the other to their ends.  Who came last
 * is first: so who has looked at something longest ago changes it last (and
 * who has not looked, before all that have), and who has just let go of
 * something goes on before others came back to it.  To receive a message is to
 * look at a queue and to change it.
 *
 * So one run shows locks taken in two orders, values that two have looked at
 * before either changes them, and what is half done when a lock is let go
 * between two parts of it.
 *
 * In the first run, which is the same for all seeds, the youngest begins, and
 * who stands last in the program, alone, does so last: there stands, most
 * often, who looks at what the others did.  With a depth the oldest begins
 * instead: where all begin in one function, as one that takes a lock, their
 * places tell nothing.  In the other runs dice say who begins.
 */
#include "config.h"

#include "base/random.h"
#include "schedule/sampling.h"

#include <stdlib.h>

/* How far an actor is.  Lower goes first.  */
enum level { FRESH, HAS_TAKEN, WOULD_CHANGE, HAS_LET_GO };

struct marcher {
	enum level level;
	int held;		/* locks */
	bool looked;
	uint32_t since;		/* step that it came to its level at */
};

struct march {
	struct sampling sampling;
	bool first;			/* run */
	bool oldest;			/* ... begins in it */
	bool early_births, late_ends;
	struct marcher *actor;
	size_t n, room;
};

static struct strategy *
open_march(const struct strategy_config *c)
{
	struct march *s = xcalloc(1, sizeof(*s));

	sampling_open(&s->sampling, &strategy_march, c);
	return &s->sampling.strategy;
}

static bool
begin(struct strategy *strategy)
{
	struct march *s = (struct march *)strategy;

	s->first = s->sampling.begun == 0;
	s->oldest = s->first && s->sampling.config.depth >= 0;
	s->n = 0;
	sampling_begin(strategy);
	s->early_births = s->first || random_below(&s->sampling.random, 4);
	s->late_ends = s->first || random_below(&s->sampling.random, 4);
	return true;
}

static struct marcher *
marcher_at(struct march *s, int actor)
{
	s->actor = xgrow(s->actor, &s->room, (size_t)actor + 1,
			 sizeof(*s->actor));
	while (s->n <= (size_t)actor)
		s->actor[s->n++] = (struct marcher){ .level = FRESH };
	return &s->actor[actor];
}

/* ---- what it does ---- */

enum { CHANGES = 1, TAKES = 2, LETS_GO = 4, LOOKS = 8 };

static const uint8_t does[ACTS_COUNT] = {
	[ACT_STORE] = CHANGES, [ACT_RMW] = CHANGES,
	[ACT_FILE_WRITE] = CHANGES, [ACT_FILE_APPEND] = CHANGES,
	[ACT_FILE_RESIZE] = CHANGES, [ACT_NAME_CHANGE] = CHANGES,
	[ACT_PIPE_WRITE] = CHANGES, [ACT_QUEUE_SEND] = CHANGES,
	[ACT_SOCKET_SEND] = CHANGES, [ACT_COUNTER_ADD] = CHANGES,
	[ACT_SEM_CONTROL] = CHANGES, [ACT_SIGNAL_SEND] = CHANGES,
	[ACT_QUEUE_RECEIVE] = CHANGES | LOOKS,
	[ACT_LOCK] = TAKES,
	[ACT_READ_LOCK] = TAKES, [ACT_WRITE_LOCK] = TAKES,
	[ACT_FILE_LOCK] = TAKES, [ACT_SEM_WAIT] = TAKES,
	[ACT_UNLOCK] = LETS_GO, [ACT_RW_UNLOCK] = LETS_GO,
	[ACT_LOAD] = LOOKS, [ACT_FILE_READ] = LOOKS, [ACT_FILE_LOOK] = LOOKS,
	[ACT_NAME_LOOK] = LOOKS, [ACT_SEM_LOOK] = LOOKS,
	[ACT_FILE_UNLOCK] = LETS_GO, [ACT_SEM_POST] = LETS_GO,
};

static int
deeds(const struct operation *o)
{
	int all = 0;

	for (int i = 0; i < o->n; i++)
		all |= does[o->touch[i].act];
	return all;
}

static void
rise(struct march *s, int actor, enum level level, int step)
{
	struct marcher *m = marcher_at(s, actor);

	if (m->level >= level)
		return;
	m->level = level;
	m->since = (uint32_t)step;
}

/* Who stands before a change?  */
static void
look(struct march *s, const struct position *p)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (!p->alternative[i].fault &&
		    (deeds(&p->alternative[i].op) & CHANGES))
			rise(s, p->alternative[i].actor, WOULD_CHANGE,
			     p->step);
}

static enum level
level_of(struct march *s, const struct alternative *a)
{
	return marcher_at(s, a->actor)->level;
}

/* ---- who goes ---- */

/* Who has done nothing yet and stands alone, behind all others of that kind, in
 * the program; -1.  */
static int
last_alone(struct march *s, const struct position *p)
{
	uint64_t last = 0;
	int n = 0, n_last = 0, actor = -1;

	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a = &p->alternative[i];

		if (a->kind != ALTERNATIVE_GO || level_of(s, a) != FRESH ||
		    alternative_class(a, s->early_births, s->late_ends) != 1)
			continue;
		n++;
		n_last = a->op.pc > last ? 1 : n_last + (a->op.pc == last);
		actor = a->op.pc > last ? a->actor : actor;
		last = a->op.pc > last ? a->op.pc : last;
	}
	return n > 1 && n_last == 1 ? actor : -1;
}

/* Among those of one level; below 1 << 58.  */
static uint64_t
order_of(struct march *s, const struct position *p,
	 const struct alternative *a, enum level level, int last)
{
	uint64_t youngest = ACTORS_MAX - (uint64_t)a->actor;
	const struct marcher *m = marcher_at(s, a->actor);
	bool looks = m->looked || (deeds(&a->op) & LOOKS);

	if (level >= WOULD_CHANGE)
		return (uint64_t)(level == WOULD_CHANGE && looks) << 56 |
		       (uint64_t)(UINT32_MAX - m->since) << 16 | youngest;
	if (a->actor == p->last)
		return 0;
	if (!s->first)
		return random_mix(s->sampling.key, (uint64_t)a->actor) >> 6;
	if (s->oldest)
		return (uint64_t)a->actor;
	return level == FRESH && a->actor == last ?
	       youngest + ACTORS_MAX : youngest;
}

static uint64_t
key_of(struct march *s, const struct position *p, const struct alternative *a,
       int last)
{
	enum level level = level_of(s, a);

	if (s->first && a->kind != ALTERNATIVE_GO)
		return UINT64_MAX;
	return alternative_class(a, s->early_births, s->late_ends) << 62 |
	       (uint64_t)level << 60 | order_of(s, p, a, level, last);
}

static int
pick(struct strategy *strategy, const struct position *p)
{
	struct march *s = (struct march *)strategy;
	int best = sampling_fault(&s->sampling, p);
	uint64_t least = 0;
	int last;

	if (best >= 0)
		return best;
	look(s, p);
	last = last_alone(s, p);
	for (int i = 0; i < p->n_alternatives; i++) {
		uint64_t key;

		if (p->alternative[i].fault)
			continue;
		key = key_of(s, p, &p->alternative[i], last);
		if (best >= 0 && key >= least)
			continue;
		best = i;
		least = key;
	}
	return best;
}

static void
did(struct strategy *strategy, const struct position *p, int picked,
    const struct done *d)
{
	struct march *s = (struct march *)strategy;
	struct marcher *m = marcher_at(s, p->alternative[picked].actor);
	int did = deeds(&d->op);

	m->looked |= (did & LOOKS) != 0;
	m->held += (did & TAKES) != 0;
	if (did & TAKES)
		rise(s, p->alternative[picked].actor, HAS_TAKEN, p->step);
	if ((did & LETS_GO) || ((did & CHANGES) && m->held == 0))
		rise(s, p->alternative[picked].actor, HAS_LET_GO, p->step);
	m->held -= (did & LETS_GO) && m->held > 0;
}

static void
close_march(struct strategy *strategy)
{
	struct march *s = (struct march *)strategy;

	free(s->actor);
	sampling_close(strategy);
}

const struct strategy_kind strategy_march = {
	.name = "march",
	.samples = true,
	.text = "all in step to their first changes, the last goes on first",
	.open = open_march,
	.begin = begin,
	.pick = pick,
	.did = did,
	.end = sampling_end,
	.progress = sampling_progress,
	.close = close_march,
};
