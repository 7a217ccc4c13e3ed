/* What a program says of how it was built.  */
#ifndef EXPLORE_PROGRAM_H
#define EXPLORE_PROGRAM_H

#include "base/base.h"

/* The options of the compiler, as they stand in the program: those of each
 * compiled file once.  name is looked for as execvp(3) does.  To be freed;
 * NULL: they are not known.  */
char *program_flags(const char *name);

#endif
