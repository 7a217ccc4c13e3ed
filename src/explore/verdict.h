/* What was wrong with a run, in a word and in a sentence.  */
#ifndef EXPLORE_VERDICT_H
#define EXPLORE_VERDICT_H

#include "explore/attempt.h"

enum verdict verdict_named(const char *word);	/* VERDICTS_COUNT: none */

/* Of a run that is whole.  *message is set, and the caller's, unless the
 * verdict is ACCEPT.  */
enum verdict verdict_of(const struct attempts *a, const struct attempt *made,
			char **message);

/* Who asks again and again in place of waiting, and where: a sentence.  */
void verdict_busy_wait(const struct attempts *a, const struct position *p,
		       struct buf *out);

/* Of a run that was cut off in which somebody came back to the same again and
 * again, and another had no turn: who, where, and whom; else nothing.  */
void verdict_unfair(const struct attempts *a, const struct attempt *made,
		    struct buf *out);

#endif
