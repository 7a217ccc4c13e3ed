/*
 * Compiling a submission: inside the sandbox, from the files that were handed
 * in and the exercise's own public ones, and nothing else.
 *
 * A process of its own does it; nothing here blocks.
 */
#ifndef EXERCISE_BUILD_H
#define EXERCISE_BUILD_H

#include "exercise/submission.h"
#include "report/result.h"

struct built {
	enum grade verdict;	/* ACCEPT, COMPILE_ERROR or INTERNAL */
	char *message;		/* one sentence; NULL: it was accepted */
	char *diagnostics;	/* the compiler's, as result_text(); NULL: none */
	char *folder;		/* the programs are in it, each under its name;
				   the builder's, removed by build_end() */
	int64_t ms;
};

struct build;

/* s: NULL where nothing that is built is handed in: then all comes from the
 * exercise.  sandboxed: false only for what the learner builds for himself where the
 * machine has no sandbox.  NULL with *why: a fault of ours.  */
struct build *build_start(const struct exercise *e, const struct submission *s,
			  bool sandboxed, char **why);
/* To be polled for reading, then build_advance().  */
int build_fd(const struct build *b);
void build_advance(struct build *b);
/* NULL until it is over; valid until build_end().  */
const struct built *build_result(const struct build *b);
/* Lay a program that was built into a folder, under its name.  0, or -1 with
 * *why.  */
int built_lay(const struct built *b, const char *name, const char *folder,
	      char **why);
/* Ends it, whatever it is doing, and removes all that it made.  */
void build_end(struct build *b);

#endif
