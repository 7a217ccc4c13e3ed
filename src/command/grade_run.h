/* Grading from the command line: progress, ^C, results as lines or JSON, and
 * what is said of all of them at the end.  */
#ifndef COMMAND_GRADE_RUN_H
#define COMMAND_GRADE_RUN_H

#include "command/command.h"
#include "grade/batch.h"

/* An exit code.  */
int grade_run(const struct batch_config *c, bool json);

#endif
