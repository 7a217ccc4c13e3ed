/*
 * The plan of an exploration: which orders, one after the other, given what
 * came of those before.
 *
 * Orders come in rounds.  Those of one round know nothing of each other, so
 * they may be carried out side by side; their answers are folded in the order
 * of the items; then the next round is made.  No clock and no number of
 * processors has any say in it: the same answers give the same orders.
 *
 * The portfolio, which is what happens when no strategy is named: one run in
 * which all march in step; a look at how large the search is that leaves nothing
 * out, which is gone on with while it seems tiny; the samples that throw no dice;
 * that search again, while it seems small; a few samples of each kind; the same
 * run twice; then rounds of samples, each with a slice of that search and
 * one of the hunt, which tries what few preemptions do.  Rounds grow.  Where
 * what remains of that search is estimated to be beyond the budget, it is
 * bounded instead: no preemption, one, two...  A new shared address begins the
 * search anew.
 *
 *	while (!plan_is_over(p)) {
 *		while (plan_next(p, &order)) ... hand it out ...
 *		... for each answer, in the order of items: plan_fold()
 *	}
 */
#ifndef EXPLORE_PLAN_H
#define EXPLORE_PLAN_H

#include "explore/message.h"
#include "explore/tally.h"

enum { BUDGET_RUNS = 10000 };	/* where none is given */

struct plan_config {
	const char *strategy;	/* NULL: the portfolio */
	int bound;		/* of preemptions (delays); -1: none */
	uint64_t runs;		/* budget; 0: BUDGET_RUNS */
	uint64_t seed;
	int faults;		/* in a run, at most */
	const char *learned;	/* what is known before; NULL: nothing */
	const char *follow;	/* a schedule for the first run, borrowed until
				   plan_free(); NULL */
};

/* Sums of what was folded.  */
struct covered {
	uint64_t runs;
	uint64_t sampled;	/* since the last new address: */
	uint64_t pct[4];	/* ... by depth, 1 to 3 */
	uint64_t searched;
	bool complete;		/* every interleaving (within the bound) */
	int bound;		/* completed: all runs of at most so many
				   preemptions; -1: none */
	double estimate;	/* of runs of the search in all, 0: unknown */
	uint64_t cut;		/* runs that were not whole */
	uint64_t races;		/* runs with a data race that is allowed */
	char *race;		/* the first data race: a tape; NULL */
	char *race_learned;	/* ... and what its run began with */
	char *race_verdict;	/* ... what it is; a busy-wait is kept so, too */
	char *race_failure;	/* ... a line of answer_write() */
	uint64_t race_run;	/* ... in this run */
	char *cut_why, *unsupported, *differs;	/* the first of each; NULL */
	char *busy_wait;	/* likewise: who asks in place of waiting */
	struct buf unknown, plain, learned;
	uint64_t points[ACTS_COUNT];
	struct tally tally;	/* of the items that were folded as ENDs */
	int64_t length;		/* steps of the longest run */
	int64_t actors;		/* most in a run */
	uint64_t seen;		/* of the conditions somewhere, as bits */
	bool runtime;
	int64_t followed, passed_over;	/* steps of the schedule */
};

struct plan;

struct plan *plan_new(const struct plan_config *c);
void plan_free(struct plan *p);
/* The next order of this round; false: there is none until all answers are
 * folded.  Its texts are the plan's, until the next call.  */
bool plan_next(struct plan *p, struct order *o);
/* The END of the first item that was not folded yet.  0, or -1 with *why: it
 * makes no sense.  */
int plan_fold(struct plan *p, const struct answer *a, char **why);
/* ... or its FAILURE: the plan is over.  The number of that run, from 1.  */
uint64_t plan_fold_failure(struct plan *p, const struct answer *a);
bool plan_is_over(const struct plan *p);
const struct covered *plan_covered(const struct plan *p);
/* Does it go on from orders before it?  All such go to one runner.  */
bool order_is_of_one(const struct order *o);

#endif
