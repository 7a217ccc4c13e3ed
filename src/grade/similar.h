/*
 * Which submissions are like each other: by sim_c of the Debian package
 * similarity-tester, which compares tokens, whatever names, comments and layout
 * are (sim(1)).  It reads what students wrote, so it is run in the sandbox.
 */
#ifndef GRADE_SIMILAR_H
#define GRADE_SIMILAR_H

#include "base/buf.h"

struct similar_pair {
	size_t a, b;		/* places in the list, a < b */
	int percent;		/* of the one of which more is in the other */
};

struct similar {
	struct similar_pair *pair;	/* the most alike first; none that the
					   skeleton alone explains */
	size_t n;
	int *of_start;		/* of each, the percent that the skeleton is */
};

/* Compare n texts, each all that one handed in; start is what all of them
 * began with ("": nothing).  Pairs of at least so many percent.  Blocks until
 * sim_c has ended.  0, or -1 with *why.  To be released in either case.  */
int similar_find(struct similar *s, const struct buf *text, size_t n,
		 const char *start, int least, char **why);
void similar_release(struct similar *s);

#endif
