/*
 * A failing run, made again with what it taught itself.
 *
 * Which private memory threads share is learned from runs: in the one that
 * shows it first, accesses before that are no points, and its picture lacks
 * them.  Here the same is done in the same order by the same actors, with all
 * that is known since: an actor goes over the points that are new to it until
 * it is where it was then.
 */
#ifndef EXPLORE_RETRACE_H
#define EXPLORE_RETRACE_H

#include "explore/attempt.h"

/* The attempt made last failed, with the picks of found and the words
 * a->frozen.  1: it failed the same way with more words: these are in words
 * (which was empty) and frozen, and found is the new run's.  0: there is no
 * such run, and nothing has changed; -1 with *why: no run was possible.  The
 * attempt made last is that of found.  Makes a few runs, or none.  */
int retrace(struct attempts *a, struct tape *found, struct buf *words,
	    char **why);

#endif
