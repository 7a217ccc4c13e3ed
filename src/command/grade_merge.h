/* ipclab grade merge: the results of shards, put together.  */
#ifndef COMMAND_GRADE_MERGE_H
#define COMMAND_GRADE_MERGE_H

#include "command/command.h"

/* Operands of a: "merge", then folders; option: output.  An exit code.  */
int grade_merge(const struct args *a);

#endif
