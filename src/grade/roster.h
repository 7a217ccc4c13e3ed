/* Who takes part: roster.csv with the columns id, name, email.  */
#ifndef GRADE_ROSTER_H
#define GRADE_ROSTER_H

#include "base/problem.h"

struct person {
	char *id;
	char *name, *email;	/* "": not said */
	int line;
};

struct roster {
	struct person *person;	/* in the file's order */
	size_t n;
};

/* From n bytes, ended by a NUL, of file (a name for people).  0, or -1 when
 * problems were added to p.  To be released in either case.  */
int roster_read(struct roster *r, const char *file, const char *text, size_t n,
		struct problems *p);
int roster_load(struct roster *r, const char *path, struct problems *p);
void roster_release(struct roster *r);

/* NULL: he does not take part.  */
const struct person *roster_find(const struct roster *r, const char *id);

#endif
