/* An operation in as little room as it needs: what is kept of each step.  */
#ifndef SCHEDULE_PACKED_H
#define SCHEDULE_PACKED_H

#include "schedule/operation.h"

struct packed;	/* freed with free() */

struct packed *packed_of(const struct operation *o);
size_t packed_size(const struct packed *p);
/* Just what packed_of() would give for o?  */
bool packed_is(const struct packed *p, const struct operation *o);
/* Fills in only as many touches as there are; returns to.  */
const struct operation *packed_fill(const struct packed *p,
				    struct operation *to);

#endif
