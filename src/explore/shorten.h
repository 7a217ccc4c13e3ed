/*
 * From a failing run to the shortest that fails the same way: fewest
 * preemptions, then fewest switches, fewest faults, fewest steps; then the
 * step after which no run recovers, and a run beside it that passes.
 * (Choi and Zeller, Isolating Failure-Inducing Thread Schedules, 2002)
 */
#ifndef EXPLORE_SHORTEN_H
#define EXPLORE_SHORTEN_H

#include "explore/tape.h"

/* One run that follows f.  Its picks are added to *made, which is empty.
 * True if it fails as the failure that is being shortened; whole is false if
 * it was no run to judge.  */
typedef bool shorten_run(void *with, struct follow *f, struct tape *made,
			 bool *whole);

struct shortened {
	struct tape tape;
	struct tape passing;	/* n is 0: none was found */
	size_t turning;		/* the pick, from 1, after which all runs that
				   were tried failed; 0: not known */
	uint64_t runs;		/* that it took */
};

/* runs_max: tries at most, of each of the three.  found fails.  Both tapes are
 * the caller's to release.  Blocks as long as the runs do.  */
void shorten(const struct tape *found, shorten_run *run, void *with,
	     uint64_t runs_max, struct shortened *to);

#endif
