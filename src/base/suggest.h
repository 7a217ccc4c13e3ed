/*
 * The nearest word: for "did you mean ...?".  Feed it every word that could
 * have been meant, then ask.
 *
 *	struct suggest s = SUGGEST_INIT("jsno");
 *
 *	suggest_try(&s, "json");
 *	suggest_try(&s, "until");
 *	suggest_best(&s);		"json"
 */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include "base/base.h"

struct suggest {
	const char *word;	/* what was typed; borrowed */
	const char *best;	/* the nearest so far; borrowed */
	int distance;		/* of best */
};

#define SUGGEST_INIT(typed) { .word = (typed) }

void suggest_try(struct suggest *s, const char *candidate);

/* The nearest of the words tried, the first of equals; NULL when none is
 * near enough to be meant.  */
const char *suggest_best(const struct suggest *s);

/* Letters to insert, remove, replace or swap with their neighbour to make b
 * from a (optimal string alignment).  */
int edit_distance(const char *a, const char *b);

#endif
