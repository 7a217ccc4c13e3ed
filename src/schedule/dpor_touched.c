/*
 * Who touched which object, latest first.  All steps of one actor that touch
 * an object in just the same way are one entry, which holds the latest: the
 * earlier ones come before it anyway.  So an actor that looks at a flag
 * 50,000 times takes one entry, and asking who touched the flag is short.
 */
#include "config.h"

#include "base/random.h"
#include "schedule/dpor.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = -1, SLOTS_AT_FIRST = 256 };

/* One actor, one way of touching.  Of one object, a list.  */
struct entry {
	int actor;
	struct touch touch;
	uint32_t *step;
	size_t n_steps, steps_room;
	int object;
	int newer, older;	/* entries of the object */
};

struct object {
	uint32_t number;
	int newest;
};

struct table {
	int *slot;		/* NONE: empty */
	size_t size;
};

struct touched {
	struct entry *entry;
	struct object *object;
	int n_entries, n_objects;
	size_t entries_room, objects_room;
	struct table entries, objects;
	uint32_t *unknown;	/* the latest unknown step of each actor */
	int *unknown_actor;
	int n_unknown;
	size_t unknown_room, unknown_actors_room;
};

static void
table_clear(struct table *t)
{
	for (size_t i = 0; i < t->size; i++)
		t->slot[i] = NONE;
}

static void
table_open(struct table *t, size_t size)
{
	t->size = size;
	t->slot = xmalloc(size * sizeof(*t->slot));
	table_clear(t);
}

static size_t
slot_of(const struct table *t, uint64_t hash, size_t nth)
{
	return (hash + nth) & (t->size - 1);
}

static void
table_put(struct table *t, uint64_t hash, int what)
{
	size_t n = 0;

	while (t->slot[slot_of(t, hash, n)] != NONE)
		n++;
	t->slot[slot_of(t, hash, n)] = what;
}

/* ---- hashes ---- */

static uint64_t
hash_object(uint32_t number)
{
	return random_mix(number, 1);
}

static uint64_t
hash_entry(int actor, const struct touch *t)
{
	uint64_t h = random_mix((uint64_t)actor << 32 | t->object,
				(uint64_t)t->act << 1 | t->atomic);

	h = random_mix(h, t->from);
	h = random_mix(h, t->to);
	h = random_mix(h, (uint64_t)t->value);
	return random_mix(h, (uint64_t)t->have);
}

static bool
touches_alike(const struct touch *a, const struct touch *b)
{
	return a->object == b->object && a->act == b->act &&
	       a->atomic == b->atomic && a->gives_up == b->gives_up &&
	       a->from == b->from && a->to == b->to &&
	       a->value == b->value && a->have == b->have;
}

/* ---- finding ---- */

static int
find_object(const struct touched *t, uint32_t number)
{
	uint64_t h = hash_object(number);
	int i;

	for (size_t n = 0; (i = t->objects.slot[slot_of(&t->objects, h, n)])
			   != NONE; n++)
		if (t->object[i].number == number)
			return i;
	return NONE;
}

static int
find_entry(const struct touched *t, int actor, const struct touch *touch)
{
	uint64_t h = hash_entry(actor, touch);
	int i;

	for (size_t n = 0; (i = t->entries.slot[slot_of(&t->entries, h, n)])
			   != NONE; n++)
		if (t->entry[i].actor == actor &&
		    touches_alike(&t->entry[i].touch, touch))
			return i;
	return NONE;
}

/* ---- adding ---- */

static int
add_object(struct touched *t, uint32_t number)
{
	int i = t->n_objects++;

	t->object = xgrow(t->object, &t->objects_room, (size_t)i + 1,
			  sizeof(*t->object));
	t->object[i] = (struct object){ number, NONE };
	if ((size_t)t->n_objects * 2 > t->objects.size) {
		free(t->objects.slot);
		table_open(&t->objects, t->objects.size * 2);
		for (int k = 0; k < i; k++)
			table_put(&t->objects,
				  hash_object(t->object[k].number), k);
	}
	table_put(&t->objects, hash_object(number), i);
	return i;
}

static int
add_entry(struct touched *t, int actor, const struct touch *touch)
{
	int i = t->n_entries++;

	t->entry = xgrow(t->entry, &t->entries_room, (size_t)i + 1,
			 sizeof(*t->entry));
	t->entry[i] = (struct entry){ .actor = actor, .touch = *touch };
	if ((size_t)t->n_entries * 2 > t->entries.size) {
		free(t->entries.slot);
		table_open(&t->entries, t->entries.size * 2);
		for (int k = 0; k < i; k++)
			table_put(&t->entries, hash_entry(t->entry[k].actor,
				  &t->entry[k].touch), k);
	}
	table_put(&t->entries, hash_entry(actor, touch), i);
	return i;
}

