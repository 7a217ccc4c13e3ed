/*
 * Searches in lessons: a claim that is settled by many runs (`explore:`), and
 * what x on the lesson's stage takes for right.
 *
 * The lines never:, always: and finally: of the block are the rules of every
 * run; a claim about an experiment has the experiment's as well.
 */
#ifndef LESSON_SEARCH_H
#define LESSON_SEARCH_H

#include "explore/explore.h"
#include "lesson/experiment.h"
#include "lesson/lesson.h"

/* What every run must be, as struct explore_config has it.  */
struct search_right {
	int status;		/* -1: any */
	char **rules;		/* ended by NULL; or NULL */
	bool races_allowed, leaks_allowed, signals, faults;
};

void search_right(struct search_right *r, const struct lesson *l,
		  const struct claim *c);
void search_right_of(struct search_right *r, const struct experiment *e);
void search_right_release(struct search_right *r);
/* Into the configuration, which borrows the rules.  */
void search_right_put(const struct search_right *r, struct explore_config *c);

/* What is wrong with the lines of a search, or of a block that has lines for
 * one and makes none.  */
void search_check(const struct lesson *l, const struct claim *c,
		  struct problems *p);
void search_check_right(const struct right *r, struct problems *p);

/* The search of a claim with explore:, of which search_check() has no
 * complaint.  ground is borrowed.  NULL with *why.  Nothing here blocks.  */
struct search;
struct search *search_begin(const struct lesson *l, const struct claim *c,
			    struct ground *ground, char **why);
enum { SEARCH_POLLS_MAX = 8 };
int search_poll(const struct search *s, struct pollfd *fds, int room);
/* True: it is over.  */
bool search_advance(struct search *s);
/* Is it as the claim says?  What was found is added to saw, in one sentence. */
bool search_judge(const struct search *s, struct buf *saw);
void search_end(struct search *s);

#endif
