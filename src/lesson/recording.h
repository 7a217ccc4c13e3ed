/*
 * Recordings of a lesson, for machines that lack something: made by `ipclab
 * author record`, in the lesson's folder recordings/.
 *
 *   ID.events	an experiment, run up to its goal
 *   claims	which claims held
 *
 * Each carries the system that it was made on, and a digest of what was run:
 * when the lesson has changed since, it is not shown.
 */
#ifndef LESSON_RECORDING_H
#define LESSON_RECORDING_H

#include "lesson/lesson.h"
#include "lesson/need.h"
#include "session/session.h"

enum recording_state {
	RECORDING_GOOD,
	RECORDING_MISSING,
	RECORDING_OLD,		/* of another program, goal or files */
};

enum recording_state recording_state(const struct lesson *l,
				     const struct experiment *e);
enum recording_state recording_claim_state(const struct lesson *l,
					   const struct claim *c);

/* The experiment as recorded; NULL with *why.  */
struct session *recording_open(const struct lesson *l,
			       const struct experiment *e, char **why);
/* Where it was made, "Linux 6.18.44 x86_64".  */
const char *recording_system(struct session *s);

/* "recorded on Linux 6.18.44, not on this machine", and what is missing, each
 * a sentence; to be freed.  */
char *recording_label(struct session *s);
/* For a claim that cannot be run: what is known of it.  To be freed.  */
char *recording_claim(const struct lesson *l, const struct claim *c,
		      const struct need *lacking);

/* What became of making them.  */
struct record_tally {
	int made, claims;	/* experiments, claims that held */
	int lacking;		/* not made: this machine cannot run them */
	int missed;		/* the goal was not reached in any order */
	size_t bytes;
	struct buf missed_ids;	/* " ID ID" */
};

/* Make all of a lesson's.  0, or -1 with *why.  */
int recording_make(const struct lesson *l, struct record_tally *t,
		   char **why);

#endif
