/*
 * A breaker: the schedule by which a learner broke a program, which whoever
 * mends that program must survive (`breaks` of an exercise).
 *
 * Whoever has one chose its bytes; the exercise that was broken says what of
 * them is accepted: its own program, so many steps, and nothing but who goes.
 */
#ifndef EXERCISE_BREAKER_H
#define EXERCISE_BREAKER_H

#include "exercise/exercise.h"

/* The file of such a schedule, in the folder of the exercise it breaks.  */
#define BREAKER_FILE "schedule"

/* The exercise that e mends the program of; false: none, or it is not beside
 * it.  To be released in either case.  */
bool breaker_exercise(const struct exercise *e, struct exercise *broken);
/* May this schedule be tried on what mends it?  0, or -1 with *why.  */
int breaker_check(const struct exercise *broken, const char *text, size_t n,
		  char **why);

#endif
