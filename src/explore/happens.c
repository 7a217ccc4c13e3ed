/* Vector clocks: of actors, and of the objects that order them.  */
#include "config.h"

#include "explore/happens.h"

#include <stdlib.h>
#include <string.h>

struct clock {
	uint32_t *at;		/* by actor; behind n: 0 */
	size_t n, room;
};

/* What an object hands from those who release to those who acquire.  */
struct sync {
	uint32_t object;
	uint64_t at;		/* of an atomic in memory; else 0 */
	unsigned run;		/* of another run: empty */
	int writer;		/* who has a read-write lock to write, -1 */
	int taker;		/* who took it last and has not given, -1 */
	struct clock all;	/* of all who released it */
	struct clock writers;	/* ... after they had it to write */
};

struct happens {
	unsigned run;
	struct clock *actor;
	bool *known, *dead;
	size_t n_actors, room, room_known, room_dead;
	int went_last;
	int woken[ARRAY_SIZE(((struct done *)NULL)->woken)];	/* whom the
				   last step let go on */
	int n_woken;
	struct sync *sync;	/* an open hash table */
	size_t n_sync, room_sync;	/* room: a power of two, or 0 */
};

/* ---- what an act means ---- */

enum { TAKES = 1, GIVES = 2, TAKES_WRITERS = 4, BECOMES_WRITER = 8 };

/* Acts that are not here order nobody.  */
static const uint8_t meaning[ACTS_COUNT] = {
	[ACT_PIPE_READ] = TAKES,
	[ACT_PIPE_WRITE] = GIVES,
	[ACT_PIPE_CLOSE_READ] = GIVES,
	[ACT_PIPE_CLOSE_WRITE] = GIVES,
	[ACT_FIFO_OPEN_READ] = TAKES | GIVES,
	[ACT_FIFO_OPEN_WRITE] = TAKES | GIVES,
	[ACT_QUEUE_SEND] = GIVES,
	[ACT_QUEUE_RECEIVE] = TAKES,
	[ACT_QUEUE_CONTROL] = TAKES | GIVES,
	[ACT_SEM_POST] = GIVES,
	[ACT_SEM_WAIT] = TAKES,
	[ACT_SEM_TRY] = TAKES,
	[ACT_SEM_CONTROL] = TAKES | GIVES,
	[ACT_LOCK] = TAKES,
	[ACT_TRY_LOCK] = TAKES,
	[ACT_UNLOCK] = GIVES,
	[ACT_LOCK_CONTROL] = GIVES,
	[ACT_READ_LOCK] = TAKES_WRITERS,
	[ACT_TRY_READ_LOCK] = TAKES_WRITERS,
	[ACT_WRITE_LOCK] = TAKES | BECOMES_WRITER,
	[ACT_TRY_WRITE_LOCK] = TAKES | BECOMES_WRITER,
	[ACT_RW_UNLOCK] = GIVES,
	[ACT_COND_WOKEN] = TAKES,
	[ACT_COND_SIGNAL] = GIVES,
	[ACT_COND_BROADCAST] = GIVES,
	[ACT_BARRIER_ARRIVE] = TAKES | GIVES,
	[ACT_FUTEX_WAKE] = GIVES,
	[ACT_ONCE] = TAKES | GIVES,
	[ACT_FILE_READ] = TAKES,
	[ACT_FILE_LOOK] = TAKES,
	[ACT_FILE_WRITE] = GIVES,
	[ACT_FILE_APPEND] = GIVES,
	[ACT_FILE_RESIZE] = GIVES,
	[ACT_FILE_LOCK] = TAKES,
	[ACT_FILE_TRY_LOCK] = TAKES,
	[ACT_FILE_UNLOCK] = GIVES,
	[ACT_NAME_LOOK] = TAKES,
	[ACT_NAME_LIST] = TAKES,
	[ACT_NAME_CHANGE] = TAKES | GIVES,
	[ACT_FOLDER_CHANGE] = GIVES,
	[ACT_INODE_LOOK] = TAKES,
	[ACT_INODE_CHANGE] = TAKES | GIVES,
	[ACT_SIGNAL_SEND] = GIVES,
	[ACT_SIGNAL_WAIT] = TAKES,
	[ACT_SIGNAL_TAKE] = TAKES,
	[ACT_EXIT] = GIVES,
	[ACT_EXIT_GROUP] = GIVES,
	[ACT_WAIT] = TAKES,
	[ACT_WAIT_LOOK] = TAKES,
	[ACT_JOIN] = TAKES,
	[ACT_PROCESS_LOOK] = TAKES,
	[ACT_PROCESS_CONTROL] = TAKES | GIVES,
	[ACT_SOCKET_SEND] = GIVES,
	[ACT_SOCKET_RECEIVE] = TAKES,
	[ACT_SOCKET_CONNECT] = TAKES | GIVES,
	[ACT_SOCKET_ACCEPT] = TAKES | GIVES,
	[ACT_SOCKET_CONTROL] = GIVES,
	[ACT_COUNTER_ADD] = GIVES,
	[ACT_COUNTER_TAKE] = TAKES,
	[ACT_READY_LOOK] = TAKES,
};

