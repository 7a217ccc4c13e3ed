/* The digest of a run: FNV-1a (Fowler, Noll and Vo) over what happened.  */
#include "config.h"

#include "tracer/run.h"

#include <string.h>

void
digest_add(uint64_t *digest, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	while (n--)
		*digest = (*digest ^ *p++) * UINT64_C(1099511628211);
}

void
digest_step(uint64_t *digest, const struct alternative *a,
	    const struct operation *o)
{
	int choice[] = { a->kind, a->actor, a->number };

	digest_add(digest, choice, sizeof(choice));
	digest_add(digest, o->call, strlen(o->call));
	for (int i = 0; i < o->n; i++) {
		const struct touch *h = &o->touch[i];
		uint64_t word[] = { h->object, h->act, h->from, h->to,
				    h->value, h->have };

		digest_add(digest, word, sizeof(word));
	}
}
