/*
 * What remains of a run: all that would outlive it, and what its processes had
 * not given back when they ended.  It is counted, and the first few are named,
 * in words for people.
 */
#ifndef TRACER_REMAINS_H
#define TRACER_REMAINS_H

#include "base/base.h"

enum { REMAINS_NAMED = 6 };

struct remains {
	int n;
	char name[REMAINS_NAMED][160];	/* of the first of them */
};

struct run_left {
	struct remains zombies;		/* ended, and never waited for */
	struct remains processes;	/* that lived when the first had ended */
	struct remains objects;		/* System V and POSIX objects, FIFOs,
					   files in /dev/shm: not removed */
	struct remains descriptors;	/* that were not closed: see kept.c */
};

/* One more.  */
void remains_add(struct remains *r, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* All of more, behind them.  */
void remains_join(struct remains *r, const struct remains *more);

#endif