static unsigned
meaning_of(const struct touch *t)
{
	if (!t->atomic)
		return meaning[t->act];
	switch (t->act) {
	case ACT_LOAD:
		return TAKES;
	case ACT_STORE:
		return GIVES;
	case ACT_RMW:
		return TAKES | GIVES;
	default:
		return meaning[t->act];
	}
}

/* ---- clocks ---- */

static void
clock_need(struct clock *c, size_t n)
{
	if (c->n >= n)
		return;
	c->at = xgrow(c->at, &c->room, n, sizeof(*c->at));
	memset(c->at + c->n, 0, (n - c->n) * sizeof(*c->at));
	c->n = n;
}

static void
clock_join(struct clock *to, const struct clock *from)
{
	clock_need(to, from->n);
	for (size_t i = 0; i < from->n; i++)
		if (to->at[i] < from->at[i])
			to->at[i] = from->at[i];
}

static void
clock_clear(struct clock *c)
{
	c->n = 0;
}

static void
actor_need(struct happens *h, int actor)
{
	size_t n = (size_t)actor + 1, old = h->n_actors;

	if (n <= old)
		return;
	h->actor = xgrow(h->actor, &h->room, n, sizeof(*h->actor));
	h->known = xgrow(h->known, &h->room_known, n, sizeof(*h->known));
	h->dead = xgrow(h->dead, &h->room_dead, n, sizeof(*h->dead));
	memset(h->actor + old, 0, (n - old) * sizeof(*h->actor));
	memset(h->known + old, 0, (n - old) * sizeof(*h->known));
	memset(h->dead + old, 0, (n - old) * sizeof(*h->dead));
	h->n_actors = n;
}

/* Whoever is new was made by who went last.  */
static void
meet(struct happens *h, int actor)
{
	struct clock *own;

	actor_need(h, actor);
	if (h->known[actor])
		return;
	h->known[actor] = true;
	own = &h->actor[actor];
	if (h->went_last >= 0)
		clock_join(own, &h->actor[h->went_last]);
	clock_need(own, (size_t)actor + 1);
}

/* ---- objects ---- */

static size_t
hash(uint32_t object, uint64_t at)
{
	uint64_t x = (at + 1) * UINT64_C(0x9e3779b97f4a7c15) ^
		     object * UINT64_C(0xc2b2ae3d27d4eb4f);

	return x ^ x >> 29;
}

static struct sync *
place(struct sync *table, size_t room, uint32_t object, uint64_t at)
{
	size_t i = hash(object, at) & (room - 1);

	while (table[i].run && (table[i].object != object ||
				table[i].at != at))
		i = (i + 1) & (room - 1);
	return &table[i];
}

static void
table_grow(struct happens *h)
{
	size_t room = h->room_sync ? 2 * h->room_sync : 64;
	struct sync *bigger = xcalloc(room, sizeof(*bigger));

	for (size_t i = 0; i < h->room_sync; i++)
		if (h->sync[i].run)
			*place(bigger, room, h->sync[i].object,
			       h->sync[i].at) = h->sync[i];
	free(h->sync);
	h->sync = bigger;
	h->room_sync = room;
}

