/*
 * The ground that an experiment or a claim runs on: a private folder, laid
 * afresh before each run, with copies of the sources, what was compiled from
 * them, and the files that the lesson asks for.
 *
 * The learner may edit the sources there; ground_rebuild() compiles them, and
 * the lesson's own stay as they are.
 */
#ifndef LESSON_EXPERIMENT_H
#define LESSON_EXPERIMENT_H

#include "lesson/lesson.h"
#include "session/session.h"

struct ground {
	char *base;	/* the temporary folder: all that is ours */
	char *folder;	/* BASE/run: where the subject runs */
	char *stock;	/* BASE/stock: what is copied from at each run */
	char **argv;
	char *cast;
	const struct setup *setup;	/* borrowed */
	const struct lesson *lesson;	/* borrowed */
};

/* Make the folder, compile what is needed.  0, or -1 with *why.  */
int ground_make(struct ground *g, const struct lesson *l,
		const struct setup *s, char **why);
/* Lay BASE/run anew; session_config.prepare, with the ground as arg.  */
int ground_lay(void *ground, char **why);
/* Lay BASE/search instead, for runs beside the one in BASE/run.  Its path, to
 * be freed; NULL with *why.  */
char *ground_lay_apart(const struct ground *g, char **why);
/* Take the sources that were edited in BASE/run and compile them.  */
int ground_rebuild(void *ground, char **why);
/* What a session needs to run there; strings are borrowed.  */
void ground_config(struct ground *g, struct session_config *c);
/* Remove it all.  The session must have ended.  */
void ground_release(struct ground *g);

/* The programs that a setup runs ("fill.c"), ended by NULL; to be freed by
 * words_free().  */
char **setup_programs(const struct lesson *l, const struct setup *s);

/* What this setup runs, as one line: "./fill 3".  To be freed.  */
char *setup_command(const struct setup *s);

#endif
