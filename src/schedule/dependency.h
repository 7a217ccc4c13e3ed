/* Do two operations of different actors commute?  A table, over acts.  */
#ifndef SCHEDULE_DEPENDENCY_H
#define SCHEDULE_DEPENDENCY_H

#include "schedule/operation.h"

enum dependence {
	COMMUTES,	/* either order gives the same */
	DEPENDS,
	ENABLES,	/* ordered, but the second cannot come first: one waits
			   for the other (a post and the wait it ends) */
};

/* Of an operation and a later one.  Never wrong towards COMMUTES; may be
 * towards DEPENDS.  The counts in their touches (have) must be of the moment
 * just before each was done, or, for one that is still to come, of now, which
 * may be before the other was done (sleep sets ask so); those that are not
 * known make pairs depend.
 *
 * One thing commuting does not say: that the later one could have been done
 * before *all* earlier ones it commutes with.  Where two posts come before a
 * wait, either of them may come after it, but not both.  */
enum dependence dependence(const struct operation *first,
			   const struct operation *second);
enum dependence act_dependence(const struct touch *a, const struct touch *b);

/* Can two acts be on one object? */
bool act_meets(enum act a, enum act b);
/* The rule in their cell, a word: "yes" (they commute), "no", or the name of
 * a condition ("bytes").  */
const char *dependence_rule(enum act a, enum act b);

#endif
