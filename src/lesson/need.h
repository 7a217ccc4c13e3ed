/*
 * What lessons may need of a machine: a word for each, a check that tries it,
 * and what follows.  `needs:` in a lesson names them, `ipclab doctor` shows
 * them all.
 */
#ifndef LESSON_NEED_H
#define LESSON_NEED_H

#include "base/buf.h"
#include "lesson/lesson.h"

struct need {
	const char *word;	/* stable: lessons and scripts use it */
	bool (*look)(struct buf *found);	/* is it here? */
	const char *good;	/* N_(): what follows if so */
	const char *bad;	/* N_(): what is missing, and what to do */
	bool implied;		/* every run needs it, or every program; the
				   doctor has lines of its own */
};

extern const struct need needs[];	/* ended by a NULL word */

/* By its word; NULL: none is called so.  */
const struct need *need_find(const char *word, size_t len);
/* Which of them was probably meant; NULL: none.  */
const char *need_meant(const char *word);

/* Is it here?  Looked at once in a process.  */
bool need_met(const struct need *n);

/* The first thing that this run needs and this machine lacks; NULL: it can be
 * run.  By its own needs:, the lesson's, and what every run needs.  */
const struct need *setup_lacks(const struct lesson *l, const struct setup *s);
const struct need *claim_lacks(const struct lesson *l, const struct claim *c);
/* All that any run of the lesson lacks, each once; how many.  */
enum { LACKING_MAX = 8 };
size_t lesson_lacks(const struct lesson *l, const struct need **list,
		    size_t room);

#endif
