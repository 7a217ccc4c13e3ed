/*
 * The submissions of a class: where each is, and whose.  Names of files and
 * folders were chosen by students or by a course system; nothing but the names
 * is looked at here.
 */
#ifndef GRADE_CLASS_H
#define GRADE_CLASS_H

#include "base/problem.h"

enum { CLASS_MAX = 100000 };

struct handed {
	char *path;
	char *id;		/* as submission_id() makes it */
	char *submitted_at;	/* as utc_text() writes it; NULL: not known */
};

struct class {
	struct handed *one;
	size_t n, room;
};

#define CLASS_INIT { NULL, 0, 0 }

/* One more: a folder, an archive or a file; it need not be there.  */
void class_add(struct class *c, const char *path);
/* Each entry of a folder but those that begin with '.'.  0, or -1 with *why. */
int class_add_folder(struct class *c, const char *folder, char **why);
/* In order of ids.  0, or -1 with *why: two have the same id.  */
int class_sort(struct class *c, char **why);
/* Keep the share-th of shares (from 1): which share an id is in depends on
 * nothing but the id and on how many there are.  */
void class_keep_share(struct class *c, uint64_t share, uint64_t shares);
/* When each was handed in: a table with the columns id and submitted_at, of
 * file.  Ids that nobody here has are passed over.  0, or -1 with problems. */
int class_take_times(struct class *c, const char *file, const char *text,
		     size_t n, struct problems *p);
void class_release(struct class *c);

#endif
