/* Who goes round in a loop: the last operations of each actor, compared.  */
#include "config.h"

#include "explore/round.h"
#include "explore/spin.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	HISTORY = 128,		/* operations that are remembered */
	PERIOD_MAX = 48,	/* of the longest loop that is seen */
	PATIENCE = 2000,	/* steps of those who spin, when nobody else
				   can go */
	LONG = 2,		/* operations in a row that are due: others
				   first */
	TOO_LONG = 40,
};

struct memory {
	uint64_t hash;
	int balance;		/* locks it has taken and not given back */
	struct operation op;
};

struct spinner {
	size_t n;		/* operations since it last changed something */
	int balance;
	size_t period;		/* it spins: the length of the loop; 0: not */
	int due;		/* operations in a row that were due */
	uint64_t due_pc;
	struct memory *last;	/* a ring of HISTORY; NULL: not needed yet */
};

struct spins {
	struct spinner *actor;
	size_t n, room;
	struct rounds rounds;
	bool alone;		/* the livelock is one's alone */
	int patience;
	int livelock, busy;
};

/* Acts that leave all as it was: looks, and those that a loop does and undoes
 * (a lock and its unlock, a sleep).  */
enum leaves { CHANGES, LOOKS, TAKES, GIVES };
static const uint8_t leaves[ACTS_COUNT] = {
	[ACT_LOAD] = LOOKS,
	[ACT_LOCK] = TAKES,
	[ACT_TRY_LOCK] = LOOKS,
	[ACT_UNLOCK] = GIVES,
	[ACT_READ_LOCK] = TAKES,
	[ACT_WRITE_LOCK] = TAKES,
	[ACT_TRY_READ_LOCK] = LOOKS,
	[ACT_TRY_WRITE_LOCK] = LOOKS,
	[ACT_RW_UNLOCK] = GIVES,
	[ACT_SEM_WAIT] = TAKES,
	[ACT_SEM_POST] = GIVES,
	[ACT_SEM_TRY] = LOOKS,
	[ACT_SEM_LOOK] = LOOKS,
	[ACT_FILE_LOCK] = TAKES,
	[ACT_FILE_TRY_LOCK] = LOOKS,
	[ACT_FILE_UNLOCK] = GIVES,
	[ACT_FILE_LOOK] = LOOKS,
	[ACT_FILE_READ] = LOOKS,
	[ACT_NAME_LOOK] = LOOKS,
	[ACT_NAME_LIST] = LOOKS,
	[ACT_INODE_LOOK] = LOOKS,
	[ACT_WAIT_LOOK] = LOOKS,
	[ACT_PROCESS_LOOK] = LOOKS,
	[ACT_READY_LOOK] = LOOKS,
	[ACT_FD_USE] = LOOKS,
	[ACT_CLOCK] = LOOKS,
	[ACT_SIGNAL_REACH] = LOOKS,
	[ACT_SIGNAL_LOST] = LOOKS,
	[ACT_SIGNAL_LOOK] = LOOKS,
	[ACT_PIPE_LOOK] = LOOKS,
	[ACT_QUEUE_LOOK] = LOOKS,
	[ACT_SOCKET_LOOK] = LOOKS,
};

struct spins *
spins_new(void)
{
	struct spins *s = xcalloc(1, sizeof(*s));

	s->livelock = s->busy = -1;
	s->alone = false;
	return s;
}

void
spins_free(struct spins *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++)
		free(s->actor[i].last);
	free(s->actor);
	free(s);
}

static void
forget(struct spinner *a)
{
	a->n = a->period = 0;
	a->balance = 0;
}

void
spins_begin(struct spins *s)
{
	for (size_t i = 0; i < s->n; i++) {
		forget(&s->actor[i]);
		s->actor[i].due = 0;
	}
	s->patience = PATIENCE;
	s->livelock = s->busy = -1;
	rounds_begin(&s->rounds);
}

static struct spinner *
spinner_of(struct spins *s, int actor)
{
	size_t old = s->n;

	if ((size_t)actor >= old) {
		s->actor = xgrow(s->actor, &s->room, actor + 1,
				 sizeof(*s->actor));
		memset(s->actor + old, 0,
		       (actor + 1 - old) * sizeof(*s->actor));
		s->n = actor + 1;
	}
	return &s->actor[actor];
}

