/* Judging one submission from the command line: with progress, ^C, and the
 * result as text or JSON.  */
#ifndef COMMAND_JUDGE_RUN_H
#define COMMAND_JUDGE_RUN_H

#include "command/command.h"
#include "exercise/exercise.h"

/* path: the learner's folder.  Options of a: seed, json.  The schedule of the
 * first failure is kept in it.  An exit code.  */
int judge_run(const struct exercise *e, const char *path,
	      const struct args *a);

#endif
