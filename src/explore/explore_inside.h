/* What the files of an exploration share; for them only.  */
#ifndef EXPLORE_EXPLORE_INSIDE_H
#define EXPLORE_EXPLORE_INSIDE_H

#include "explore/explore.h"
#include "explore/plan.h"
#include "explore/runner.h"

enum { JOBS_MAX = 64 };

/* One that makes runs, and what it is at.  */
struct job {
	struct runner runner;
	bool ready;		/* to be given an order */
	int64_t item;		/* -1: none */
	int64_t runs;		/* of this item, so far */
	struct answer race;	/* ... the progress that told of a race first;
				   else kind END */
};

/* An order that was handed out, or its answer that is not folded yet.  */
struct handed {
	int64_t item;
	struct job *job;	/* that has it, or had it */
	bool answered;
	struct answer answer;
};

enum stage { STAGE_LOOK, STAGE_SHORTEN, STAGE_OVER };

struct explore {
	struct explore_config config;
	struct plan *plan;
	struct covered covered;	/* where the plan has ended */
	struct job job[JOBS_MAX];
	int jobs;		/* as many are wanted */
	int started;
	unsigned parts;
	struct order waits;	/* a part of a search: job 0 is to have it */
	bool has_waits;
	struct handed *handed;	/* in order; the first n_folded are done */
	size_t n_handed, n_folded, room;
	enum stage stage;
	bool short_tried;	/* to its end */
	struct answer found;	/* the failing run, kind FAILURE; else END */
	uint64_t first_run;
	char *filled;		/* the sandbox had no more memory: told so;
				   or NULL */
	int64_t began_ns;
	int64_t ready_ns;	/* the first run of the plan could be made */
	int64_t looked_ns;	/* the plan was over; what is left is making
				   the failure short */
	struct explore_result result;
};

/* explore_failure.c: what was found becomes the failure of the result.  */
void explore_take_failure(struct explore *e);
/* explore_race.c: a data race that was told so far becomes the failure, where
 * none was found that ended a run badly.  */
void explore_keep_race(struct explore *e);

#endif