/* ---- what an operation leaves ---- */

/* A try that was told to have taken nothing, or a read that brought nothing,
 * is a look; footprint.h leaves the value of what was moved, 0 for nothing. */
static enum leaves
leaves_of(const struct operation *o, const struct touch *t)
{
	if (o->nothing && t->gives_up)
		return LOOKS;
	if ((t->act == ACT_PIPE_READ || t->act == ACT_SOCKET_RECEIVE ||
	     t->act == ACT_QUEUE_RECEIVE) && t->value == 0)
		return LOOKS;
	return leaves[t->act];
}

static bool
changes(const struct operation *o)
{
	if (o->unknown || o->ends)
		return true;
	for (int i = 0; i < o->n; i++)
		if (leaves_of(o, &o->touch[i]) == CHANGES)
			return true;
	return false;
}

static int
balance_of(const struct operation *o)
{
	int balance = 0;

	for (int i = 0; i < o->n; i++) {
		balance += leaves_of(o, &o->touch[i]) == TAKES;
		balance -= leaves_of(o, &o->touch[i]) == GIVES;
	}
	return balance;
}

static uint64_t
mix(uint64_t hash, uint64_t x)
{
	hash = (hash ^ x) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

static uint64_t
hash_of(const struct done *d)
{
	const struct operation *o = &d->op;
	uint64_t hash = mix(mix(1, o->pc), d->spot);

	for (int i = 0; i < o->n; i++) {
		const struct touch *t = &o->touch[i];

		hash = mix(mix(hash, t->act), t->object);
		hash = mix(mix(mix(hash, t->from), t->to), t->value);
	}
	return hash;
}

/* ---- loops ---- */

static struct memory *
ago(const struct spinner *a, size_t steps)
{
	return &a->last[(a->n - 1 - steps) % HISTORY];
}

/* Are the last operations the same as the ones before, period by period?  */
static bool
has_period(const struct spinner *a, size_t period)
{
	if (a->n < 2 * period + 1 || ago(a, 0)->balance !=
				     ago(a, period)->balance)
		return false;
	for (size_t i = 0; i <= period; i++)
		if (ago(a, i)->hash != ago(a, i + period)->hash)
			return false;
	return true;
}

/* Set aside where it holds the least.  */
static bool
holds_least(const struct spinner *a, size_t period)
{
	for (size_t i = 1; i < period; i++)
		if (ago(a, i)->balance < ago(a, 0)->balance)
			return false;
	return true;
}

static size_t
period_of(const struct spinner *a)
{
	for (size_t p = 1; p <= PERIOD_MAX && 2 * p + 1 <= a->n; p++)
		if (has_period(a, p))
			return holds_least(a, p) ? p : 0;
	return 0;
}

static void
remember(struct spinner *a, const struct done *d)
{
	const struct operation *o = &d->op;
	struct memory *m;

	if (!a->last)
		a->last = xcalloc(HISTORY, sizeof(*a->last));
	a->balance += balance_of(o);
	m = &a->last[a->n++ % HISTORY];
	m->hash = hash_of(d);
	m->balance = a->balance;
	m->op = *o;
	a->period = period_of(a);
}

/* Does what another did change what this one looks at?  */
static bool
concerns(const struct spinner *a, const struct operation *o)
{
	if (o->unknown)
		return true;
	for (size_t i = 0; i < a->period; i++)
		if (dependence(o, &ago(a, i)->op) != COMMUTES)
			return true;
	return false;
}

/* For something that others may change.  */
static bool
looks(const struct operation *o)
{
	for (int i = 0; i < o->n; i++)
		switch (o->touch[i].act) {
		case ACT_SIGNAL_REACH:
		case ACT_SIGNAL_LOST:
		case ACT_FD_USE:
		case ACT_CLOCK:
		case ACT_SIGNAL_LOOK:
			break;
		default:
			if (leaves_of(o, &o->touch[i]) == LOOKS)
				return true;
		}
	return false;
}

void
spins_step(struct spins *s, int actor, const struct done *d)
{
	struct spinner *a = spinner_of(s, actor);
	bool spun = a->period > 0;

	a->due = d->op.due ? a->due + 1 : 0;
	if (d->op.due) {
		a->due_pc = d->op.pc;
		rounds_break(&s->rounds);
		return;
	}
	if (!changes(&d->op)) {
		remember(a, d);
		rounds_add(&s->rounds, actor, looks(&d->op), hash_of(d));
		s->patience -= spun;
		return;
	}
	rounds_break(&s->rounds);
	forget(a);
	s->patience = PATIENCE;
	for (size_t i = 0; i < s->n; i++)
		if (s->actor[i].period && (int)i != actor &&
		    concerns(&s->actor[i], &d->op))
			forget(&s->actor[i]);
}

/* ---- positions ---- */

static bool
spins(const struct spins *s, int actor)
{
	return (size_t)actor < s->n && s->actor[actor].period > 0;
}

static int
without_spinners(const struct spins *s, const struct position *p)
{
	int n = 0;

	for (int i = 0; i < p->n_alternatives; i++)
		n += !spins(s, p->alternative[i].actor) &&
		     !p->alternative[i].fault;
	return n;
}

/* How long has it gone on without a point?  */
static int
due_of(const struct spins *s, int actor)
{
	return (size_t)actor < s->n ? s->actor[actor].due : 0;
}

static bool
is_late(const struct spins *s, int actor, int least)
{
	return due_of(s, actor) > least && due_of(s, actor) >= LONG;
}

/* Those who have gone on for longer than others wait for them.  */
static void
filter_due(struct spins *s, struct position *p)
{
	int least = INT_MAX, who = -1, kept = 0;

	for (int i = 0; i < p->n_alternatives; i++) {
		int actor = p->alternative[i].actor;

		if (!spins(s, actor) && due_of(s, actor) < least) {
			least = due_of(s, actor);
			who = actor;
		}
	}
	if (who >= 0 && least > TOO_LONG) {
		s->busy = who;
		p->n_alternatives = 0;
		return;
	}
	for (int i = 0; i < p->n_alternatives; i++)
		if (!is_late(s, p->alternative[i].actor, least))
			p->alternative[kept++] = p->alternative[i];
	p->n_alternatives = kept;
	for (int i = 0; i < p->n_standing; i++)
		if (is_late(s, p->standing[i].actor, least) &&
		    p->standing[i].state == STANDS_READY)
			p->standing[i].state = STANDS_SPINS;
}

void
spins_filter(struct spins *s, struct position *p)
{
	int kept = 0;

	filter_due(s, p);
	if (rounds_filter(&s->rounds, p)) {
		if (p->n_alternatives > 0)
			return;
		s->livelock = rounds_actor(&s->rounds);
		s->alone = rounds_alone(&s->rounds);
		return;
	}
	/* Only they can go: let them, for a while. */
	if (without_spinners(s, p) == 0 && s->patience > 0)
		return;
	for (int i = 0; i < p->n_alternatives; i++) {
		if (spins(s, p->alternative[i].actor)) {
			s->livelock = p->alternative[i].actor;
			continue;
		}
		if (kept != i)
			p->alternative[kept] = p->alternative[i];
		kept++;
	}
	p->n_alternatives = kept;
	if (kept)
		s->livelock = -1;
	for (int i = 0; i < p->n_standing; i++)
		if (spins(s, p->standing[i].actor) &&
		    p->standing[i].state == STANDS_READY)
			p->standing[i].state = STANDS_SPINS;
}

int
spins_busy(const struct spins *s, uint64_t *pc)
{
	if (s->busy >= 0)
		*pc = s->actor[s->busy].due_pc;
	return s->busy;
}

int
spins_livelock(const struct spins *s)
{
	return s->livelock;
}

size_t
spins_watched(const struct spins *s)
{
	return s->rounds.watched;
}

bool
spins_leads(const struct spins *s)
{
	return s->rounds.length > 0;
}

void
spins_alone(struct spins *s, bool on)
{
	s->rounds.alone = on;
}

bool
spins_is_alone(const struct spins *s)
{
	return s->alone;
}

void
spins_lead(struct spins *s, bool on)
{
	s->rounds.leads = on;
}

size_t
spins_suspect(const struct spins *s)
{
	return s->rounds.suspect;
}
