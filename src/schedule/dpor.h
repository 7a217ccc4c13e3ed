/*
 * The search that leaves out orders which make no difference: what its files
 * share.  It is source-DPOR with sleep sets (Abdulla, Aronsson, Jonsson and
 * Sagonas, POPL 2014), with four things that its setting asks for:
 *
 *  - An actor may have several alternatives where it stands (its time is
 *    over, a signal, a fault).  A branch is "this actor next": it is tried
 *    with all of them.
 *  - What is not done matters too.  An operation that was pending and came to
 *    nothing (it waits for ever, its process ended, its time was over first)
 *    is held against the steps that were done, like one more step: see
 *    dpor_change.c.
 *  - The budget of faults is an object that all faults take from: they
 *    commute until it is spent, and one that comes too late is held against
 *    each that it comes too late for.
 *  - What one step lets another do (dependence ENABLES; born, woken) comes
 *    after it and cannot come before it.  Such an order hides no race: a lock
 *    races with the lock before it, although an unlock lies between.
 *
 * With a bound of preemptions it is BPOR (Coons, Musuvathi and McKinley,
 * OOPSLA 2013): no sleep sets, and for each race a second branch where the
 * block of steps of the earlier actor begins.
 *
 *	dpor_tree.c	the tree: what was tried and what is to be tried
 *	dpor_touched.c	who touched which object, latest first
 *	dpor_race.c	what came before what; races
 *	dpor_change.c	what a step did to the others
 *	strategy_dpor.c	the strategy
 */
#ifndef SCHEDULE_DPOR_H
#define SCHEDULE_DPOR_H

#include "schedule/packed.h"
#include "schedule/strategies.h"

/* Which alternative: the same in every run that came to this position.  */
struct key {
	int actor;
	int number;
	uint8_t kind;		/* enum alternative_kind, or KEY_SPINS: no
				   alternative, but nothing would change */
	bool fault;
};
enum { KEY_SPINS = 100 };

struct tried {
	struct key key;
	struct packed *op;	/* as it turned out */
	int n_struck, *struck;	/* actors that it killed, woke or turned */
};

/* A step of the run, and the branches at the position before it.  */
struct frame {
	struct key picked;
	struct packed *op;	/* of picked, NULL before it is done */
	int n_struck, *struck;	/* as in struct tried */
	uint32_t nth;		/* step of its actor, 1... */
	uint32_t width;
	uint32_t *clock;	/* how many steps of each actor come before or
				   are it; NULL before dpor_settle() */
	int preemptions, faults;	/* before it */
	int block;		/* step that its actor's block began with */
	bool all;		/* every actor is wanted */
	int n_keys, n_tried, n_sleep, n_wanted;
	struct key *key;	/* the alternatives, in order */
	struct tried *tried;	/* but for picked */
	struct tried *sleep;	/* not to be tried: found elsewhere; what they
				   point to belongs to frames before */
	int *wanted;		/* actors to be tried, picked's among them */
	size_t tried_room, wanted_room, bytes;
};

/* Something that is no GO and could be done.  */
struct option {
	struct key key;
	struct packed *op;
};

/* An actor, as the last position showed it, and its steps in this run.  */
struct known {
	bool alive;
	enum standing_state state;
	struct packed *next;	/* what it was before, or in */
	int n_options, n_now;
	struct option *option;
	int *now;		/* the same of the new position, as indices
				   there */
	size_t options_room, now_room;
	uint32_t *step;
	size_t n_steps, steps_room;
	uint32_t *let;		/* steps that let it go on, since its last */
	size_t n_let, let_room;
};

/* What an actor could have done before a step and, by it, came to nothing:
 * steps after it may still have to do with it.  */
struct ghost {
	int step;
	struct packed *op;
};

struct touched;			/* dpor_touched.c */

