/*
 * A tape: what was picked at each step of one run; and how a run follows one.
 * The same tape gives the same run.  Nothing blocks or fails.
 */
#ifndef EXPLORE_TAPE_H
#define EXPLORE_TAPE_H

#include "schedule/schedule.h"
#include "schedule/strategy.h"

struct pick {
	enum alternative_kind kind;
	int actor;
	int number;
	bool fault;
	bool preempts;		/* took the processor from one that could go */
};

struct tape {
	size_t n, room;
	struct pick *pick;
};

#define TAPE_INIT { .n = 0 }

void tape_release(struct tape *t);
void tape_copy(struct tape *to, const struct tape *from);
/* Note what is picked in this position.  */
void tape_add(struct tape *t, const struct position *p, int picked);
/* How often another actor goes than before; how often that was forced on one
 * that could go on; how many faults.  */
int tape_switches(const struct tape *t);
int tape_preemptions(const struct tape *t);
int tape_faults(const struct tape *t);
/* As choices of a schedule; name gives an actor's name by its number.  */
void tape_schedule(const struct tape *t, struct schedule *s,
		   const char *(*name)(const void *with, int actor),
		   const void *with);

/* As one line, in which actors have their names; and back, number giving an
 * actor's number by its name, -1: nobody bears it.  tape_parse() adds to t;
 * -1: it is no such line.  tape_text.c  */
void tape_write(struct buf *out, const struct tape *t,
		const char *(*name)(const void *with, int actor),
		const void *with);
int tape_parse(struct tape *t, const char *text,
	       int (*number)(void *with, const char *name), void *with);

/* ---- following ---- */

enum follow_rest {
	FOLLOW_ORDER,		/* what remains of the tape, each as soon as its
				   actor can go; then straight on */
	FOLLOW_STRAIGHT,	/* whoever went last goes on; else the first */
	FOLLOW_RANDOM,
};

struct follow {
	const struct tape *tape;
	size_t exact;		/* picks that are followed to the letter */
	size_t skip;		/* FOLLOW_ORDER: here whoever went before goes
				   on; SIZE_MAX: nowhere */
	size_t skip_steps;	/* ... for so many steps, or until it cannot */
	enum follow_rest rest;
	uint64_t random;
	bool turns;		/* the first pick behind exact is this one: */
	struct pick turn;
	bool differs;		/* a pick to be followed was not there */

	size_t at;		/* private: steps so far */
	bool *used;		/* picks behind exact that were made */
};

/* Begin, set as above beforehand; follow_end() frees what it keeps.  */
void follow_begin(struct follow *f);
/* The next pick: an index, -1 when it differs.  */
int follow_pick(struct follow *f, const struct position *p);
void follow_end(struct follow *f);

#endif
