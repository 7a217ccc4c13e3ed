/*
 * In a search: where in the C library all signals are put off, and let in
 * again, while a thread begins or ends.  Nobody notices it, as the signals that
 * come meanwhile wait (signal(7)); but each is a stop.  So the places are learned
 * from the first runs, and from then on the filter of the subject lets these
 * calls pass.
 * (On a path that no run took before it may let in elsewhere: decode_signal.c.)
 */
#ifndef TRACER_MASKS_H
#define TRACER_MASKS_H

#include <stdbool.h>
#include <stdint.h>

enum { MASKS_MAX = 8 };

struct masks {
	int n, runs;
	bool pass;		/* the filter lets them pass */
	uint64_t at[MASKS_MAX];	/* behind the calls' instructions */
};

/* The C library put off, or let in, there.  */
void masks_learn(struct masks *m, uint64_t at);
/* A run is over.  True, once: they pass from now on, in subjects that begin
 * behind this.  */
bool masks_settle(struct masks *m);

#endif
