/*
 * A failing run as people read it: a sentence that says what went wrong and
 * where, and a picture of the run with a column for each actor.
 *
 * The run is made once more with all its events, which are handed in here as
 * they come.  Nothing blocks or fails; what is returned is the caller's.
 */
#ifndef EXPLORE_REPORT_H
#define EXPLORE_REPORT_H

#include "explore/explore.h"
#include "explore/held.h"
#include "explore/race.h"
#include "explore/tape.h"
#include "tracer/remains.h"

struct report;

struct report *report_new(const struct header *h);
void report_free(struct report *r);
void report_event(struct report *r, const struct event *e);
/* A step was made: p is the position that it was picked from.  */
void report_step(struct report *r, const struct position *p, int picked,
		 const struct done *d);

struct report_facts {
	enum verdict verdict;
	const char *what;	/* "A was killed by SIGABRT"; translated */
	const struct race *race;	/* of this run, or NULL */
	const struct held_lock *held;	/* the lock that is lost, or NULL */
	const char *other;	/* ... and the name of who uses it too */
	const struct run_left *left;	/* what is left behind, or NULL */
	bool unwritten;		/* a livelock in which nobody writes */
	size_t turning;		/* the step, from 1, after which no run
				   recovers; 0: not known */
	const struct report *passing;	/* of a run beside it that passes, or
					   NULL */
};

/* The sentence, without a full stop.  */
void report_sentence(const struct report *r, const struct report_facts *f,
		     struct buf *out);
/* The picture, in so many cells; lines, each with its end.  */
void report_picture(const struct report *r, const struct report_facts *f,
		    int width, struct buf *out);
/* The run as lines of text: for each thing that was done, in the order of
 * time, its actor, what it did, the object or variable, the source and marks
 * ("s": another actor went before; "t": the turning step; "f": a fault), with
 * tabs between them.  Then, for each who lives at the end, a line that begins
 * with a tab: the actor, the call that it is in, the object, and why.  */
void report_rows(const struct report *r, const struct report_facts *f,
		 struct buf *out);
/* Where in the source was done what was chosen in this step (from 1), "": it is
 * not known.  */
const char *report_source(const struct report *r, uint64_t step);
/* The world at the end of the run; the report's.  */
const struct world *report_world(const struct report *r);

#endif
