/*
 * Checkpoints: copies of the world at some events of a run, so that the
 * world at any event is found by folding the few events since.
 *
 * Their number is bounded: when there are too many, every other one goes and
 * the distance between them doubles.  So a log of any length costs at most
 * CHECKPOINTS_MAX worlds, and a look at any event at most a fold over
 * 1/64 of it.  Where worlds are large (a program that forks without end) there
 * are fewer: all together take about CHECKPOINTS_BYTES at most.
 */
#ifndef SESSION_CHECKPOINT_H
#define SESSION_CHECKPOINT_H

#include "world/world.h"

enum {
	CHECKPOINTS_MAX = 128,
	CHECKPOINT_DISTANCE = 256,
	CHECKPOINTS_BYTES = 64 << 20,
};

struct checkpoints;

struct checkpoints *checkpoints_new(void);
void checkpoints_free(struct checkpoints *c);

/* This is the world after event n.  A copy is kept when one is due here. */
void checkpoints_offer(struct checkpoints *c, const struct world *w,
		       uint64_t n);
/* The event of the last checkpoint not after n; 0: there is none.  */
uint64_t checkpoints_before(const struct checkpoints *c, uint64_t n);
/* A copy of the world of that checkpoint, the caller's.  */
struct world *checkpoints_take(const struct checkpoints *c, uint64_t n);
/* Forget those after event n: the run went another way.  */
void checkpoints_truncate(struct checkpoints *c, uint64_t n);

#endif