static void
unlink_entry(struct touched *t, int i)
{
	struct entry *e = &t->entry[i];

	if (e->newer == NONE)
		t->object[e->object].newest = e->older;
	else
		t->entry[e->newer].older = e->older;
	if (e->older != NONE)
		t->entry[e->older].newer = e->newer;
}

static void
link_newest(struct touched *t, int i)
{
	struct entry *e = &t->entry[i];
	struct object *o = &t->object[e->object];

	e->newer = NONE;
	e->older = o->newest;
	if (o->newest != NONE)
		t->entry[o->newest].newer = i;
	o->newest = i;
}

static void
add_step(struct entry *e, uint32_t step)
{
	if (e->n_steps > 0 && e->step[e->n_steps - 1] == step)
		return;
	e->step = xgrow(e->step, &e->steps_room, e->n_steps + 1,
			sizeof(*e->step));
	e->step[e->n_steps++] = step;
}

static void
add_touch(struct touched *t, int actor, uint32_t step,
	  const struct touch *touch)
{
	int i = find_entry(t, actor, touch);

	if (i == NONE) {
		int object = find_object(t, touch->object);

		if (object == NONE)
			object = add_object(t, touch->object);
		i = add_entry(t, actor, touch);
		t->entry[i].object = object;
	} else {
		unlink_entry(t, i);
	}
	add_step(&t->entry[i], step);
	link_newest(t, i);
}

static void
add_unknown(struct touched *t, int actor, uint32_t step)
{
	int i = 0;

	while (i < t->n_unknown && t->unknown_actor[i] != actor)
		i++;
	if (i == t->n_unknown) {
		t->n_unknown++;
		t->unknown = xgrow(t->unknown, &t->unknown_room,
				   (size_t)t->n_unknown, sizeof(*t->unknown));
		t->unknown_actor = xgrow(t->unknown_actor,
					 &t->unknown_actors_room,
					 (size_t)t->n_unknown,
					 sizeof(*t->unknown_actor));
		t->unknown_actor[i] = actor;
	}
	t->unknown[i] = step;
}

void
touched_add(struct touched *t, int actor, uint32_t step,
	    const struct operation *o)
{
	if (o->unknown)
		add_unknown(t, actor, step);
	for (int i = 0; i < o->n; i++)
		add_touch(t, actor, step, &o->touch[i]);
}

static void
each_step(const struct entry *e, uint32_t horizon, touched_fn *call,
	  void *arg)
{
	for (size_t i = e->n_steps; i > 0 && e->step[i - 1] >= horizon; i--)
		if (!call(arg, e->step[i - 1]))
			break;
}

void
touched_each(const struct touched *t, const struct operation *o,
	     uint32_t horizon, touched_fn *call, void *arg)
{
	for (int i = 0; i < t->n_unknown; i++)
		if (t->unknown[i] >= horizon)
			call(arg, t->unknown[i]);
	for (int i = 0; i < o->n; i++) {
		int object = find_object(t, o->touch[i].object);
		const struct entry *e;

		for (int k = object == NONE ? NONE : t->object[object].newest;
		     k != NONE; k = e->older) {
			e = &t->entry[k];
			if (e->step[e->n_steps - 1] < horizon)
				break;
			if (act_dependence(&e->touch, &o->touch[i]))
				each_step(e, horizon, call, arg);
		}
	}
}

/* ---- */

struct touched *
touched_open(void)
{
	struct touched *t = xcalloc(1, sizeof(*t));

	table_open(&t->entries, SLOTS_AT_FIRST);
	table_open(&t->objects, SLOTS_AT_FIRST);
	return t;
}

void
touched_clear(struct touched *t)
{
	for (int i = 0; i < t->n_entries; i++)
		free(t->entry[i].step);
	t->n_entries = t->n_objects = t->n_unknown = 0;
	table_clear(&t->entries);
	table_clear(&t->objects);
}

void
touched_close(struct touched *t)
{
	touched_clear(t);
	free(t->entry);
	free(t->object);
	free(t->entries.slot);
	free(t->objects.slot);
	free(t->unknown);
	free(t->unknown_actor);
	free(t);
}