static struct sync *
sync_of(struct happens *h, const struct touch *t)
{
	uint64_t at = t->atomic ? t->from : 0;
	struct sync *s;

	if (2 * (h->n_sync + 1) > h->room_sync)
		table_grow(h);
	s = place(h->sync, h->room_sync, t->object, at);
	if (!s->run)
		h->n_sync++;
	if (s->run != h->run) {
		clock_clear(&s->all);
		clock_clear(&s->writers);
		s->object = t->object;
		s->at = at;
		s->run = h->run;
		s->writer = s->taker = -1;
	}
	return s;
}

/* ---- a run ---- */

struct happens *
happens_new(void)
{
	struct happens *h = xcalloc(1, sizeof(*h));

	h->went_last = -1;
	return h;
}

void
happens_free(struct happens *h)
{
	if (!h)
		return;
	for (size_t i = 0; i < h->n_actors; i++)
		free(h->actor[i].at);
	for (size_t i = 0; i < h->room_sync; i++) {
		free(h->sync[i].all.at);
		free(h->sync[i].writers.at);
	}
	free(h->actor);
	free(h->known);
	free(h->dead);
	free(h->sync);
	free(h);
}

void
happens_begin(struct happens *h)
{
	h->run++;
	h->went_last = -1;
	for (size_t i = 0; i < h->n_actors; i++) {
		clock_clear(&h->actor[i]);
		h->known[i] = h->dead[i] = false;
	}
	h->n_woken = 0;
}

/* Who had taken it and has died: if anybody can take it now, the kernel has
 * given it back behind all that he did (semop(2), SEM_UNDO; robust mutexes;
 * record locks).  */
static void
bury(struct happens *h, int actor)
{
	const struct clock *own = &h->actor[actor];

	h->dead[actor] = true;
	for (size_t i = 0; i < h->room_sync; i++) {
		struct sync *s = &h->sync[i];

		if (s->run != h->run || s->taker != actor)
			continue;
		clock_join(&s->all, own);
		clock_join(&s->writers, own);
		s->taker = h->n_woken > 0 ? h->woken[0] : -1;
		/* Who waited for it has it already.  */
		for (int k = 0; k < h->n_woken; k++)
			clock_join(&h->actor[h->woken[k]], own);
	}
}

void
happens_enter(struct happens *h, const struct position *p, int actor,
	      const struct operation *o)
{
	struct clock *own;

	for (int i = 0; i < p->n_standing; i++) {
		int it = p->standing[i].actor;

		meet(h, it);
		if (p->standing[i].state == STANDS_ENDED && !h->dead[it])
			bury(h, it);
	}
	meet(h, actor);
	own = &h->actor[actor];
	own->at[actor]++;
	for (int i = 0; i < o->n; i++) {
		unsigned means = meaning_of(&o->touch[i]);
		struct sync *s;

		if (!(means & (TAKES | TAKES_WRITERS)))
			continue;
		s = sync_of(h, &o->touch[i]);
		clock_join(own, means & TAKES ? &s->all : &s->writers);
		/* While another has it, this one falls asleep.  */
		if (s->taker < 0)
			s->taker = actor;
		if (means & BECOMES_WRITER)
			s->writer = actor;
	}
}

void
happens_leave(struct happens *h, int actor, const struct operation *o,
	      const struct done *d)
{
	struct clock *own = &h->actor[actor];

	for (int i = 0; i < o->n; i++) {
		struct sync *s;

		if (!(meaning_of(&o->touch[i]) & GIVES))
			continue;
		s = sync_of(h, &o->touch[i]);
		clock_join(&s->all, own);
		if (o->touch[i].act != ACT_RW_UNLOCK || s->writer == actor)
			clock_join(&s->writers, own);
		if (s->writer == actor)
			s->writer = -1;
		if (s->taker == actor)
			s->taker = d->n_woken > 0 ? d->woken[0] : -1;
	}
	h->went_last = actor;
	h->n_woken = d->n_woken;
	memcpy(h->woken, d->woken, sizeof(h->woken));
	for (int i = 0; i < d->n_woken; i++) {
		meet(h, d->woken[i]);
		clock_join(&h->actor[d->woken[i]], &h->actor[actor]);
	}
}

uint32_t
happens_now(const struct happens *h, int actor)
{
	return h->actor[actor].at[actor];
}

bool
happens_before(const struct happens *h, int actor, uint32_t then, int now)
{
	const struct clock *c = &h->actor[now];

	return (size_t)actor < c->n && c->at[actor] >= then;
}
