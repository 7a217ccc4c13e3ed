/*
 * Problems: what is wrong in a file that somebody wrote, each one sentence with file and line,
 * all of a file together, so that an author mends them in one go.
 */
#ifndef BASE_PROBLEM_H
#define BASE_PROBLEM_H

#include "base/buf.h"

struct problem {
	char *file;
	int line;	/* 0: the file as a whole */
	char *text;
};

struct problems {
	size_t n, room;
	struct problem *list;
};

#define PROBLEMS_INIT { 0, 0, NULL }

/* p may be NULL: nobody wants to know.  */
void problem_add(struct problems *p, const char *file, int line,
		 const char *fmt, ...) PRINTF_LIKE(4, 5);
/* One line each, FILE:LINE: TEXT, in the order in which they were found.  */
void problems_write(const struct problems *p, struct buf *out);
void problems_release(struct problems *p);

#endif
