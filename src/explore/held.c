/* Who has which lock, and who has used it.  */
#include "config.h"

#include "explore/held.h"

#include <stdlib.h>

/* What an actor did with a lock.  */
struct use {
	uint32_t object;
	int actor;
	int times;		/* that it has it: some can be taken again */
	uint64_t pc;		/* where it took it last */
	bool ended;		/* the actor did, in the last step */
};

struct holds {
	struct use *use;
	size_t n, room;
	bool any_ended;		/* see struct use */
	bool lost;
	struct held_lock first;
};

struct holds *
held_new(void)
{
	return xcalloc(1, sizeof(struct holds));
}

void
held_free(struct holds *h)
{
	if (h)
		free(h->use);
	free(h);
}

void
held_begin(struct holds *h)
{
	h->n = 0;
	h->any_ended = h->lost = false;
}

/* ---- what steps mean ---- */

enum { USES = 1, TAKES, GIVES };

static const uint8_t meaning[ACTS_COUNT] = {
	[ACT_LOCK] = TAKES,
	[ACT_TRY_LOCK] = USES,
	[ACT_UNLOCK] = GIVES,
	[ACT_READ_LOCK] = TAKES,
	[ACT_TRY_READ_LOCK] = USES,
	[ACT_WRITE_LOCK] = TAKES,
	[ACT_TRY_WRITE_LOCK] = USES,
	[ACT_RW_UNLOCK] = GIVES,
};

static struct use *
use_of(struct holds *h, uint32_t object, int actor)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->use[i].object == object && h->use[i].actor == actor)
			return &h->use[i];
	h->use = xgrow(h->use, &h->room, h->n + 1, sizeof(*h->use));
	h->use[h->n] = (struct use){ .object = object, .actor = actor };
	return &h->use[h->n++];
}

static void
note(struct holds *h, int actor, const struct operation *o)
{
	for (int i = 0; i < o->n; i++) {
		unsigned means = meaning[o->touch[i].act];
		struct use *u;

		if (!means)
			continue;
		u = use_of(h, o->touch[i].object, actor);
		if (means == TAKES) {
			u->times++;
			u->pc = o->pc;
		} else if (means == GIVES && u->times > 0) {
			u->times--;
		}
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
	for (size_t i = 0; i < h->n; i++)
		if (h->use[i].object == of->object &&
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
	for (size_t i = 0; i < h->n && h->any_ended && !h->lost; i++) {
		const struct use *u = &h->use[i], *other;

		if (!u->ended || !(other = other_use(h, p, u)))
			continue;
		h->lost = true;
		h->first = (struct held_lock){ .holder = u->actor, .pc = u->pc,
					       .other = other->actor };
	}
	for (size_t i = 0; i < h->n && h->any_ended; i++)
		h->use[i].ended = false;
	h->any_ended = false;
}

/* What is not known at its end is whether a robust mutex was given back.  */
static void
end_of(struct holds *h, int actor, const struct operation *o)
{
	for (size_t i = 0; i < h->n && !o->unknown; i++)
		if (h->use[i].actor == actor && h->use[i].times > 0)
			h->use[i].ended = h->any_ended = true;
}

void
held_step(struct holds *h, const struct position *p, int actor,
	   const struct done *d)
{
	judge(h, p);
	note(h, actor, &d->op);
	if (d->op.ends)
		end_of(h, actor, &d->op);
}

const struct held_lock *
held_end(struct holds *h, const struct position *p)
{
	if (p)
		judge(h, p);
	return h->lost ? &h->first : NULL;
}
