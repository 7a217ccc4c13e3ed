/*
 * A schedule that was saved in a lesson, run again: the folder of its
 * experiment is laid as the lesson says, for the one that it was saved in is
 * gone.
 */
#ifndef LESSON_RERUN_H
#define LESSON_RERUN_H

#include "lesson/experiment.h"

struct rerun {
	struct lesson *lesson;
	struct ground ground;
};

/* Does this file hold a schedule of a lesson's experiment?  */
bool rerun_wanted(const char *path);
/* Start it.  NULL with *why: the file, the lesson or its experiment is not
 * there, or does not compile.  */
struct session *rerun_start(struct rerun *r, const char *path, char **why);
/* After the session was freed.  */
void rerun_release(struct rerun *r);

#endif
