/*
 * The plan, from inside: for plan.c, which gives out orders and folds answers,
 * and plan_rounds.c, which says what a round is made of.
 */
#ifndef EXPLORE_PLAN_INSIDE_H
#define EXPLORE_PLAN_INSIDE_H

#include "explore/plan.h"

enum {
	ITEMS_MAX = 12,		/* in a round */
};

struct item {
	struct order order;
	bool hunts;		/* it is a part of the hunt */
};

struct plan {
	struct plan_config config;
	struct covered covered;
	int round;
	int stage;			/* of the next round */
	int late;			/* rounds of the last stage */
	int64_t next;			/* number of the next item */
	struct item item[ITEMS_MAX];	/* of this round */
	int n_items, n_given, n_folded;
	struct buf learned;		/* by this round: known in the next */
	bool done;			/* the search has ended */
	bool over;

	/* the search */
	int level;			/* its bound; -1: none */
	bool begun;			/* it can be gone on with */
	uint64_t spent;			/* runs on this level */
	bool hunting, hunted;		/* the hunt has begun, has ended */
	bool twice;			/* it is known to be under control, or
					   not */
};

/* Is it one that throws dice?  */
bool plan_is_dice(const char *strategy);
/* Runs of this round that are not promised to another of its items.  */
uint64_t plan_runs_left(const struct plan *p);
/* One more item of this round, if there is room and a run left.  */
void plan_add(struct plan *p, enum order_kind kind, const char *strategy,
	      int depth, uint64_t runs);
/* A part of a search: it goes on where the last one stopped.  */
void plan_add_part(struct plan *p, const char *name, int depth, uint64_t runs,
		   bool *on);
/* Is it the same program twice?  */
void plan_add_twice(struct plan *p);
/* The next round of the portfolio.  */
void plan_portfolio_round(struct plan *p);

#endif
