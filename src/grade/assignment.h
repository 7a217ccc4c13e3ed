/*
 * An assignment, as an instructor wrote it (docs/exercise-format.md): which
 * exercises, for how many points, until when.
 *
 * assignment_load() finds all that is wrong in the file, in its roster and in
 * what it names, without running anything.  An assignment owns all its
 * strings.
 */
#ifndef GRADE_ASSIGNMENT_H
#define GRADE_ASSIGNMENT_H

#include "base/yaml.h"
#include "exercise/exercise.h"
#include "grade/late.h"
#include "grade/pack.h"
#include "grade/roster.h"

struct assignment_exercise {
	int line;
	struct yaml_text name;
	struct yaml_number points;
};

struct assignment_late {
	int line;
	struct yaml_text until, lose;
};

struct assignment_hints {
	int line;
	struct yaml_text cost;
};

struct assignment {
	int line;
	struct yaml_number format;
	struct yaml_text name, title, pack;
	struct yaml_list exercises;	/* of struct assignment_exercise */
	struct yaml_text opens, due, published;
	struct yaml_list late;		/* of struct assignment_late */
	struct yaml_number attempts;	/* 0: as many as wanted */
	struct assignment_hints hints;
	struct yaml_text roster;
	/* Made from these: */
	struct late_policy policy;
	int hint_cost;			/* percent of an exercise's points */
	/* By assignment_load(): */
	char *path;			/* of its file */
	struct pack source;		/* the pack, opened */
	struct exercise *loaded;	/* as many as there are exercises, in
					   their order */
	struct roster people;		/* n 0: whoever hands in */
};

/* From a text of file (a name for people), which was read nowhere else: looks
 * at no other file.  0, or -1 with problems.  assignment_release() it in
 * either case.  */
int assignment_read(struct assignment *a, const char *file, const char *text,
		    size_t n, struct problems *p);
/* The file at this path, and nothing that it names.  */
int assignment_look(struct assignment *a, const char *path,
		    struct problems *p);
/* With the pack and the exercises that it names, for whoever works on them: the
 * roster is the instructor's.  Else as assignment_load().  */
int assignment_load_work(struct assignment *a, const char *path,
			 const char *pack, const char *unpack_to,
			 struct problems *p);
/* With the pack, exercises and roster that it names.  pack: in place of its
 * own, or NULL; unpack_to: of pack_open().  */
int assignment_load(struct assignment *a, const char *path, const char *pack,
		    const char *unpack_to, struct problems *p);
void assignment_release(struct assignment *a);

/* Does the path look like an assignment's: a file that ends in .yaml or
 * .yml?  */
bool assignment_is(const char *path);

/* The i-th; NULL: there are no more.  */
const struct assignment_exercise *assignment_exercise(
	const struct assignment *a, size_t i);
/* By its name, or NULL.  */
const struct assignment_exercise *assignment_named(
	const struct assignment *a, const char *name);
/* Of all its exercises.  */
int64_t assignment_points(const struct assignment *a);

/* The mark of an exercise of which score of maximum points were got, with so
 * many hints, and of which so many percent are lost for being late: in
 * hundredths of the assignment's points, half up, never below 0.  */
int64_t assignment_mark(const struct assignment *a,
			const struct assignment_exercise *e, int64_t score,
			int64_t maximum, int64_t hints, int lost);

#endif
