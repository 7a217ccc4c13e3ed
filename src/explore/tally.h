/*
 * How runs ended: each exit status and output that was seen, and in how many
 * runs.  A program that does not do the same in all interleavings shows here,
 * also where nobody has said what is right.
 *
 * Adding runs in the same order gives the same tally: of more ways than there
 * is room for, those that were seen first are kept.  Nothing blocks or fails.
 */
#ifndef EXPLORE_TALLY_H
#define EXPLORE_TALLY_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	TALLY_MAX = 16,		/* ways that are told apart */
	TALLY_BYTES = 60,	/* of the output that are kept */
	TALLY_TEXT = 4 * TALLY_BYTES + sizeof("...")
};

struct tally_row {
	uint64_t runs;
	int status;		/* as wait(2) gives it */
	uint64_t hash;		/* of the whole output */
	char text[TALLY_TEXT];	/* its beginning on one line of UTF-8; what
				   cannot stand there as \n and \x1b */
};

/* All zero: no run yet.  */
struct tally {
	struct tally_row row[TALLY_MAX];	/* as they were first seen */
	size_t n;
	uint64_t others;	/* runs that ended in yet other ways */
};

void tally_add(struct tally *t, int status, const char *output, size_t len);
/* As text, added to out; and what such a text holds, added to t.  False: it is
 * no such text, and t holds no more than a part of it.  */
void tally_write(struct buf *out, const struct tally *t);
bool tally_unite(struct tally *t, const char *text);

#endif
