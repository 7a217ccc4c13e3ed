/*
 * A failing run of a submission, made once more inside the sandbox and written
 * down there: what an instructor opens on the stage is a recording, and nothing
 * that a student wrote runs outside.
 */
#ifndef GRADE_RECORD_H
#define GRADE_RECORD_H

#include "exercise/submission.h"

struct record {
	char *folder;		/* temporary: the recording and the sources */
	char *path;		/* of the recording */
};

/* Compile the submission and run its program by the schedule (text, of a
 * result).  Blocks until both are done, which limits of time end.  0, or -1
 * with *why.  To be released in either case; the files go with it.  */
int record_make(struct record *r, const struct exercise *e,
		const struct submission *s, const char *schedule, char **why);
void record_release(struct record *r);

#endif
