/*
 * Programs of the model machine that are made by dice: the same for the same
 * number.  A taste says which instructions they are made of.
 */
#ifndef TESTS_UNIT_SCHEDULE_MADE_H
#define TESTS_UNIT_SCHEDULE_MADE_H

#include "model.h"

enum { CODE_MAX = 12 };

struct made {
	struct program program;
	struct instruction code[MODEL_ACTORS][CODE_MAX];
};

struct taste {
	const enum code *codes;
	int n_codes;
	int actors, length;	/* at most */
	bool spurious, short_reads;
	bool ends, family;
};

extern const struct taste tastes[];
extern const int n_tastes;

void make_program(uint64_t seed, const struct taste *t, struct made *to);

#endif
