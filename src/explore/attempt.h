/*
 * An attempt: one run of a driver under somebody's picks, watched and judged.
 *
 * Everything that explores, shortens or tells makes its runs here.  The
 * attempt made last is kept until the next one.
 */
#ifndef EXPLORE_ATTEMPT_H
#define EXPLORE_ATTEMPT_H

#include "event/cast.h"
#include "explore/explore.h"
#include "explore/held.h"
#include "explore/race.h"
#include "explore/rules.h"
#include "explore/spin.h"
#include "explore/tape.h"
#include "tracer/driver.h"

/* Who decides.  */
struct picker {
	int (*pick)(void *with, const struct position *p);
	void (*did)(void *with, const struct position *p, int picked,
		    const struct done *d);	/* or NULL */
	void (*event)(void *with, const struct event *e);	/* or NULL */
	void *with;
};

struct attempt {
	struct tape tape;
	struct run_end end;
	enum verdict verdict;	/* ACCEPT as well where it was not whole */
	char *message;		/* a sentence; NULL when it passed */
	enum ending how;	/* end.how; STUCK where all who could go only go
				   round in loops */
	const struct position *position;	/* at its end */
	bool livelock;
	bool asks;		/* ... somebody asks again and again in place of
				   waiting, and that is a failure */
	int busy;		/* who makes no point for too long, -1 */
	uint64_t busy_pc;
	struct buf broken;	/* a rule that does not hold, "" */
	bool whole;		/* over, or stuck: it could be judged */
	bool raced;
	struct race race;	/* ... the first */
	const struct held_lock *held;	/* a lock that was lost, NULL */
	int actors;		/* seen */
	uint64_t *hash;		/* of each step: where do two runs differ? */
	size_t n_hash, room_hash;
	struct buf steps;	/* each step as a line, where it is wanted */
	bool want_steps;
};

struct attempts {
	const struct explore_config *config;
	struct driver *driver;
	struct races *races;
	struct spins *spins;
	struct holds *holds;
	struct rules *rules;	/* NULL: there are none */
	struct position shown;	/* without those who go round */
	size_t room_standing, room_alternatives;
	int picked;		/* by the driver's count */
	uint64_t points[ACTS_COUNT];	/* made so far, by act */
	struct buf unknown;	/* calls that the table does not know */
	struct buf plain;	/* programs without the runtime */
	struct attempt last;
	const char *frozen;	/* every run begins with these words known to
				   be shared, and no more; NULL: with all that
				   was learned */
	struct buf words;	/* those that the last run began with */
	struct buf busy_wait;	/* the first who asked again and again in place
				   of waiting: a sentence */
};

/* 0, or -1 with *why.  config is borrowed.  */
int attempts_open(struct attempts *a, const struct explore_config *config,
		  char **why);
void attempts_close(struct attempts *a);
/* All that was learned, as words; to begin with these.  -1: they are none. */
void attempts_learned(const struct attempts *a, struct buf *out);
int attempts_learn(struct attempts *a, const char *words);
/* Did the last run teach something that makes other runs of the same choices?
 */
bool attempt_taught(const struct attempts *a);
/* What people call an actor, by its number ("?": there is none), and who was
 * the first that a signal ended in this run.  */
struct role attempts_role(const struct attempts *a, int actor);
struct role attempts_killed(const struct attempts *a,
			    const struct attempt *made);
/* What runs begin with.  */
void attempts_header(const struct attempts *a, struct header *h);
/* Make one.  0; -1 with *why when no run was possible.  */
int attempt(struct attempts *a, const struct picker *by, char **why);
/* The same, following a tape: f has begun (follow_begin()).  */
int attempt_follow(struct attempts *a, struct follow *f, char **why);

#endif
