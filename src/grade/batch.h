/*
 * Grading a class: each submission of each exercise is judged, several side by
 * side, and its result is written as soon as it is there.
 *
 * Like judge.h, nothing here blocks for longer than reading or writing a file
 * takes.  What comes out does not depend on how many go side by side, nor on
 * what was graded before.
 *
 *	b = batch_start(&config);
 *	while (!batch_is_over(b)) {
 *		poll(batch_fds(b), ..., batch_timeout(b));
 *		batch_advance(b);
 *		while (batch_next(b, &done)) ...
 *	}
 *	batch_end(b);
 */
#ifndef GRADE_BATCH_H
#define GRADE_BATCH_H

#include "exercise/judge.h"
#include "grade/class.h"
#include "grade/results.h"

/* One of the exercises that are graded.  */
struct batch_exercise {
	const struct exercise *exercise;
	const char *digest;		/* of pack.h */
};

struct batch_config {
	const struct batch_exercise *exercise;
	size_t n_exercises;
	bool together;			/* they were handed in together: see
					   submission_read_of() */
	const char *assignment, *pack;	/* names, or NULL */
	const struct class *class;
	uint64_t seed;
	int jobs;			/* side by side, at least 1 */
	const char *only;		/* a check; or NULL */
	const struct results *results;	/* NULL: nothing is written */
	bool resume;			/* what is there is not made again */
};

/* A result that is done.  */
struct batch_done {
	const char *id;			/* presentable */
	const struct exercise *exercise;
	const struct buf *json;		/* valid until the next batch_next() */
	bool resumed;			/* it was there already */
};

struct batch_progress {
	size_t done, all;		/* results */
	size_t resumed, faults;		/* of done; not gradable */
	const char *id, *exercise;	/* one that is being judged, or NULL */
	struct judge_progress judge;	/* of that one */
};

struct batch;

/* All that c points to is borrowed until batch_end().  */
struct batch *batch_start(const struct batch_config *c);
int batch_fds(const struct batch *b, struct pollfd *fds, int room);
/* For how many milliseconds these may be waited for.  */
int batch_timeout(const struct batch *b);
void batch_advance(struct batch *b);
/* All is done, or it was interrupted, or it could not go on.  */
bool batch_is_over(const struct batch *b);
/* The next result, in order of ids and exercises: false where it is not done
 * yet, or there are no more.  */
bool batch_next(struct batch *b, struct batch_done *done);
void batch_progress(const struct batch *b, struct batch_progress *p);
/* Stop now.  Results that are done stay; others are as if never begun.  */
void batch_interrupt(struct batch *b);
/* Why it could not go on: a result could not be written.  NULL: nothing.  */
const char *batch_trouble(const struct batch *b);
void batch_end(struct batch *b);

#endif
