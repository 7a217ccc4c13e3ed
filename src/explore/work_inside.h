/* What the files of work share; for them only.  */
#ifndef EXPLORE_WORK_INSIDE_H
#define EXPLORE_WORK_INSIDE_H

#include "explore/told.h"
#include "explore/tally.h"
#include "explore/work.h"

enum { OPEN_MAX_STRATEGIES = 8 };

/* A strategy that a later order may go on with.  */
struct under_way {
	struct strategy *strategy;
	int64_t depth;
};

struct work {
	struct attempts attempts;
	work_tell *tell;
	void *with;
	struct under_way under_way[OPEN_MAX_STRATEGIES];
	struct buf learned, text;
	int64_t told_ns;	/* when progress was told last */
	struct places places;	/* of the first run */
	bool fresh;		/* no run but the first was made */

	/* of the item */
	const struct order *order;
	struct answer end;
	uint64_t before[ACTS_COUNT];
	struct buf points;
	struct tally tally;
	struct buf tallied;	/* ... as text */
};

/* work.c: counts the attempt made last.  True: the item ends with it, and
 * that was told.  */
bool work_count(struct work *w);
/* Where all went round together in that run (spin.h): make one that leads them
 * on.  1: it failed, and was told; 0; -1 with *why.  */
int work_lead_on(struct work *w, char **why);
/* The attempt made last failed, and the item ends with it.  told: NULL before
 * it was shortened.  */
void work_tell_failure(struct work *w, const struct told *told);
/* The item ends here.  */
void work_tell_end(struct work *w);

/* work_search.c, work_twice.c, work_shorten.c, work_follow.c: one kind of order
 * each.  0, or -1 with *why.  */
int work_search(struct work *w, char **why);
int work_twice(struct work *w, char **why);
int work_shorten(struct work *w, char **why);
int work_follow(struct work *w, char **why);

#endif
