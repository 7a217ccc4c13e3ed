/*
 * Rounds that several go together, without changing anything: each gives way
 * to the other, both begin anew, and so on.  A part of spin.h.
 *
 * That all did the same twice says little: loops that count in private memory
 * look alike.  So a round that was suspected is led on, in a run of its own,
 * until it has an end after all or has gone on for very long.  To lead on where
 * all interleavings are searched would hide what others could do.
 */
#ifndef EXPLORE_ROUND_H
#define EXPLORE_ROUND_H

#include "explore/loops.h"
#include "schedule/strategy.h"

enum {
	ROUNDS = 2,		/* of the same: perhaps a livelock */
	ROUND_MAX = 256,	/* steps of a common round */
	TOGETHER = 1000,	/* steps that a round must go on for, led on */
};

/* A step of anybody.  */
struct round_step {
	int actor;
	bool looks;		/* ... for something that others may change */
	bool moves;		/* ... and others may notice it: a lock */
	uint64_t hash;		/* equal: it did the same */
};

/* All zero: none yet.  */
struct rounds {
	struct round_step step[ROUNDS * ROUND_MAX];	/* a ring: last steps */
	size_t n;		/* since somebody changed something */
	size_t length;		/* of a round that is led on; 0: none is */
	size_t watched;		/* ... for how many steps by now */
	bool leads;		/* rounds are led on in this run */
	bool blind;		/* ... nobody looks for them */
	size_t steps;		/* of this run */
	size_t suspect;		/* the step at which a round was seen first,
				   from 1; 0: none */
	uint64_t suspect_place;	/* ... equal for equal rounds */
	const struct loops *known;	/* those that were tried */
};

void rounds_begin(struct rounds *r);		/* a run begins */
/* A step that changed nothing.  */
void rounds_add(struct rounds *r, const struct round_step *step);
/* Somebody changed something.  */
void rounds_break(struct rounds *r);
/* Lead on: then only the next one of the round is left in p, and true is
 * returned.  Nobody is left where it has gone on for long.  */
bool rounds_filter(struct rounds *r, struct position *p);
/* Who made the last step of the round?  */
int rounds_actor(const struct rounds *r);
/* Does each undo in it what the others might wait for?  Else they only look,
 * and no order of theirs changes anything.  */
bool rounds_move(const struct rounds *r);
/* Only the actor is left as able to go.  */
void rounds_show_only(struct position *p, int actor);
/* All who could go, go round.  */
void rounds_mark(struct position *p);

#endif
