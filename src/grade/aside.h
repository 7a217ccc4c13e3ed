/*
 * What is handed in beside the files of an exercise: the schedule by which the
 * learner broke the program that is mended here, and how many hints were read.
 * All of it is hostile, and none of it can make a submission fail to be graded:
 * what makes no sense is not there, and why is kept.
 */
#ifndef GRADE_ASIDE_H
#define GRADE_ASIDE_H

#include "exercise/judge.h"

struct aside {
	char *breaker;		/* NULL: there is none that can be tried */
	char *breaker_digest;	/* "sha256:..."; NULL with it */
	char *breaker_refused;	/* a sentence: why the one there was cannot */
	int64_t hints;		/* 0 where nothing is said of them */
};

/* Of a submission of e that was taken from path; beside: of
 * submission_read_of().  To be released in any case.  0, or -1 with *why: a
 * fault of ours.  */
int aside_read(struct aside *a, const struct exercise *e,
	       const char *const *beside, const char *path, char **why);
void aside_release(struct aside *a);
/* o borrows from a.  */
void aside_tell(const struct aside *a, struct judge_options *o);

#endif
