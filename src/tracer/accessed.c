/* See accessed.h.  */
#include "config.h"

#include "tracer/accessed.h"

#include "base/random.h"

#include <string.h>

void
accessed_before(struct accessed *a, const struct task *k,
		const struct alternative *how)
{
	a->size = 0;
	a->reads = false;
	if (!k || !k->call || k->call->does != DOES_ACCESS ||
	    how->kind != ALTERNATIVE_GO || k->arg[1] > sizeof(a->bytes))
		return;
	a->tid = k->tid;
	a->at = k->arg[0];
	a->reads = how->op.n > 0 && how->op.touch[0].act != ACT_STORE;
	if (memory_read(a->tid, a->at, a->bytes, k->arg[1]) ==
	    (ssize_t)k->arg[1])
		a->size = k->arg[1];
}

uint64_t
accessed_mix(const struct accessed *a, uint64_t hash)
{
	for (uint64_t i = 0; a->reads && i < a->size; i++)
		hash = random_mix(hash, a->bytes[i]);
	return hash;
}

bool
accessed_is_same(const struct accessed *a)
{
	uint8_t now[sizeof(a->bytes)];

	return a->size &&
	       memory_read(a->tid, a->at, now, a->size) == (ssize_t)a->size &&
	       memcmp(now, a->bytes, a->size) == 0;
}
