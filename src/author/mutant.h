/*
 * Mutants: a right solution with one thing changed, as students forget or
 * confuse it.  An exercise whose checks find most of them has good checks.
 *
 * The table in mutant.c says what is changed.  It is done on tokens: whatever
 * stands in comments, strings and preprocessor lines stays as it is, and what
 * comes out need not compile.
 */
#ifndef AUTHOR_MUTANT_H
#define AUTHOR_MUTANT_H

#include "base/base.h"

struct mutant_edit {
	size_t at, n;		/* bytes of the text */
	char *with;		/* what takes their place */
};

struct mutant {
	int line;
	char *says;		/* what was changed, in a few words */
	struct mutant_edit edit[2];	/* in order, not overlapping */
	size_t n_edits;
};

struct mutants {
	struct mutant *at;
	size_t n, room;
};

#define MUTANTS_INIT { NULL, 0, 0 }

/* All of them, in order of their places.  */
void mutants_make(struct mutants *m, const char *text, size_t n);
void mutants_release(struct mutants *m);
/* The text with the change made, the caller's; *n: its bytes, before and
 * after.  */
char *mutant_apply(const struct mutant *m, const char *text, size_t *n);

#endif
