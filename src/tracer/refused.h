/*
 * Calls that the policy refused in a run (sandbox/policy.h): each once for an
 * actor and a place, and how often.
 *
 * Whoever makes such a call goes on without having been at a point.  So actors
 * make them side by side, and only what each of them does comes in an order;
 * the list is by actors' names, which is the same in each run.
 */
#ifndef TRACER_REFUSED_H
#define TRACER_REFUSED_H

#include "base/base.h"
#include "event/event.h"

enum {
	REFUSED_PLACES = 16,	/* of one actor; others are left out */
	REFUSED_TIMES = 100,	/* no more are counted: whoever makes it
				   without end is ended by the clock */
};

struct refused {
	char actor[NAME_MAX_LEN];
	const char *call, *why;	/* of the policy; why: what it is good for */
	int error;
	int64_t times;
	char source[PATH_MAX_LEN];	/* "work.c:4", ""; known only in a run
					   that is shown */
};

struct refusals {
	struct refused *at;
	size_t n, room;
};

struct policy;

void refused_note(struct refusals *r, const char *actor,
		  const struct policy *p, const char *source);
void refused_sort(struct refusals *r);
/* The first actor's first, by its role in the cast (NULL: there is none):
 * "B: mount (why) at work.c:4".  */
void refused_tell(const struct refusals *r, const char *cast,
		  struct buf *out);
/* A line each: actor, call, error, times and source with tabs between.  */
void refused_write(const struct refusals *r, struct buf *out);
/* There is none, so far; the list itself.  */
struct refusals *refused_begin(struct refusals *r);
void refused_free(struct refusals *r);

#endif
