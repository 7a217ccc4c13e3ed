/*
 * The memory that a step of a search accesses.  Who stores what is there has
 * changed nothing, and who reads the same again is none the wiser: a lock that
 * is exchanged in vain.
 */
#ifndef TRACER_ACCESSED_H
#define TRACER_ACCESSED_H

#include "schedule/strategy.h"
#include "tracer/trace.h"

struct accessed {
	pid_t tid;
	uint64_t at, size;	/* size 0: none, or more than there is room
				   for */
	bool reads;
	uint8_t bytes[16];	/* as they were */
};

/* Before the step is made: by this task, NULL: by nobody.  */
void accessed_before(struct accessed *a, const struct task *k,
		     const struct alternative *how);
/* A hash, and what the step reads.  */
uint64_t accessed_mix(const struct accessed *a, uint64_t hash);
/* Behind the step: is it as it was?  False where that is not known.  */
bool accessed_is_same(const struct accessed *a);

#endif
