/* Who has which lock, and who has used it.  */
#include "config.h"

#include "explore/held.h"

#include <stdlib.h>

/* A lock.  The semaphores of a set are many.  */
struct lock {
	uint32_t object;
	uint64_t number;	/* in the set */
	bool semaphore;
	bool given;		/* by who had it */
	bool strange;		/* ... by who had not, or it was set */
	bool lost;		/* who had it ended: later nobody sets it in
				   order */
};

/* What an actor did with it.  */
struct use {
	size_t lock;
	int actor;
	int64_t times;		/* that it has it: some can be taken again */
	uint64_t pc, step;	/* where and when it took it last */
	bool ended;		/* the actor did, in the last step */
};

struct loss {
	size_t lock;
	struct held_lock held;
};

struct holds {
	struct lock *lock;
	size_t n_locks, room_locks;
	struct use *use;
	size_t n_uses, room_uses;
	struct loss *loss;
	size_t n_losses, room_losses;
	bool any_ended;		/* see struct use */
};

struct holds *
held_new(void)
{
	return xcalloc(1, sizeof(struct holds));
}

void
held_free(struct holds *h)
{
	if (!h)
		return;
	free(h->lock);
	free(h->use);
	free(h->loss);
	free(h);
}

void
held_begin(struct holds *h)
{
	h->n_locks = h->n_uses = h->n_losses = 0;
	h->any_ended = false;
}

/* ---- what steps mean ---- */

enum { TAKES = 1, TRIES, GIVES, SETS, SEMAPHORE = 8 };

static const uint8_t meaning[ACTS_COUNT] = {
	[ACT_LOCK] = TAKES,
	[ACT_TRY_LOCK] = TRIES,
	[ACT_UNLOCK] = GIVES,
	[ACT_LOCK_CONTROL] = SETS,
	[ACT_READ_LOCK] = TAKES,
	[ACT_TRY_READ_LOCK] = TRIES,
	[ACT_WRITE_LOCK] = TAKES,
	[ACT_TRY_WRITE_LOCK] = TRIES,
	[ACT_RW_UNLOCK] = GIVES,
	[ACT_SEM_WAIT] = SEMAPHORE | TAKES,
	[ACT_SEM_TRY] = SEMAPHORE | TRIES,
	[ACT_SEM_POST] = SEMAPHORE | GIVES,
	[ACT_SEM_CONTROL] = SEMAPHORE | SETS,
};

static size_t
lock_of(struct holds *h, const struct touch *t, bool semaphore)
{
	uint64_t number = semaphore ? t->from : 0;

	for (size_t i = 0; i < h->n_locks; i++)
		if (h->lock[i].object == t->object &&
		    h->lock[i].number == number)
			return i;
	h->lock = xgrow(h->lock, &h->room_locks, h->n_locks + 1,
			sizeof(*h->lock));
	h->lock[h->n_locks] = (struct lock){ .object = t->object,
					     .number = number,
					     .semaphore = semaphore };
	return h->n_locks++;
}

static struct use *
use_of(struct holds *h, size_t lock, int actor)
{
	for (size_t i = 0; i < h->n_uses; i++)
		if (h->use[i].lock == lock && h->use[i].actor == actor)
			return &h->use[i];
	h->use = xgrow(h->use, &h->room_uses, h->n_uses + 1, sizeof(*h->use));
	h->use[h->n_uses] = (struct use){ .lock = lock, .actor = actor };
	return &h->use[h->n_uses++];
}

/* Of this object, all: who ends gives back what it has, by the kernel; else
 * nobody knows any more who has it.  */
static void
sets(struct holds *h, uint32_t object, int actor, bool ends)
{
	for (size_t i = 0; i < h->n_uses; i++) {
		struct use *u = &h->use[i];

		if (h->lock[u->lock].object != object)
			continue;
		if (!ends && !h->lock[u->lock].lost)
			h->lock[u->lock].strange = true;
		else if (u->actor == actor)
			u->times = 0;
	}
}

static void
gives(struct lock *lock, struct use *u, int64_t much)
{
	if (u->times > 0)
		lock->given = true;
	if (u->times < much)
		lock->strange = true;
	u->times = u->times > much ? u->times - much : 0;
}

static void
note_touch(struct holds *h, int actor, const struct operation *o,
	   const struct touch *t, uint64_t step)
{
	bool semaphore = meaning[t->act] & SEMAPHORE;
	unsigned means = meaning[t->act] & ~SEMAPHORE;
	int64_t much = semaphore && t->value > 0 ? t->value : 1;
	struct use *u;
	size_t lock;

	if (means == SETS) {
		sets(h, t->object, actor, o->ends);
		return;
	}
	lock = lock_of(h, t, semaphore);
	u = use_of(h, lock, actor);
	if (means == TAKES || (means == TRIES && !o->failed)) {
		u->times += much;
		u->pc = o->pc;
		u->step = step;
	} else if (means == GIVES && !o->failed) {
		gives(&h->lock[lock], u, much);
	}
}

/* ---- who ended ---- */

static bool
lives(const struct position *p, int actor)
{
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].actor == actor)
			return p->standing[i].state != STANDS_ENDED;
	return false;
}

static const struct use *
other_use(const struct holds *h, const struct position *p, const struct use *of)
{
	for (size_t i = 0; i < h->n_uses; i++)
		if (h->use[i].lock == of->lock &&
		    h->use[i].actor != of->actor &&
		    lives(p, h->use[i].actor))
			return &h->use[i];
	return NULL;
}

/* The end of a process is that of its other threads: only in the position
 * behind it is it seen who is left.  */
static void
judge(struct holds *h, const struct position *p)
{
	for (size_t i = 0; i < h->n_uses && h->any_ended; i++) {
		struct use *u = &h->use[i];
		const struct use *other = u->ended ? other_use(h, p, u) : NULL;

		u->ended = false;
		if (!other)
			continue;
		h->lock[u->lock].lost = true;
		h->loss = xgrow(h->loss, &h->room_losses, h->n_losses + 1,
				sizeof(*h->loss));
		h->loss[h->n_losses++] = (struct loss){
			.lock = u->lock,
			.held = { .holder = u->actor, .pc = u->pc,
				  .step = u->step, .other = other->actor },
		};
	}
	h->any_ended = false;
}

/* What is not known at its end is what else was given back.  */
static void
end_of(struct holds *h, int actor, const struct operation *o)
{
	for (size_t i = 0; i < h->n_uses && !o->unknown; i++)
		if (h->use[i].actor == actor && h->use[i].times > 0)
			h->use[i].ended = h->any_ended = true;
}

void
held_step(struct holds *h, const struct position *p, int actor,
	   const struct done *d)
{
	const struct operation *o = &d->op;

	judge(h, p);
	for (int i = 0; i < o->n; i++)
		if (meaning[o->touch[i].act])
			note_touch(h, actor, o, &o->touch[i],
				   (uint64_t)p->step + 1);
	if (o->ends)
		end_of(h, actor, o);
}

const struct held_lock *
held_end(struct holds *h, const struct position *p)
{
	if (p)
		judge(h, p);
	for (size_t i = 0; i < h->n_losses; i++) {
		const struct lock *lock = &h->lock[h->loss[i].lock];

		if (!lock->semaphore || (lock->given && !lock->strange))
			return &h->loss[i].held;
	}
	return NULL;
}
