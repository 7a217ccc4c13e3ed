/*
 * Data races, by remembering for each 8 bytes of memory who accessed which of
 * them last, and when.
 */
#include "config.h"

#include "explore/happens.h"
#include "explore/race.h"

#include <stdlib.h>
#include <string.h>

enum {
	CELL = 8,			/* bytes */
	CELLS_A_TOUCH = 1 << 16,	/* more of one access are not looked at
					   one by one */
};

struct mark {
	struct access access;
	uint32_t then;		/* the actor's time */
	uint8_t bytes;		/* of the cell, as bits */
};

struct cell {
	uint32_t object;
	uint64_t at;		/* offset / CELL */
	unsigned run;
	size_t n, room;
	struct mark *mark;
};

struct races {
	struct happens *happens;
	unsigned run;
	uint64_t step;
	struct cell *cell;	/* an open hash table */
	size_t n_cells, room;	/* room: a power of two, or 0 */
	struct race found;
};

struct races *
races_new(void)
{
	struct races *r = xcalloc(1, sizeof(*r));

	r->happens = happens_new();
	return r;
}

void
races_free(struct races *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->room; i++)
		free(r->cell[i].mark);
	free(r->cell);
	happens_free(r->happens);
	free(r);
}

void
races_begin(struct races *r)
{
	r->run++;
	r->step = 0;
	happens_begin(r->happens);
}

/* ---- cells ---- */

static struct cell *
place(struct cell *table, size_t room, uint32_t object, uint64_t at)
{
	uint64_t x = at * UINT64_C(0x9e3779b97f4a7c15) ^
		     object * UINT64_C(0xc2b2ae3d27d4eb4f);
	size_t i = (x ^ x >> 31) & (room - 1);

	while (table[i].run && (table[i].object != object ||
				table[i].at != at))
		i = (i + 1) & (room - 1);
	return &table[i];
}

static void
grow(struct races *r)
{
	size_t room = r->room ? 2 * r->room : 256;
	struct cell *bigger = xcalloc(room, sizeof(*bigger));

	for (size_t i = 0; i < r->room; i++)
		if (r->cell[i].run)
			*place(bigger, room, r->cell[i].object,
			       r->cell[i].at) = r->cell[i];
	free(r->cell);
	r->cell = bigger;
	r->room = room;
}

static struct cell *
cell_of(struct races *r, uint32_t object, uint64_t at)
{
	struct cell *c;

	if (2 * (r->n_cells + 1) > r->room)
		grow(r);
	c = place(r->cell, r->room, object, at);
	if (!c->run)
		r->n_cells++;
	if (c->run != r->run) {
		c->object = object;
		c->at = at;
		c->run = r->run;
		c->n = 0;
	}
	return c;
}

/* ---- accesses ---- */

/* The bytes of cell number at that lie within, as bits.  */
static uint8_t
bytes_of(uint64_t at, uint64_t from, uint64_t to)
{
	uint64_t start = at * CELL;
	unsigned low = from > start ? from - start : 0;
	unsigned high = to - start < CELL ? to - start : CELL;

	return (uint8_t)((0xffU << low) & (0xffU >> (CELL - high)));
}

static bool
races_with(const struct races *r, const struct mark *m, const struct access *a,
	   uint8_t bytes)
{
	return m->access.actor != a->actor && m->bytes & bytes &&
	       (m->access.stores || a->stores) &&
	       !(m->access.atomic && a->atomic) &&
	       !happens_before(r->happens, m->access.actor, m->then, a->actor);
}

static void
keep_race(struct races *r, const struct cell *c, const struct mark *m,
	  const struct access *a, uint8_t bytes)
{
	uint8_t both = m->bytes & bytes;
	int low = __builtin_ctz(both);

	r->found = (struct race){
		.object = c->object,
		.from = c->at * CELL + low,
		.to = c->at * CELL + 32 - __builtin_clz(both),
		.first = m->access,
		.second = *a,
	};
}

/* Instead of the same actor's last access of the same sort.  */
static void
keep_mark(struct races *r, struct cell *c, const struct access *a,
	  uint8_t bytes)
{
	struct mark now = { *a, happens_now(r->happens, a->actor), bytes };

	for (size_t i = 0; i < c->n; i++) {
		const struct mark *m = &c->mark[i];

		if (m->access.actor == a->actor && m->bytes == bytes &&
		    m->access.stores == a->stores &&
		    m->access.atomic == a->atomic) {
			c->mark[i] = now;
			return;
		}
	}
	c->mark = xgrow(c->mark, &c->room, c->n + 1, sizeof(*c->mark));
	c->mark[c->n++] = now;
}

static bool
look(struct races *r, const struct touch *t, const struct access *a)
{
	uint64_t last = (t->to - 1) / CELL;
	bool found = false;

	if (last - t->from / CELL > CELLS_A_TOUCH)
		last = t->from / CELL + CELLS_A_TOUCH;
	for (uint64_t at = t->from / CELL; at <= last; at++) {
		struct cell *c = cell_of(r, t->object, at);
		uint8_t bytes = bytes_of(at, t->from, t->to);

		for (size_t i = 0; i < c->n && !found; i++)
			if (races_with(r, &c->mark[i], a, bytes)) {
				keep_race(r, c, &c->mark[i], a, bytes);
				found = true;
			}
		keep_mark(r, c, a, bytes);
	}
	return found;
}

static bool
is_access(const struct touch *t)
{
	return (t->act == ACT_LOAD || t->act == ACT_STORE ||
		t->act == ACT_RMW) && t->to > t->from;
}

const struct race *
races_step(struct races *r, const struct position *p, int actor,
	   const struct done *d)
{
	const struct operation *o = &d->op;
	bool found = false;

	happens_enter(r->happens, p, actor, o);
	for (int i = 0; i < o->n; i++) {
		const struct touch *t = &o->touch[i];
		struct access a = {
			.actor = actor, .step = r->step, .pc = o->pc,
			.stores = t->act != ACT_LOAD, .atomic = t->atomic,
		};

		if (is_access(t) && !found)
			found = look(r, t, &a);
	}
	happens_leave(r->happens, actor, o, d);
	r->step++;
	return found ? &r->found : NULL;
}
