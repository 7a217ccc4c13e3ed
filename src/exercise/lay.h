/* What a learner's folder gets besides files of text: programs, built as the
 * judge builds them, so that they have the same points.  */
#ifndef EXERCISE_LAY_H
#define EXERCISE_LAY_H

#include "exercise/exercise.h"

/* The exercise's own programs into the folder; waits for the compiler.  0, or
 * -1 with *why.  */
int lay_programs(const struct exercise *e, const char *folder, char **why);
/* The goal's program and its arguments, as they are called there: for
 * words_free().  */
char **lay_argv(const struct exercise *e);
/* The command that opens the goal's program on the stage, in that folder: the
 * caller's.  */
char *lay_command(const struct exercise *e);

#endif
