/*
 * What is claimed of a program after an exploration: a sentence for people,
 * and all that it rests on as JSON (docs/exploring.md has every key).  Never
 * more than what was covered.
 */
#ifndef EXPLORE_CLAIM_H
#define EXPLORE_CLAIM_H

#include "explore/explore.h"
#include "explore/plan.h"

struct outcome {
	const struct explore_config *config;
	const struct covered *covered;
	const struct failure *failure;	/* verdict ACCEPT: none */
	uint64_t budget;
	bool interrupted;
	unsigned parts;			/* PART_BIT()s: namespaces of runs */
	char *flags;			/* the compiler's; NULL: not known */
	double runs_per_second;
};

/* Was every interleaving covered (within the bound that was asked for)?  */
bool claim_is_complete(const struct outcome *o);
/* Sentences, one a line.  */
void claim_write(struct buf *out, const struct outcome *o);
/* At most so probable is it that PCT missed a failure of this depth in so many
 * runs of n actors and k steps (Burckhardt and others, ASPLOS 2010).  */
double claim_missed(int depth, int64_t n, int64_t k, uint64_t runs);

/* json.c: an object, ended by a newline.  */
void outcome_json(struct buf *out, const struct outcome *o);

#endif
