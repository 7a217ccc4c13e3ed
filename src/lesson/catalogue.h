/*
 * The catalogue: which lessons there are.  They are folders with a lesson.md,
 * in path_data("lessons") and in the folders that $IPCLAB_LESSONS names
 * (separated by colons; each a lesson or a folder of lessons).  A lesson of
 * the same name in $IPCLAB_LESSONS hides the lab's own.
 */
#ifndef LESSON_CATALOGUE_H
#define LESSON_CATALOGUE_H

#include "lesson/lesson.h"

struct catalogue_entry {
	char *folder;
	char *name;	/* "02-pipes" */
	int number;	/* 2; -1: the name has none */
};

struct catalogue {
	size_t n, room;
	struct catalogue_entry *entry;	/* by number, then by name */
};

#define CATALOGUE_INIT { 0, 0, NULL }

void catalogue_load(struct catalogue *c);
void catalogue_release(struct catalogue *c);

/* By number ("2"), name ("02-pipes", "pipes") or the start of one ("pip").
 * NULL with *why: the nearest name, or those that it could be.  */
const struct catalogue_entry *catalogue_find(const struct catalogue *c,
					     const char *word, char **why);

/* Languages of a lesson: "en" first.  The caller frees each and the array,
 * which a NULL ends.  */
char **lesson_languages(const char *folder);
void lesson_languages_free(char **langs);

/* The language that this user reads a lesson in: the first of $LANGUAGE or
 * else of the locale (setlocale(3)) that there is, else "en".  To be freed. */
char *lesson_language(const char *folder);

/* A lesson for a learner, in the user's language.  A translation that is not
 * in order falls back to the English text; NULL with *why when that cannot be
 * read either.  */
struct lesson *lesson_open(const char *folder, char **why);

#endif
