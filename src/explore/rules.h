/*
 * Rules (condition.h) that every run must keep.  They are asked of the world,
 * which is folded from the events of the run.  Nothing blocks.
 */
#ifndef EXPLORE_RULES_H
#define EXPLORE_RULES_H

#include "explore/sights.h"

struct rules;

/* Both end with NULL, or are NULL: none.  NULL with *why: one of them is no
 * rule, or no condition.  */
struct rules *rules_new(char *const *texts, char *const *somewhere,
			char **why);
void rules_free(struct rules *r);
/* A run begins.  */
void rules_begin(struct rules *r, const struct header *h);
void rules_event(struct rules *r, const struct event *e);
/* The run is over.  True: all were kept; else a sentence is added to out.  */
bool rules_end(struct rules *r, struct buf *out);
/* The text of the rule that rules_end() told of last; NULL: all were kept.  */
const char *rules_broken(const struct rules *r);
/* What was seen of somewhere; see sights.h.  */
struct sights *rules_sights(struct rules *r);

#endif
