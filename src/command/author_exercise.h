/* `ipclab author` with exercises: verifying them, and packing them for
 * students.  */
#ifndef COMMAND_AUTHOR_EXERCISE_H
#define COMMAND_AUTHOR_EXERCISE_H

#include "base/problem.h"
#include "command/command.h"

struct author_exercise {
	char **folder;		/* to be verified */
	size_t n, room;
	int jobs;
	uint64_t seed;
	size_t mutants;
	bool json, texts;
	struct problems packs;	/* what is wrong with folders of them */
};

/* jobs: as many at once as this machine can have, unless --jobs says other;
 * 0: one a processor.  0, or -1 with *why.  */
int author_exercise_options(struct author_exercise *x, const struct args *a,
			    int jobs, char **why);
void author_exercise_release(struct author_exercise *x);
/* The path is an exercise, or a folder of some: they are noted.  False: it is
 * neither.  */
bool author_exercise_add(struct author_exercise *x, const char *path);
/* Verify all that were noted, and print what was found.  An exit code.  */
int author_exercise_verify(const struct author_exercise *x);

/* author_pack.c: `ipclab author pack FOLDER -o FILE`.  */
int author_pack(const struct args *a);

#endif
