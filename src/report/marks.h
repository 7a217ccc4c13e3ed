/*
 * The marks of a class: results put together by submission, for formats that
 * have one row for each student.  The points of one student's exercises are
 * added up.
 */
#ifndef REPORT_MARKS_H
#define REPORT_MARKS_H

#include "report/result.h"

struct mark {
	const char *id;
	const struct result *const *result;	/* his, by exercise */
	size_t n;
	int64_t score;
	bool gradable;		/* all of them; else there is no mark */
};

struct marks {
	struct mark *mark;	/* by id */
	size_t n;
	int64_t maximum;	/* of all exercises that there are */
	const struct result **sorted;
};

/* Results are borrowed until marks_release(), which is due in either case.
 * 0, or -1 with *why: two of one student for the same exercise.  */
int marks_make(struct marks *m, const struct result *results, size_t n,
	       char **why);
void marks_release(struct marks *m);

/* What a student is told of his mark, as plain text.  */
void mark_feedback(struct buf *out, const struct mark *m);

#endif
