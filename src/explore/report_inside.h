/* What the files of a report share.  */
#ifndef EXPLORE_REPORT_INSIDE_H
#define EXPLORE_REPORT_INSIDE_H

#include "explore/report.h"
#include "world/world.h"

/* One thing that an actor did, in short.  */
struct row {
	uint64_t step;		/* from 1; 0: before the first */
	int actor;		/* of the world */
	bool chosen;		/* the actor went by choice, else was woken */
	bool preempts, fault;
	bool waits;		/* it went in and sleeps there */
	enum what what;
	char call[NAME_MAX_LEN];
	char on[NAME_MAX_LEN];	/* the object, or the name of the variable */
	char object[NAME_MAX_LEN];
	char result[32];	/* "= 3", "= EAGAIN", "" */
	char source[PATH_MAX_LEN];
};

struct step_made {
	int actor;		/* of the world, -1 */
	bool preempts, fault;
	enum alternative_kind kind;
	int number;
	struct operation op;
};

struct report {
	struct world *world;
	struct row *row;
	size_t n_rows, room_rows;
	struct step_made *step;	/* [0] is step 1 */
	size_t n_steps, room_steps;
	uint64_t now;		/* the step that is being made */
	int chosen;		/* who was chosen in it, -1 */
	struct report_held {
		char call[NAME_MAX_LEN];	/* it is before, or in */
		struct row row;		/* the same, as a row */
	} *held;		/* by actor of the world */
	size_t n_held, room_held;
};

/* What a living actor is before or in, NULL: nothing.  */
const struct report_held *report_held(const struct report *r, int actor);
/* The row of what was chosen in this step, NULL.  */
const struct row *report_row(const struct report *r, uint64_t step);
const char *report_role(const struct report *r, int actor);

#endif
