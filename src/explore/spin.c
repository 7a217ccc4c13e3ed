/* Who goes round in a loop: the last operations of each actor, compared.  */
#include "config.h"

#include "explore/spin_inside.h"

#include <stdlib.h>
#include <string.h>

enum {
	HISTORY = 128,		/* operations that are remembered */
	PERIOD_MAX = 48,	/* of the longest loop that is seen */
	TRIES = 1,		/* rounds of a loop before it is set aside,
				   beside the one that shows that it is one */
};

/* Acts that leave all as it was: looks, and those that a loop does and undoes
 * (a lock and its unlock, a sleep); and what may have been done to memory
 * by a program whose accesses are not seen.  */
enum leaves { CHANGES, LOOKS, TAKES, GIVES, PERHAPS };
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

	s->livelock = s->busy = s->led = -1;
	s->rounds.known = &s->known;
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
	a->n = a->period = a->round = a->awake = 0;
	a->balance = 0;
}

void
spins_ask(struct spins *s, uint64_t (*state)(void *with), void *with)
{
	s->rounds.state = state;
	s->rounds.with = with;
}

void
spins_begin(struct spins *s)
{
	for (size_t i = 0; i < s->n; i++) {
		forget(&s->actor[i]);
		s->actor[i].due = 0;
	}
	s->patience = SPIN_PATIENCE;
	s->livelock = s->busy = s->led = -1;
	s->asks = s->taught = false;
	s->led_over = false;
	s->dues = 0;
	s->due_state = 0;
	s->suspect = s->led_steps = 0;
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
leaves_of(const struct done *d, const struct touch *t)
{
	if (d->op.nothing && t->gives_up)
		return LOOKS;
	if ((t->act == ACT_PIPE_READ || t->act == ACT_SOCKET_RECEIVE ||
	     t->act == ACT_QUEUE_RECEIVE) && t->value == 0)
		return LOOKS;
	if (t->act == ACT_STORE || t->act == ACT_RMW)
		return d->idle ? LOOKS : t->to ? CHANGES : PERHAPS;
	return leaves[t->act];
}

static bool
leaves_any(const struct done *d, enum leaves what)
{
	for (int i = 0; i < d->op.n; i++)
		if (leaves_of(d, &d->op.touch[i]) == what)
			return true;
	return false;
}

static bool
changes(const struct done *d)
{
	return d->op.unknown || d->op.ends || leaves_any(d, CHANGES);
}

/* May others notice it, although it leaves all as it was?  */
static bool
moves(const struct done *d)
{
	return leaves_any(d, TAKES) || leaves_any(d, GIVES) ||
	       leaves_any(d, PERHAPS);
}

static int
balance_of(const struct done *d)
{
	int balance = 0;

	for (int i = 0; i < d->op.n; i++) {
		balance += leaves_of(d, &d->op.touch[i]) == TAKES;
		balance -= leaves_of(d, &d->op.touch[i]) == GIVES;
	}
	return balance;
}

/* Only memory: what it was before, and after, is in the state of the run.  */
static bool
changes_memory(const struct done *d)
{
	for (int i = 0; i < d->op.n; i++)
		if (leaves_of(d, &d->op.touch[i]) == CHANGES &&
		    d->op.touch[i].act != ACT_STORE &&
		    d->op.touch[i].act != ACT_RMW)
			return false;
	return !d->op.unknown && !d->op.ends && leaves_any(d, CHANGES);
}

/* For something that others may change.  */
static bool
looks(const struct done *d)
{
	for (int i = 0; i < d->op.n; i++)
		switch (d->op.touch[i].act) {
		case ACT_SIGNAL_REACH:
		case ACT_SIGNAL_LOST:
		case ACT_FD_USE:
		case ACT_CLOCK:
		case ACT_SIGNAL_LOOK:
			break;
		default:
			if (leaves_of(d, &d->op.touch[i]) == LOOKS ||
			    leaves_of(d, &d->op.touch[i]) == PERHAPS)
				return true;
		}
	return false;
}

/* Memory that it changes.  */
static bool
reads(const struct done *d)
{
	for (int i = 0; i < d->op.n; i++)
		if (d->op.touch[i].act == ACT_RMW)
			return true;
	return looks(d);
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

/* ... with what the kernel keeps of the objects.  */
static uint64_t
hash_with_have(const struct done *d)
{
	uint64_t hash = hash_of(d);

	for (int i = 0; i < d->op.n; i++)
		hash = mix(hash, (uint64_t)d->op.touch[i].have);
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
			return p;
	return 0;
}

static void
remember(struct spinner *a, const struct done *d)
{
	struct memory *m;
	size_t period;

	if (!a->last)
		a->last = xcalloc(HISTORY, sizeof(*a->last));
	a->balance += balance_of(d);
	m = &a->last[a->n++ % HISTORY];
	m->hash = hash_of(d);
	m->place = d->place;
	m->balance = a->balance;
	m->looks = looks(d);
	m->op = d->op;
	period = period_of(a);
	a->round = period && period == a->period ? a->round + 1 : 2 * period;
	a->period = period;
	a->awake -= a->awake > 0;
}

/* The loop, whoever goes round it, wherever that began.  */
uint64_t
spins_place(const struct spinner *a)
{
	uint64_t place = a->period;

	for (size_t i = 0; i < a->period; i++)
		place += mix(1, ago(a, i)->place);
	return place;
}

/* Is it before what it did one round ago?  Else it has come to the end of its
 * loop.  */
bool
spins_before_loop(const struct spinner *a, const struct operation *next)
{
	const struct operation *then;

	if (!a->period)
		return false;
	then = &ago(a, a->period - 1)->op;
	return then->pc == next->pc && strcmp(then->call, next->call) == 0 &&
	       (!then->n || !next->n ||
		(then->touch[0].object == next->touch[0].object &&
		 then->touch[0].from == next->touch[0].from));
}

/* ---- what others do ---- */

/* Does what another did change what this one looks at?  A lock that is taken
 * and given back is no news to who does the same.  */
static bool
concerns(const struct spinner *a, const struct done *d, bool all)
{
	if (d->op.unknown)
		return true;
	for (size_t i = 0; i < a->period; i++)
		if ((all || ago(a, i)->looks) &&
		    dependence(&d->op, &ago(a, i)->op) != COMMUTES)
			return true;
	return false;
}

/* Those who look at it look once more.  */
static void
wake(struct spins *s, int actor, const struct done *d, bool all)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->actor[i].period && (int)i != actor &&
		    concerns(&s->actor[i], d, all))
			s->actor[i].awake = s->actor[i].period;
}

