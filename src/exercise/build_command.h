/* How one program of a submission is compiled: its sources, the command, and
 * the process that carries it out.  A part of build.h.  */
#ifndef EXERCISE_BUILD_COMMAND_H
#define EXERCISE_BUILD_COMMAND_H

#include "exercise/submission.h"

#include <sys/types.h>

enum { BUILD_REFUSED = 66 };

struct build_job {
	const struct exercise *exercise;
	const struct submission *submission;
	bool sandboxed;
	const char *folder;	/* where the program goes */
	char *name;		/* of the program; taken: */
	char **source;		/* its sources, NULL last */
	char *laid;		/* without a sandbox: where the files are */
};

/* The i-th program of the exercise.  False: there are no more.  */
bool build_job_take(struct build_job *j, size_t i);
void build_job_release(struct build_job *j);
/* Start it; what it says goes to said.  A process that ends with 0 when the
 * program is there, with BUILD_REFUSED when the compiler does not take it, and
 * otherwise through a fault of ours.  -1 with *why.  */
pid_t build_job_spawn(struct build_job *j, int said, char **why);

#endif
