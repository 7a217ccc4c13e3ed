/*
 * Judging many submissions, several at once, in one process: each judge has a
 * processor of its own, since the processes of a run stay where they began,
 * and two runs on one would take turns while another has none.
 */
#ifndef AUTHOR_HEARING_H
#define AUTHOR_HEARING_H

#include "exercise/judge.h"

#include <signal.h>

/* One submission, and what came of it.  */
struct hearing {
	const struct exercise *exercise;	/* borrowed, all three */
	const struct submission *submission;
	const char *name;		/* for people */
	uint64_t seed;
	bool over;
	enum grade verdict;
	/* The first check that did not pass; NULL where nothing is to be said: */
	char *check, *message, *bug;
	int64_t runs;			/* of all checks */
};

struct hearing_options {
	int jobs;			/* at once; 0: one a processor */
	bool sandboxed;
	volatile sig_atomic_t *stop;	/* set: all are ended.  NULL */
	/* Told now and then; NULL.  */
	void (*progress)(const struct hearing *h, int64_t runs, size_t done,
			 size_t all);
};

/* Blocks until all are over.  0, or -1 if it was stopped.  Nothing is left of
 * what was begun in either case.  What cannot be judged is INTERNAL, and the
 * message says why.  */
int hearings_hold(struct hearing *h, size_t n,
		  const struct hearing_options *o);
void hearing_release(struct hearing *h);

#endif