struct dpor {
	struct strategy strategy;
	struct strategy_config config;
	bool begun, over;
	bool cut;		/* something was left out, and not because it
				   makes no difference */
	uint64_t runs;
	/* the tree: one branch of it, which is the run */
	struct frame *frame;
	int n_frames;
	size_t frames_room;
	int fresh;		/* frames from here on are new in this run */
	size_t bytes;		/* of all frames */
	bool lost;		/* this run went on without frames */
	/* the run */
	int unsettled;		/* step that was done and is not settled; -1 */
	int n_woken, woken[16];
	struct tried *drowsy;	/* asleep after the step that was done, if
				   they are still there */
	int n_drowsy;
	size_t drowsy_room;
	struct known *known;	/* by actor */
	size_t n_known, known_room;
	struct ghost *ghost;
	int n_ghosts;
	size_t ghosts_room;
	uint32_t *fault;	/* steps that were faults */
	int n_faults;
	size_t faults_room;
	struct touched *touched;
};

/* ---- dpor_tree.c ---- */

struct key key_of(const struct alternative *a);
bool key_equal(const struct key *a, const struct key *b);
/* Index of the alternative in a position; -1.  */
int key_find(const struct position *p, const struct key *k);
/* A new frame, for the run's next step, with a first branch picked.  False:
 * all that could be done is asleep, or out of bounds, or there is no memory
 * for it (then lost is set).  */
bool tree_grow(struct dpor *d, const struct position *p);
/* Try the actor of k at this step; all of them if frame_offers() says no.  */
void tree_want(struct dpor *d, int step, const struct key *k);
bool tree_wants(const struct frame *f, int actor);
void tree_want_all(struct dpor *d, int step);
/* Could that be done there, or anything by its actor that is no fault?  */
bool frame_offers(const struct frame *f, const struct key *k);
bool frame_sleeps(const struct frame *f, const struct key *k);
/* Go to the next branch; false: there is none.  */
bool tree_next(struct dpor *d);
/* After a step: who sleeps on.  p is what it was picked from.  */
void tree_doze(struct dpor *d, const struct position *p,
	       const struct operation *done);
/* ... but not those of this actor.  */
void tree_rouse(struct dpor *d, int actor);
/* The part of the tree that is done, 0 to 1.  */
double tree_part(const struct dpor *d);
void tree_cut(struct dpor *d, int n);	/* to n frames */

/* ---- dpor_touched.c ---- */

struct touched *touched_open(void);
void touched_close(struct touched *t);
void touched_clear(struct touched *t);
void touched_add(struct touched *t, int actor, uint32_t step,
		 const struct operation *o);
/* For each touch of o: call with the latest step of each actor that touched
 * the object in each of its ways, of steps from horizon on; as long as it
 * says true, with the step before that in the same way.  A step may come
 * twice.  */
typedef bool touched_fn(void *arg, uint32_t step);
void touched_each(const struct touched *t, const struct operation *o,
		  uint32_t horizon, touched_fn *call, void *arg);

/* ---- dpor_race.c ---- */

/* Something that is held against the steps so far: the last one, or what is
 * pending.  */
struct claim {
	struct key key;
	const struct operation *op;
	int n_struck;		/* actors whose last step it depends on */
	const int *struck;
};
/* Find its races and want them reversed; the clock that it has, or would
 * have, is put into clock (as wide as there are actors) but for its own
 * step.  */
void race_claim(struct dpor *d, const struct claim *c, uint32_t *clock);
/* A fault that could be done, were the budget of faults not spent: against the
 * faults that spent it.  */
void race_spent(struct dpor *d, const struct key *fault);
/* A step that is settled, against all ghosts.  */
void race_ghosts(struct dpor *d, int step);
/* Will all steps to come, but those of actors to be born, be after this?  */
bool race_is_past(const struct dpor *d, int step);

/* ---- dpor_change.c ---- */

struct known *known_at(struct dpor *d, int actor);
void known_clear(struct dpor *d);	/* before a run */
/* What is shown after the step that was done: settle that step.  p may be
 * that of the run's end.  */
void change_settle(struct dpor *d, const struct position *p);
/* The run is over: what is pending.  */
void change_end(struct dpor *d);

#endif
