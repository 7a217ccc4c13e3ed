/*
 * Compiling a lesson's programs: cc -g -O0 -Wall -pthread, and where the lesson
 * asks for points as `ipclab cc` does; once for each content.  What was compiled is kept below $XDG_CACHE_HOME/ipclab (else
 * ~/.cache/ipclab), with the source beside it; where nothing can be kept
 * there, each run compiles.  The debug information names the source without a
 * folder.
 */
#ifndef LESSON_COMPILE_H
#define LESSON_COMPILE_H

#include "base/base.h"

enum compile_how { COMPILE_PLAIN, COMPILE_POINTS };
/* What `compile:` of a lesson's head (NULL: nothing) asks for a program.  */
enum compile_how compile_how_of(const char *asked, const char *name);

/* Compile the program NAME.c of a folder into the file out.  0, or -1 with
 * *why: what the compiler said first.  */
int compile_program(const char *folder, const char *name, enum compile_how how,
		    const char *out, char **why);

/* Compile programs (sources of a folder, ended by NULL), as asked, in a process of its
 * own, so that they are there when they are needed and nobody has waited.
 * The descriptor becomes readable when it is done; -1: there is nothing to
 * wait for.  ahead_end() may come at any time: what is being compiled is
 * compiled to its end.  */
struct ahead {
	int fd;		/* -1: none */
};
void ahead_begin(struct ahead *a, const char *folder, char *const *names,
		 const char *asked);
void ahead_end(struct ahead *a);

#endif
