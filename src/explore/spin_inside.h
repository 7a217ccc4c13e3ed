/*
 * What spin.c, which sees who goes round, and spin_lead.c, which decides what
 * comes of it, share; for them only.
 */
#ifndef EXPLORE_SPIN_INSIDE_H
#define EXPLORE_SPIN_INSIDE_H

#include "explore/round.h"
#include "explore/spin.h"

enum {
	SPIN_PATIENCE = 4000,	/* steps of those who spin, when nobody else
				   can go */
	SPIN_UNSEEN = 2,	/* rounds of a loop that has ended, beside those
				   that were seen to be followed by another: the
				   first and the last */
};

struct memory {
	uint64_t hash, place;
	int balance;		/* locks it has taken and not given back */
	bool looks;		/* for something that others may change */
	struct operation op;
};

struct spinner {
	size_t n;		/* operations since it last changed something */
	int balance;
	size_t period;		/* it goes round: the length of the loop; 0: it
				   does not */
	size_t round;		/* steps that it has gone round for */
	size_t awake;		/* steps that it may make before it is set aside
				   again: what it looks at has changed */
	int due;		/* operations in a row that were due */
	uint64_t due_pc, due_spot;
	int alike;		/* ... of them the last, which asked for the same
				   memory and found the same */
	struct memory *last;	/* a ring of HISTORY; NULL: not needed yet */
};

struct spins {
	struct spinner *actor;
	size_t n, room;
	struct loops known;
	bool taught;		/* ... of one with an end, by the last run */
	struct rounds rounds;
	int patience;
	int livelock, busy;
	bool asks;		/* others could go, or another order would end
				   it */
	/* one that goes round, and what is to be tried */
	size_t suspect;		/* as that of rounds */
	uint64_t suspect_place;
	size_t dues;		/* steps in a row that were due */
	uint64_t due_state;	/* when all had gone on for nearly too long */
	enum lead lead;
	uint64_t lead_place;	/* LEAD_SUSPECT: only this; 0: of rounds */
	uint64_t tried;		/* ... either, 0: none */
	bool led_over;		/* in this run */
	int led;		/* who is led on just now, -1 */
	uint64_t led_place;
	size_t led_steps, led_rounds;
};

/* ---- spin.c ---- */

/* The loop, whoever goes round it, wherever that began.  */
uint64_t spins_place(const struct spinner *a);
/* Is it before what it did one round ago?  Else it has come to the end of its
 * loop.  */
bool spins_before_loop(const struct spinner *a, const struct operation *next);
/* Set aside: what it would do is one more round.  */
bool spins_go_round(const struct spins *s, const struct alternative *a);
/* Is there somebody who could go, other than this one and those aside?  */
bool spins_others_could_go(const struct spins *s, const struct position *p,
			   int actor);

/* ---- spin_due.c ---- */

/* A step was made: is it one of many that are no points?  */
void spins_step_due(struct spins *s, struct spinner *a, const struct done *d);
/* Those who have gone on for longer than others wait for them.  */
void spins_filter_due(struct spins *s, struct position *p);
/* The last of these steps, which only confirm that there is no end.  */
size_t spins_watched_due(const struct spins *s);

#endif
