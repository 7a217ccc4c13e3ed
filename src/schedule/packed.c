/* An operation in as little room as it needs.  */
#include "config.h"

#include "schedule/packed.h"

#include <string.h>

struct packed {
	size_t size;
	unsigned char start[];	/* of a struct operation */
};

static size_t
used(const struct operation *o)
{
	return offsetof(struct operation, touch) +
	       o->n * sizeof(o->touch[0]);
}

struct packed *
packed_of(const struct operation *o)
{
	struct packed *p = xmalloc(sizeof(*p) + used(o));

	p->size = used(o);
	memcpy(p->start, o, p->size);
	return p;
}

size_t
packed_size(const struct packed *p)
{
	return sizeof(*p) + p->size;
}

bool
packed_is(const struct packed *p, const struct operation *o)
{
	return p->size == used(o) && memcmp(p->start, o, p->size) == 0;
}

const struct operation *
packed_fill(const struct packed *p, struct operation *to)
{
	memcpy(to, p->start, p->size);
	return to;
}
