/*
 * What a learner hands in: one archive with the files of his workspaces, a
 * folder for each exercise, and a manifest with the digest of each file.
 *
 * The files are read as the grader reads them, and refused for the same
 * reasons.  The archive's bytes depend on what is in it and on nothing else: no
 * names, no times, no order of a folder's.
 */
#ifndef GRADE_HANDIN_H
#define GRADE_HANDIN_H

#include "exercise/submission.h"

/* The work on one exercise.  */
struct handin_part {
	const struct exercise *exercise;
	struct submission work;
	char *lacks;		/* why there is none: a sentence; NULL: it is
				   there */
	bool untouched;		/* it is as it was at the beginning */
	char *breaker;		/* the schedule that the learner found in the
				   exercise `breaks`; NULL: none */
	int hints;		/* that were read: the caller's to set */
};

/* Look at a workspace.  The part is to be released.  */
void handin_look(struct handin_part *p, const struct exercise *e,
		 const char *workspace);
void handin_release(struct handin_part *p);

/* Does the name end as an archive that can be written: .tar, .tar.gz, .tgz?  */
bool handin_is_name(const char *path);
/* Write the parts that are there, at least one, to path.  assignment: its
 * name, or NULL.  *digest, if not NULL, is that of the archive; the caller's.
 * 0, or -1 with *why.  */
int handin_write(const struct handin_part *part, size_t n,
		 const char *assignment, const char *path, char **digest,
		 char **why);

#endif
