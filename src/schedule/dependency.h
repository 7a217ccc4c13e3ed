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
 * towards DEPENDS.  */
enum dependence dependence(const struct operation *first,
			   const struct operation *second);
enum dependence act_dependence(const struct touch *a, const struct touch *b);

#endif
