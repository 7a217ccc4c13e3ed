/* A failure, told to people: its shortest run is made once more, with all its
 * events.  */
#ifndef EXPLORE_TOLD_H
#define EXPLORE_TOLD_H

#include "explore/attempt.h"
#include "explore/shorten.h"
#include "explore/slept.h"

struct told {
	char *message;		/* NULL: as it was judged */
	char *picture;		/* many lines; NULL: none */
	char *passing;		/* of the nearest run that passes, likewise */
	char *rows;		/* see report_rows() */
	uint64_t at_end;	/* which of the configuration's at_end hold */
	uint64_t turning_step;	/* after it no run recovered; 0: unknown */
	char *sleeper;		/* who slept in place of waiting; NULL: nobody */
	char *slept_at;		/* ... where, "" */
	char *sleep_for;	/* ... for what: "B at b.c:9" */
};

/* slept may be NULL.  Leaves the shortest run as the attempt made last.  0, or
 * -1 with *why: no run was possible.  told is to be released.  */
int tell_failure(struct attempts *a, const struct shortened *s,
		 const struct slept *slept, struct told *told, char **why);
void told_release(struct told *told);

#endif
