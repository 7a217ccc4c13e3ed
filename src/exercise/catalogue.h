/* Which exercises there are: those that come with ipclab, and those of a pack
 * that is named.  */
#ifndef EXERCISE_CATALOGUE_H
#define EXERCISE_CATALOGUE_H

#include "exercise/exercise.h"

struct exercise_names {
	size_t n;
	char **name;		/* sorted */
	char *folder;		/* that they are in */
};

/* pack: a folder of exercises; NULL: those of ipclab.  0, or -1 with *why.
 * To be released either way.  */
int exercise_names(struct exercise_names *names, const char *pack,
		   char **why);
void exercise_names_release(struct exercise_names *names);

/* Find one by its name, its id ("E07"), or its folder if there is a slash in
 * it.  The folder's path, the caller's; NULL with *why, which names the
 * nearest.  */
char *exercise_find(const char *name, const char *pack, char **why);

/* The language that this user reads the exercise in: the first of $LANGUAGE,
 * else of the locale, that it is translated to; the caller's.  NULL: English.
 */
char *exercise_language(const char *folder);

#endif
