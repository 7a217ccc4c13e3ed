/*
 * What of a program would make no points although it is compiled with them:
 * said, so that nobody relies on it.
 *
 *   an object file that was compiled without them
 *   a function of a source that asks not to be instrumented
 *   assembly in a source: the compilers do not look into it
 */
#ifndef COMPILER_UNSEEN_H
#define COMPILER_UNSEEN_H

#include "base/base.h"

#include <stdio.h>

/* Look at a file that the compiler is given, by its name: a source of C or
 * C++, or an object file; others are passed over, as is what cannot be read.
 * Each that is found is a line "file:line: ..." to out.  */
void compiler_unseen(FILE *out, const char *path);

#endif
