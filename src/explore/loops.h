/*
 * Loops that were led on, each by the places of the program that it goes
 * through, and what came of it.  A part of spin.h.
 *
 * As words, "@PLACE:ROUNDS", they go with the words of what is shared (plan.h),
 * so that every process that makes runs knows the same.
 */
#ifndef EXPLORE_LOOPS_H
#define EXPLORE_LOOPS_H

#include "base/buf.h"

enum {
	LOOPS_MAX = 64,
	LOOP_ROUNDS_MAX = 16,	/* of a loop that is made to its end */
	/* rounds; above 0: it ended after so many, and nobody else went */
	LOOP_TRIED = -1,	/* it was led on for long, and had no end */
	LOOP_DEAD = 0,		/* ... when nobody else could go */
};

struct loops {
	int n;
	struct loop {
		uint64_t place;
		int rounds;
	} loop[LOOPS_MAX];
};

/* NULL: it was not led on.  */
const struct loop *loops_find(const struct loops *l, uint64_t place);
bool loops_are_full(const struct loops *l);
/* What tells more takes the place of what tells less: an end, then LOOP_DEAD.
 * True if that is new.  */
bool loops_add(struct loops *l, uint64_t place, int rounds);
/* Append them as words, each with a space before it where out is not empty. */
void loops_write(const struct loops *l, struct buf *out);
/* Those among the words; the others are appended to rest, with spaces
 * between.  */
void loops_read(struct loops *l, const char *words, struct buf *rest);
/* Does that word change what runs do?  Not that of a loop without an end.  */
bool loops_word_matters(const char *word, size_t len);

/* The most rounds after which one of those among the words has an end; 0.  */
int loops_longest(const char *words);

#endif