void
spins_step(struct spins *s, int actor, const struct done *d)
{
	struct spinner *a = spinner_of(s, actor);
	bool spun = a->period > 0;

	s->led_steps += s->led == actor;
	spins_step_due(s, a, d);
	if (d->op.due) {
		rounds_break(&s->rounds);
		return;
	}
	if (changes_memory(d))
		rounds_add(&s->rounds, &(struct round_step){
			.actor = actor, .looks = reads(d), .moves = true,
			.changes = true, .hash = hash_with_have(d),
		});
	else if (changes(d))
		rounds_break(&s->rounds);
	if (changes(d)) {
		forget(a);
		s->patience = SPIN_PATIENCE;
		wake(s, actor, d, true);
		return;
	}
	remember(a, d);
	rounds_add(&s->rounds, &(struct round_step){
		.actor = actor, .looks = looks(d), .moves = moves(d),
		.hash = hash_with_have(d),
	});
	s->patience -= spun;
	/* Who does the same as before brings no news.  */
	if (!a->period && moves(d))
		wake(s, actor, d, false);
}

/* ---- positions ---- */

/* Rounds of it that change nothing and that all the same are made: an end that
 * it has of its own is to be seen.  */
static size_t
rounds_made(const struct spins *s, const struct spinner *a)
{
	const struct loop *l = loops_find(&s->known, spins_place(a));

	return l && l->rounds > SPIN_UNSEEN && l->rounds <= LOOP_ROUNDS_MAX
	       ? (size_t)l->rounds - SPIN_UNSEEN : TRIES;
}

static bool
is_aside(const struct spins *s, int actor, const struct operation *next)
{
	const struct spinner *a;

	if ((size_t)actor >= s->n)
		return false;
	a = &s->actor[actor];
	return a->period && !a->awake && holds_least(a, a->period) &&
	       spins_before_loop(a, next) &&
	       a->round / a->period > rounds_made(s, a);
}

/* What it would do is one more round.  A signal that it could take may end
 * its loop.  */
bool
spins_go_round(const struct spins *s, const struct alternative *a)
{
	return a->kind != ALTERNATIVE_DELIVER && is_aside(s, a->actor, &a->op);
}

/* Is there somebody who could go, other than this one and those aside?  */
bool
spins_others_could_go(const struct spins *s, const struct position *p,
		      int actor)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (p->alternative[i].actor != actor &&
		    !p->alternative[i].fault &&
		    !spins_go_round(s, &p->alternative[i]))
			return true;
	return false;
}

int
spins_livelock(const struct spins *s)
{
	return s->livelock;
}

size_t
spins_watched(const struct spins *s)
{
	if (s->dues)
		return spins_watched_due(s);
	return s->led >= 0 ? s->led_steps : s->rounds.watched;
}

bool
spins_leads(const struct spins *s)
{
	return s->led >= 0 || s->rounds.length > 0 || s->dues > 0;
}

bool
spins_is_led(const struct spins *s)
{
	return s->led >= 0;
}

int
spins_unfair(const struct spins *s, const struct position *p, int *other)
{
	return rounds_unfair(&s->rounds, p, other);
}

bool
spins_come_back(const struct spins *s)
{
	return s->livelock >= 0 && s->led < 0 && s->rounds.length > 0 &&
	       rounds_move(&s->rounds);
}

bool
spins_asks(const struct spins *s)
{
	return s->asks;
}

size_t
spins_suspect(const struct spins *s)
{
	return s->suspect ? s->suspect : s->rounds.suspect;
}

/* ---- what is known of loops ---- */

void
spins_know(struct spins *s, const char *words, bool keep, struct buf *rest)
{
	struct loops old = s->known;

	loops_read(&s->known, words, rest);
	for (int i = 0; keep && i < old.n; i++)
		if (old.loop[i].rounds == LOOP_DEAD)
			loops_add(&s->known, old.loop[i].place, LOOP_DEAD);
}

void
spins_known(const struct spins *s, struct buf *out)
{
	loops_write(&s->known, out);
}

bool
spins_taught(const struct spins *s)
{
	return s->taught;
}
