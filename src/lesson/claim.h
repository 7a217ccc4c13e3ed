/*
 * Claims: run for real under their schedule, and what was seen.
 *
 * A claim that holds is a fact of this machine, seen just now.  One that does
 * not is told with what was there instead.
 */
#ifndef LESSON_CLAIM_H
#define LESSON_CLAIM_H

#include "condition/condition.h"
#include "lesson/lesson.h"

#include <poll.h>

enum claim_outcome {
	CLAIM_HOLDS,
	CLAIM_FAILS,
	CLAIM_CANNOT,	/* this machine cannot run it: saw says why.  For who
			   asked the machine first: claim_run() never does */
};

struct claim_result {
	enum claim_outcome outcome;
	char *saw;		/* a sentence; with the actual values */
	const char *file;	/* where the line stands that failed; of the */
	int line;		/* lesson, borrowed */
};

/* A claim that is run while the lab does other things: poll(2) what
 * claim_poll() gives (8 at most), then claim_advance(), until that is true; then
 * claim_end() gives the result (unless NULL) and frees it, at any time.  */
struct claim_run;
struct claim_run *claim_begin(const struct lesson *l, const struct part *part);
int claim_poll(const struct claim_run *r, struct pollfd *fds, int room);
bool claim_advance(struct claim_run *r);
void claim_end(struct claim_run *r, struct claim_result *result);

/* Runs it and waits for the end.  */
void claim_run(const struct lesson *l, const struct part *part,
	       struct claim_result *result);
void claim_result_release(struct claim_result *r);

/* What a claim runs: its experiment's setup with its own lines over it.  The
 * strings are borrowed from the lesson; items_release() the files.  */
void claim_setup(const struct lesson *l, const struct claim *c,
		 struct setup *out);


#endif
