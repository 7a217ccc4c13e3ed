/*
 * The manifest of an archive that a learner hands in: which exercises, the
 * digest of each file, and how many hints were read.
 *
 * The grader looks at the files themselves.  Of the manifest it takes the
 * hints alone, and those are what the learner's own lab claims: whoever changes
 * the manifest, or hands in without one, claims fewer, and nobody can tell.
 */
#ifndef GRADE_MANIFEST_H
#define GRADE_MANIFEST_H

#include "grade/handin.h"

#define MANIFEST_FILE "manifest.json"

/* The caller's.  assignment: its name, or NULL.  */
char *manifest_text(const struct handin_part *part, size_t n,
		    const char *assignment);
/* How many hints these bytes say were read for an exercise, at most so many;
 * 0 where they say nothing of it, or are no manifest.  */
int64_t manifest_hints(const char *text, size_t n, const char *exercise,
		       int64_t most);

#endif
