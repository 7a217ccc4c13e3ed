/*
 * A learner's workspace: a folder with what an exercise begins with, in which
 * the learner works.  Beside the files lies `.ipclab-exercise`, which says
 * which exercise it is of.
 */
#ifndef EXERCISE_WORKSPACE_H
#define EXERCISE_WORKSPACE_H

#include "exercise/exercise.h"

/* Make the folder, and lay what the exercise begins with.  What is already
 * there stays as it is.  0, or -1 with *why.  */
int workspace_start(const struct exercise *e, const char *folder, char **why);
/* Put the files of the exercise back as they were at the beginning.  The
 * learner's own go to NAME.before.  0, or -1 with *why.  */
int workspace_reset(const struct exercise *e, const char *folder, char **why);
/* A solution that comes with the exercise, the first of them: the i-th of its
 * files, the caller's; NULL: the pack has none, or not this file.  */
char *workspace_solution(const struct exercise *e, size_t i);
/* The path of the exercise that this folder is the workspace of, the caller's;
 * NULL: of none.  */
char *workspace_exercise(const char *folder);

#endif
