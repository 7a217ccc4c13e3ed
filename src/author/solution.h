/*
 * The solutions of an exercise: what it begins with (which must not pass),
 * good ones (which must), and bad ones with what must be found in each.
 */
#ifndef AUTHOR_SOLUTION_H
#define AUTHOR_SOLUTION_H

#include "exercise/submission.h"
#include "report/result.h"

enum solution_kind {
	SOLUTION_START,
	SOLUTION_GOOD,
	SOLUTION_BAD,
	SOLUTION_KINDS_COUNT
};

/* expect.yaml of a bad one.  */
struct expected {
	int line;
	struct yaml_text check, verdict, bug, message;
};

struct solution {
	enum solution_kind kind;
	char *name;		/* "good/straight"; "start" */
	char *folder;		/* its path */
	bool readable;		/* the files were handed in */
	struct submission files;
	struct expected expected;	/* line 0: there is none */
};

struct solutions {
	struct solution *at;
	size_t n, room;
};

#define SOLUTIONS_INIT { NULL, 0, 0 }

/* All that are in the exercise's folder, in order of kinds and names.  What
 * is wrong in one is added to p: a folder in which a file is missing, an
 * expect.yaml that says nothing.  */
void solutions_read(struct solutions *s, const struct exercise *e,
		    struct problems *p);
void solutions_release(struct solutions *s);
size_t solutions_count(const struct solutions *s, enum solution_kind kind);

/* The path of a file of it, for people; the caller's.  */
char *solution_path(const struct solution *s, const char *file);

#endif
