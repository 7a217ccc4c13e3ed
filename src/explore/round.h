/*
 * Rounds that several go together, and come back to where they were: each gives
 * way to the other, both begin anew, and so on.  A part of spin.h.
 *
 * Where memory is changed on the way (a counter that is raised and lowered
 * again, a flag that is set and taken back), that all did and read the same as
 * in the round before is no proof that they came back: who counts its tries
 * does the same, too, until it gives up.  So at the end of two rounds, far
 * apart, the state of the run must be the same: registers and memory of all who
 * live, bit by bit, while locks were given back and nothing else was touched.
 * Then what was done between can be done for ever.
 *
 * Is it a livelock, or an unfair order?  Everybody who could go has its turn in
 * each round, so it is fair: a scheduler that gives each its turn may do just
 * that, for ever.  It may also do otherwise: dice would lead most such programs
 * out, sooner or later.  That does not help: a program that ends in all fair
 * orders has no such round, whatever it tries how often, and one that has it is
 * not said never to end, but not to end in that order.  A round in which
 * somebody who could go has no turn is another thing: there is nothing wrong in
 * that, and it is not led on.
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
	CHANGING = 4,		/* rounds, where they change memory */
	TOGETHER = 1000,	/* steps that a round must go on for, led on */
};

/* A step of anybody.  */
struct round_step {
	int actor;
	bool looks;		/* ... for something that others may change */
	bool moves;		/* ... and others may notice it: a lock */
	bool changes;		/* memory: who looks sees it */
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
	uint64_t (*state)(void *with);	/* whom to ask for that of the run,
					   NULL */
	void *with;
	uint64_t before;	/* ... when half of the rounds were made */
	bool over;		/* it had not come back: none is led on any
				   more in this run */
};

void rounds_begin(struct rounds *r);		/* a run begins */
/* A step that changed nothing, or only memory.  */
void rounds_add(struct rounds *r, const struct round_step *step);
/* Somebody changed something else.  */
void rounds_break(struct rounds *r);
/* Lead on: then only the next one of the round is left in p, and true is
 * returned.  Nobody is left where it has gone on for long.  */
bool rounds_filter(struct rounds *r, struct position *p);
/* Who made the last step of the round?  */
int rounds_actor(const struct rounds *r);
/* Does somebody change memory in it?  */
bool rounds_change(const struct rounds *r);
/* The state of the run just now; 0: not known.  */
uint64_t rounds_state(const struct rounds *r);
/* Does each undo in it what the others might wait for?  Else they only look,
 * and no order of theirs changes anything.  */
bool rounds_move(const struct rounds *r);
/* Did somebody come back to the same again and again at the end, while another,
 * *other, could go and had no turn?  Who; -1.  */
int rounds_unfair(const struct rounds *r, const struct position *p, int *other);
/* Only the actor is left as able to go.  */
void rounds_show_only(struct position *p, int actor);
/* All who could go, go round.  */
void rounds_mark(struct position *p);

#endif
