/*
 * The schedules that a learner found in exercises of the mode schedule, kept
 * among the learner's own files: what mends such a program must survive them.
 */
#ifndef EXERCISE_FOUND_H
#define EXERCISE_FOUND_H

#include "exercise/exercise.h"

/* Keep this schedule, in place of one before.  0, or -1 with *why.  */
int found_keep(const struct exercise *e, const char *schedule, char **why);
/* That of the exercise which this one mends (`breaks`): the caller's; NULL:
 * there is none, or none was found yet.  */
char *found_for(const struct exercise *e);

/* The exercise that mends the program of this one: its name, the caller's;
 * NULL: there is none beside it.  */
char *found_leads_to(const struct exercise *e);

#endif
