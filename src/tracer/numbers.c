/* Numbers for objects of operations.  */
#include "config.h"

#include "tracer/numbers.h"
#include "tracer/things.h"

#include <stdlib.h>

enum { INDEX_BITS = 28, ROOM_FIRST = 256 };

struct key {
	uint64_t dev, ino, name;	/* name: a hash, 0: none */
};

/* Open addressing; index[] is what stands in each place, 0: nothing, else the
 * number of a key, from 1.  */
struct numbers {
	uint32_t n;
	size_t room, places;
	struct key *key;
	uint32_t *index;
};

uint32_t
number_of(enum space space, uint32_t n)
{
	return (uint32_t)space << INDEX_BITS | n;
}

static uint64_t
mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 29;
}

static uint64_t
hash_name(const char *name)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * UINT64_C(1099511628211);
	return h ? h : 1;
}

static bool
key_equal(const struct key *a, const struct key *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->name == b->name;
}

/* Where the key stands, or would.  */
static uint32_t *
place_of(struct numbers *ns, const struct key *key)
{
	size_t at = mix(mix(mix(0, key->dev), key->ino), key->name);

	for (;; at++) {
		uint32_t *place = &ns->index[at % ns->places];

		if (*place == 0 || key_equal(&ns->key[*place - 1], key))
			return place;
	}
}

static void
make_room(struct numbers *ns)
{
	if (ns->n * 2 < ns->places)
		return;
	free(ns->index);
	ns->places = ns->places ? ns->places * 2 : ROOM_FIRST;
	ns->index = xcalloc(ns->places, sizeof(*ns->index));
	for (uint32_t i = 0; i < ns->n; i++)
		*place_of(ns, &ns->key[i]) = i + 1;
}

static uint32_t
intern(struct tracing *t, const struct key *key)
{
	struct numbers *ns = t->numbers;
	uint32_t *place;

	if (!ns)
		ns = t->numbers = xcalloc(1, sizeof(*ns));
	make_room(ns);
	place = place_of(ns, key);
	if (*place == 0) {
		ns->key = xgrow(ns->key, &ns->room, ns->n + 1,
				sizeof(*ns->key));
		ns->key[ns->n] = *key;
		*place = ++ns->n;
	}
	return number_of(SPACE_INTERNED, *place);
}

uint32_t
number_of_file(struct tracing *t, dev_t dev, ino_t ino)
{
	struct key key = { dev, ino, 0 };

	return intern(t, &key);
}

uint32_t
number_of_name(struct tracing *t, dev_t dev, ino_t ino, const char *name)
{
	struct key key = { dev, ino, hash_name(name) };

	return intern(t, &key);
}

/* No device has such a number.  */
enum { ID_THING, ID_DESCRIPTION, ID_PLACE };

static uint32_t
intern_id(struct tracing *t, uint64_t what, uint64_t id)
{
	struct key key = { ~what, id, 0 };

	return intern(t, &key);
}

uint32_t
number_of_thing(struct tracing *t, int id)
{
	const struct thing *th = thing_row(t, id);

	if (th && (th->kind == KIND_FILE || th->kind == KIND_MEMORY) &&
	    th->ino)
		return number_of_file(t, th->dev, th->ino);
	return intern_id(t, ID_THING, (uint64_t)id);
}

uint32_t
number_of_description(struct tracing *t, int description)
{
	return intern_id(t, ID_DESCRIPTION, (uint64_t)description);
}

uint32_t
number_of_place(struct tracing *t, const struct task *k, uint64_t at)
{
	return intern_id(t, ID_PLACE + (uint64_t)k->leader->number, at);
}

void
numbers_free(struct tracing *t)
{
	if (!t->numbers)
		return;
	free(t->numbers->key);
	free(t->numbers->index);
	free(t->numbers);
	t->numbers = NULL;
}
