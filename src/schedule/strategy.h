/*
 * A strategy decides, run after run, who goes next.  It knows nothing of
 * processes: it is shown a position (who could do what) and picks one of the
 * alternatives.  Strategies: manual and replay are elsewhere (session/); here
 * are random, pos, pct, delay, preemption, dpor.
 *
 *	while (s->kind->begin(s)) {
 *		while (the run goes on) {
 *			i = s->kind->pick(s, &position);
 *			... carry it out ...
 *			s->kind->did(s, &position, i, &done);
 *		}
 *		s->kind->end(s, &position, how);
 *	}
 *
 * Where all alternatives are faults, nobody can go on without one: a deadlock,
 * which the caller tells before it asks; pick may take a fault, or say -1.  An
 * operation that may also end because its time is over has gives_up set in its
 * touches: what lets it go on is then no mere ENABLES.  What ends an actor
 * touches what those touch who wait for it or send it signals.
 *
 * The position given to did is the one that was picked from.  Nothing blocks,
 * nothing fails.  A strategy is a function of its seed and of what it is
 * shown.
 */
#ifndef SCHEDULE_STRATEGY_H
#define SCHEDULE_STRATEGY_H

#include "schedule/choice.h"
#include "schedule/dependency.h"
#include "schedule/places.h"

enum standing_state {
	STANDS_READY,	/* held before its operation, which would not sleep */
	STANDS_WAITS,	/* ... which would sleep */
	STANDS_SLEEPS,	/* in it, until another wakes it */
	STANDS_TIMED,	/* ... until another does or time is over */
	STANDS_SPINS,	/* set aside: nothing changed that it reads */
	STANDS_ENDED,
};

/* One actor.  */
struct standing {
	int actor;		/* its number is the same in every run: names
				   are numbered as they are first seen */
	enum standing_state state;
	struct operation next;	/* what it is before, or in */
};

enum alternative_kind {
	ALTERNATIVE_GO,
	ALTERNATIVE_EXPIRE,	/* its time is over */
	ALTERNATIVE_DELIVER,	/* it takes a signal that waits; number */
	ALTERNATIVE_CUT,	/* a short read or write; number: bytes */
	ALTERNATIVE_FAIL,	/* the call fails; number: errno value */
	ALTERNATIVE_WAKE,	/* a spurious wake-up */
};

struct alternative {
	enum alternative_kind kind;
	int actor;
	int number;
	bool fault;		/* counts against the budget of faults */
	struct operation op;	/* what would be done */
};

enum { ACTORS_MAX = 1024 };

struct position {
	int step;			/* 0 before the first choice */
	int last;			/* actor that went last, -1 */
	int n_standing, n_alternatives;
	struct standing *standing;	/* in order of birth */
	struct alternative *alternative;/* GO of those ready, in order of
					   birth, first */
};

/* What the step turned out to be.  */
struct done {
	struct operation op;	/* with its true result */
	uint64_t place;		/* equal where the same call is made from the same
				   place of the program */
	uint64_t spot;		/* ... with the same arguments too, and the same
				   memory read */
	bool idle;		/* it stored what was there already */
	int n_woken;		/* actors that it let go on, in that order */
	int woken[16];
};

enum ending {
	ENDING_OVER,		/* all actors have ended */
	ENDING_STUCK,		/* some live, and there is no alternative */
	ENDING_GIVEN_UP,	/* pick said -1 */
	ENDING_CUT,		/* too long, or a bound was met: not whole */
};

struct strategy_config {
	uint64_t seed;
	int depth;		/* pct: d; delay, preemption: the bound;
				   places: the first to hold; march: 0: the
				   oldest begins; faults: 0: each kind in
				   turn; -1: none */
	int faults;		/* fault choices in a run, at most */
	int length;		/* steps of a usual run, 0: not known (pct) */
	const struct places *places;	/* of a run before, borrowed; NULL */
};

struct strategy_progress {
	uint64_t runs;
	double estimate;	/* of runs in all; 0: not known */
	bool complete;		/* nothing is left within the bound */
	bool bounded;		/* ... and the bound cut something off */
};

struct strategy;
struct strategy_kind {
	const char *name;
	bool samples;		/* throws dice: it never ends, and runs that
				   taught it something count on */
	const char *text;	/* one line, for --help */
	struct strategy *(*open)(const struct strategy_config *c);
	bool (*begin)(struct strategy *s);	/* false: nothing left */
	int (*pick)(struct strategy *s, const struct position *p);
	void (*did)(struct strategy *s, const struct position *p, int picked,
		    const struct done *d);
	void (*end)(struct strategy *s, const struct position *p,
		    enum ending how);
	void (*progress)(const struct strategy *s,
			 struct strategy_progress *to);
	void (*close)(struct strategy *s);
};
/* Every strategy begins with this.  */
struct strategy {
	const struct strategy_kind *kind;
};

extern const struct strategy_kind *const strategy_kinds[];	/* NULL last */
const struct strategy_kind *strategy_find(const char *name);
/* Index of GO of this actor; -1.  */
int position_find(const struct position *p, int actor);
/* Does only one live?  */
bool position_is_lonely(const struct position *p);
/* Does picking it take the processor from an actor that could go on?  */
bool position_preempts(const struct position *p, int picked);

#endif
