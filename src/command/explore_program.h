/*
 * A source in place of a program: `ipclab explore race.c` compiles it as
 * `ipclab cc` does.  What comes out is kept in the user's cache, so that a
 * schedule of it can be replayed later.
 */
#ifndef COMMAND_EXPLORE_PROGRAM_H
#define COMMAND_EXPLORE_PROGRAM_H

#include "base/base.h"

bool explore_is_source(const char *name);
/* The path of the program, to be freed; NULL with *why.  */
char *explore_compile(const char *source, char **why);

#endif
