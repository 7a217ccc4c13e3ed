/*
 * Verifying a lesson: everything that can be wrong in it, in every language,
 * its programs compiled and its claims run.
 */
#ifndef LESSON_VERIFY_H
#define LESSON_VERIFY_H

#include "lesson/lesson.h"

struct verdict {
	int steps, claims;	/* of the English text */
	int run, held;		/* claims: once for all languages */
	int lacking;		/* of them not run: this machine lacks... */
	struct buf lacks;	/* ..."binder root" */
	struct buf recordings;	/* a line for each that is missing or old */
	char *cannot;		/* this machine lacks a compiler; or NULL */
	struct buf langs;	/* "en zh_CN" */
};

/* problems gets what is wrong.  run: claims are run; a machine that forbids
 * tracing can still check everything else.  */
void lesson_verify(const char *folder, bool run, struct verdict *v,
		   struct problems *problems);
void verdict_release(struct verdict *v);

#endif
