/*
 * Rules (condition.h) that every run must keep.  They are asked of the world,
 * which is folded from the events of the run.  Nothing blocks.
 */
#ifndef EXPLORE_RULES_H
#define EXPLORE_RULES_H

#include "condition/condition.h"

struct rules;

/* texts ends with NULL.  NULL with *why: one of them is no rule.  */
struct rules *rules_new(char *const *texts, char **why);
void rules_free(struct rules *r);
/* A run begins.  */
void rules_begin(struct rules *r, const struct header *h);
void rules_event(struct rules *r, const struct event *e);
/* The run is over.  True: all were kept; else a sentence is added to out.  */
bool rules_end(struct rules *r, struct buf *out);

#endif
