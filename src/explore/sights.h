/*
 * Sights: conditions (condition.h), each of which is to be true at some
 * instant of some run.  A rule is of every run; a sight is of one at least:
 * "two eat at once".  Nothing blocks.
 */
#ifndef EXPLORE_SIGHTS_H
#define EXPLORE_SIGHTS_H

#include "condition/condition.h"

enum { SIGHTS_MAX = 63 };	/* they are told as bits of a number */

struct sights;

/* texts ends with NULL.  NULL with *why: one of them is no condition, or there
 * are too many.  */
struct sights *sights_new(char *const *texts, char **why);
void sights_free(struct sights *s);
/* The world has changed.  */
void sights_look(struct sights *s, const struct world *w);
/* Those that were seen since they were last cleared, bit i for the i-th.  */
uint64_t sights_seen(const struct sights *s);
void sights_clear(struct sights *s);

/* Which hold in this very world, as bits; texts (NULL: none) that are no
 * conditions do not.  */
uint64_t sights_hold(char *const *texts, const struct world *w);

#endif
