/*
 * A folder of results (docs/result-format.md): one file for each submission of
 * each exercise, written whole or not at all.  One grader at a time writes
 * into it; what others read there is always whole.
 */
#ifndef GRADE_RESULTS_H
#define GRADE_RESULTS_H

#include "report/result.h"

struct results {
	char *folder;
	int lock;		/* the locked file; -1: none */
};

/* Make the folder if need be, lock it, and remove what was left by one who was
 * killed in the middle of a write.  0, or -1 with *why: somebody else grades
 * into it, or it cannot be written to.  To be closed in either case.  */
int results_open(struct results *r, const char *folder, char **why);
void results_close(struct results *r);

/* "ID.EXERCISE.json", whatever the id is; the caller's.  */
char *results_name(const char *id, const char *exercise);

/* 0, or -1 with *why; what was there before is then still there.  */
int results_write(const struct results *r, const char *id,
		  const char *exercise, const struct buf *json, char **why);

/* Is there one already that grading again would make again: gradable, and like
 * wanted in all that a result depends on?  Then its text is in json.  */
bool results_has(const struct results *r, const struct result *wanted,
		 struct buf *json);

/* Is the file's name that of a result?  */
bool results_is_name(const char *name);

enum { RESULTS_FILE_MAX = 64 << 20 };

#endif
