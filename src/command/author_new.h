/* `ipclab author new`: a lesson, or an exercise, to begin with.  */
#ifndef COMMAND_AUTHOR_NEW_H
#define COMMAND_AUTHOR_NEW_H

#include "base/base.h"

/* Make the folder NAME with a lesson that verifies.  0, or -1 with *why.  */
int author_new_lesson(const char *name, char **why);

/* author_new_exercise.c: the same with an exercise.  */
int author_new_exercise(const char *name, char **why);

#endif
