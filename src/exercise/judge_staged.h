/*
 * Judging what a learner says of the exercise's own program: what it will do
 * (mode predict), or in which order it fails (mode schedule).  What is handed
 * in is no program, so nothing of it is built; the program of the exercise is,
 * and is run as on the stage.  A part of judge.h; the judge's alone.
 *
 * A check is a question, or the goal.
 */
#ifndef EXERCISE_JUDGE_STAGED_H
#define EXERCISE_JUDGE_STAGED_H

#include "exercise/build.h"
#include "exercise/rehearsal.h"

struct staged;

bool staged_is(const struct exercise *e);
/* The checks that such an exercise has.  */
void staged_list(const struct exercise *e, struct result *r);
/* Both are borrowed.  NULL with *why: what was handed in makes no sense.  */
struct staged *staged_open(const struct exercise *e,
			   const struct submission *s, char **why);
void staged_close(struct staged *t);

/* Begin the i-th check.  True: its run is under way; false: there is nothing
 * to run, and what came of it is to be taken.  */
bool staged_begin(struct staged *t, size_t i, const struct built *built);
/* NULL: none is under way.  */
struct rehearsal *staged_run(const struct staged *t);
/* What came of it.  */
void staged_take(struct staged *t, struct result_check *to);
void staged_stop(struct staged *t);

#endif
