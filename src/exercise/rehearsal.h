/*
 * A rehearsal: one run of an exercise's own program, made as the stage makes
 * it, one step after the other: by a learner's schedule, or by the plan of a
 * question.  The program is the author's and trusted; the schedule is not.
 *
 * Nothing here blocks.
 *
 *	r = rehearsal_begin(&config, &why);
 *	while (rehearsal_advance(r) == REHEARSAL_RUNS)
 *		poll(rehearsal_fds(r));
 *	... rehearsal_session(r) ...
 *	rehearsal_end(r);
 */
#ifndef EXERCISE_REHEARSAL_H
#define EXERCISE_REHEARSAL_H

#include "session/session.h"

struct rehearsal_config {
	char **argv;
	const char *cwd, *cast;		/* cast may be NULL */
	const struct schedule *script;	/* its steps, then whoever can go; of
					   its header, how it was run.  NULL: */
	const char *plan;		/* session/plan.h; NULL: the default */
	const char *until;		/* a condition: there it stops; NULL: at
					   the end */
	int64_t steps_max;
};

enum rehearsal_state {
	REHEARSAL_RUNS,
	REHEARSAL_REACHED,	/* until is true */
	REHEARSAL_ENDED,	/* the program has ended */
	REHEARSAL_STILL,	/* somebody lives, and nobody can go: why */
	REHEARSAL_ENDLESS,	/* more steps than may be */
	REHEARSAL_REFUSED,	/* a choice of the script or plan could not be
				   made: why, in a sentence */
	REHEARSAL_BROKEN,	/* a fault of ours: why */
};

struct rehearsal;

/* c is copied.  NULL with *why: plan or until make no sense, or the program
 * cannot be started.  */
struct rehearsal *rehearsal_begin(const struct rehearsal_config *c,
				  char **why);
int rehearsal_fds(const struct rehearsal *r, struct pollfd *fds, int room);
enum rehearsal_state rehearsal_advance(struct rehearsal *r);
/* As above; NULL where there is nothing to be said.  */
const char *rehearsal_why(const struct rehearsal *r);
/* Its world and log; valid until rehearsal_end().  */
struct session *rehearsal_session(const struct rehearsal *r);
/* The run as a schedule, without the folder it was made in: the caller's; NULL
 * with *why.  */
char *rehearsal_schedule(const struct rehearsal *r, char **why);
void rehearsal_end(struct rehearsal *r);

#endif
