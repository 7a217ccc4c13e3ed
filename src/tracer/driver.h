/*
 * Driven runs inside this very process, one after the other, each decided by
 * a function that is called at every step: for searches.  A driver keeps what
 * runs have in common: the subject built with `ipclab cc` is started once, and
 * every run is a fork of it (runtime/server.c); other subjects are executed
 * each time.
 *
 * One process can have one driver.  It must be an explorer's runner (explore/runner.c):
 * the driver takes SIGCHLD, pins the process to a processor, and waits for all
 * of its children.
 */
#ifndef TRACER_DRIVER_H
#define TRACER_DRIVER_H

#include "base/buf.h"
#include "schedule/strategy.h"
#include "tracer/remains.h"
#include "tracer/tracer.h"

struct driver;
struct refusals;

struct decider {
	/* Which alternative: an index, or -1 to give the run up.  */
	int (*pick)(void *with, const struct position *p);
	void (*did)(void *with, const struct position *p, int picked,
		    const struct done *d);
	/* Every event of the run as trace(1) would show it, with states; NULL:
	 * not wanted, which is much faster.  */
	void (*event)(void *with, const struct event *e);
	bool sources;		/* ... and with source lines, which cost as
				   much again */
};

struct run_end {
	enum ending how;
	int status;		/* wait status of the first process; -1 */
	uint64_t steps;
	bool busy;		/* somebody computed without a point for longer
				   than the bound: who and where */
	int busy_actor;
	uint64_t busy_pc;
	const struct refusals *refused;	/* calls, by the policy (refused.h); the
					   driver's, until the next run */
	enum run_bound bound;	/* ... over, in a word */
	bool on_the_way;	/* ... it was reached between two positions: the
				   last one says nothing of it */
	char over[160];		/* the bound that ended it, "" */
	char unsupported[160];	/* what the driver does not control, "" */
	char plain[160];	/* programs that told of no access to memory:
				   words */
	uint64_t digest;	/* of choices, operations and results: runs that
				   chose alike give alike, or are not under
				   control */
	char crash[64];		/* signal that ended an actor: "B: SIGSEGV" */
	struct run_left left;	/* listed; what outlives runs is cleared */
	const struct position *position;	/* the last one, after the last
				   step; the driver's, until the next run */
	const char *output;	/* what it printed; likewise */
	size_t output_len;
};

struct driver_config {
	struct tracer_config tracer;	/* argv, cwd, env, seed */
	int64_t steps_max;		/* 0: 100,000 */
	int64_t busy_ns;		/* of processor time without a point; 0:
					   the default */
	bool signals;			/* offer pending signals as choices */
	const char *input;		/* standard input; NULL: empty */
	bool faults;			/* offer what manual pages permit */
	bool strict;			/* whoever ends has closed all that it
					   has open */
};

/* NULL with *why: the program cannot be started, or this machine lacks
 * something.  */
struct driver *driver_open(const struct driver_config *c, char **why);
/* Runs the subject once.  0; -1 with *why only when no run was possible.
 * Blocks until the run is over; always returns, whatever the subject does. */
int driver_run(struct driver *d, const struct decider *decider, void *with,
	       struct run_end *end, char **why);
/* The name of an actor by its number; NULL.  */
const char *driver_actor(const struct driver *d, int actor);
/* The source position of a program counter of this actor's program in the
 * run that was last ("counter.c:14"), its variable at an object's byte; false:
 * not known.  */
bool driver_source(struct driver *d, int actor, uint64_t pc, char *out,
		   size_t room);
/* Built with `ipclab cc`: accesses to memory are points.  */
bool driver_has_runtime(const struct driver *d);
/* Memory of one process that only one thread uses is no point: what was
 * learned in runs so far is used in the next ones.  True: the last run taught
 * something new, and runs before it saw fewer points.  */
bool driver_learned(struct driver *d);
/* All that was learned so far, as words with one space between them, added to
 * out; and: know these words and no others (no word at all: nothing).  Two drivers of one program that
 * know the same make the same runs; what both know is all words of both.  -1:
 * these are no such words.  */
void driver_learned_write(const struct driver *d, struct buf *out);
int driver_learned_read(struct driver *d, const char *words);
/* Such words, as words that hold for other builds of the program, too: for what
 * is kept.  Only when no run is being made.  */
void driver_learned_name(struct driver *d, const char *words, struct buf *out);
/* Of a decider, before it picks: the state of the run, as a number.  Equal where
 * registers and memory of all who live are equal; what else the kernel keeps
 * (what waits in pipes, who holds which lock of it, the time) is not in it.  0:
 * it is not known, as a timer is set, which would come in between, or memory is
 * too large.  driver: a struct driver.  */
uint64_t driver_state(void *driver);
void driver_close(struct driver *d);

#endif
