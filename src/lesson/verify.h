/*
 * Verifying a lesson: everything that can be wrong in it, in every language,
 * its programs compiled and its claims run.
 */
#ifndef LESSON_VERIFY_H
#define LESSON_VERIFY_H

#include "lesson/lesson.h"

struct verdict {
	int steps, claims;	/* of the English text */
	int held;		/* claims, over all languages */
	int run;
	char *cannot;		/* this machine lacks something; or NULL */
	struct buf langs;	/* "en zh_CN" */
};

/* problems gets what is wrong.  */
void lesson_verify(const char *folder, struct verdict *v,
		   struct problems *problems);
void verdict_release(struct verdict *v);

#endif
