/*
 * Everything that can be wrong in an exercise: its texts, its solutions, its
 * known bugs, and what of it would reach a student.  Then its checks are
 * tried on mutants (mutant.h) of its good solutions.
 */
#ifndef AUTHOR_VERIFY_H
#define AUTHOR_VERIFY_H

#include "author/hearing.h"

/* A mutant that the checks did not find.  */
struct survivor {
	char *file;		/* its path */
	int line;
	char *says;		/* what was changed */
};

struct verification {
	size_t n_good, n_bad;
	int64_t runs;		/* of the good ones, all passed or not */
	char *langs;		/* "en zh_CN" */
	/* Mutants: all that can be made, and what became of those that were:
	 * the checks found it; did not; it did not compile.  */
	size_t mutants, killed, survived, uncompiled;
	struct survivor *survivor;	/* survived of them */
	bool interrupted;
};

struct verify_options {
	struct hearing_options hearing;
	uint64_t seed;
	size_t mutants;		/* at most so many are judged */
	bool texts_only;	/* nothing is run */
};

/* Verify the exercise in this folder; blocks.  What is wrong is added to p.
 * v is to be released.  Mutants are judged only where all else is in
 * order.  */
void exercise_verify(const char *folder, const struct verify_options *o,
		     struct verification *v, struct problems *p);
void verification_release(struct verification *v);

/* The part of it that runs nothing: texts and translations (verify_texts.c).
 * The languages are added to langs.  */
void verify_texts(const struct exercise *e, struct buf *langs,
		  struct problems *p);
/* ... and the mutants (verify_mutants.c).  */
struct solutions;
void verify_mutants(const struct exercise *e, const struct solutions *s,
		    const struct verify_options *o, struct verification *v,
		    struct problems *p);

#endif
