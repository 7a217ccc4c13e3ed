/* What a learner's folder gets besides files of text: programs, built as the
 * judge builds them, so that they have the same points.  */
#ifndef COMMAND_EXERCISE_LAY_H
#define COMMAND_EXERCISE_LAY_H

#include "exercise/exercise.h"

/* The exercise's own programs into the folder; waits for the compiler.  0, or
 * -1 with *why.  */
int exercise_lay_programs(const struct exercise *e, const char *folder,
			  char **why);
/* The command that opens the goal's program on the stage, in that folder: the
 * caller's.  */
char *exercise_stage_command(const struct exercise *e);

#endif
