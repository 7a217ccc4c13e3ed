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
	const char *deed;	/* its words in the sentence go by this name,
				   NULL: by its call */
	char on[NAME_MAX_LEN];	/* the object, or the name of the variable */
	char object[NAME_MAX_LEN];
	char result[32];	/* "= 3", "= EAGAIN", "" */
	int64_t from, bytes;	/* of a file: what was read or written */
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
		char said[160];		/* what it printed last */
		int sender;		/* of the signal that it got last, of
					   the world, -1: the kernel */
	} *held;		/* by actor of the world */
	size_t n_held, room_held;
	struct report_crash {	/* the first that a signal ended */
		int actor;	/* of the world, -1: nobody */
		int signal;
		int sender;	/* another actor, -1: the kernel */
		uint64_t step;	/* in which it was */
		char source[PATH_MAX_LEN];
	} crash;
};

/* What a living actor is before or in, NULL: nothing.  */
const struct report_held *report_held(const struct report *r, int actor);
/* The row of what was chosen in this step, NULL.  */
const struct row *report_row(const struct report *r, uint64_t step);
const char *report_role(const struct report *r, int actor);
/* "A.1 wrote *c at counter.c:9".  */
void report_deed(const struct report *r, const struct row *row,
		 struct buf *out);
/* Who did what before whom, which decided it: what was done in step (from 1),
 * and what came behind it here, or came before it in passing (NULL: there is
 * no such run).  False: there is nothing that it came before; what is in out,
 * if anything, is what was done, alone.  */
bool report_order(const struct report *r, uint64_t step,
		  const struct report *passing, struct buf *out);
/* Who wrote to a file over what another had written, and nobody had read, which
 * did not happen in passing (NULL: there is no such run).  False: nobody.  */
bool report_cover(const struct report *r, const struct report *passing,
		  struct buf *out);
/* Of each row: is it in the picture?  The caller's to free.  */
struct shown {
	bool hidden;
	size_t repeats;		/* behind this row stands: what is above comes
				   so often more */
	int period;		/* ... the last so many rows */
	const char *result;	/* ... ending with this one, NULL: with the
				   same; the report's */
	size_t left_out;	/* ... or: so many lines are left out */
};
struct shown *report_shown(const struct report *r,
			   const struct report_facts *f);
/* Where it was ended by a signal, and why: " at x.c:3: it used a null
 * pointer", "".  */
void report_crash(const struct report *r, struct buf *out);

#endif
