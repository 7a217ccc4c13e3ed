/*
 * An exploration: runs of one program under many schedules, until a failure
 * is found, nothing is left to try, or the budget is spent.
 *
 * The work is done by processes of its own (runner.h), one for each job; this
 * side folds what they report, and never waits for them: explore_fds() are
 * polled, explore_advance() takes what has come.  What is found does not
 * depend on how many jobs there are.
 *
 *	e = explore_start(&config, &why);
 *	while (!explore_is_over(e)) { poll(explore_fds(e)); explore_advance(e); }
 *	result = explore_result(e);
 *	explore_end(e);
 */
#ifndef EXPLORE_EXPLORE_H
#define EXPLORE_EXPLORE_H

#include "condition/condition.h"
#include "sandbox/sandbox.h"
#include "schedule/schedule.h"
#include "schedule/strategy.h"
#include "tracer/tracer.h"

#include <poll.h>

/* What can be wrong with a run.  X(NAME, word of commands.md)  */
#define VERDICTS(X) \
	X(ACCEPT, "accept") X(WRONG, "wrong") X(CRASH, "crash") \
	X(DEADLOCK, "deadlock") X(LIVELOCK, "livelock") X(RACE, "race") \
	X(LEAK, "leak") X(BUSY_WAIT, "busy-wait") X(CPU_LIMIT, "cpu-limit") \
	X(WALL_LIMIT, "wall-limit") \
	X(MEMORY_LIMIT, "memory-limit") X(OUTPUT_LIMIT, "output-limit") \
	X(FILE_LIMIT, "file-limit") X(FORBIDDEN, "forbidden") \
	X(INTERNAL, "internal")

enum verdict {
#define VERDICT_NAME(name, word) VERDICT_##name,
	VERDICTS(VERDICT_NAME)
#undef VERDICT_NAME
	VERDICTS_COUNT
};
const char *verdict_word(enum verdict v);

/* Runs in a sandbox: what there is in it beside the system, and limits of the
 * program's processes.  cwd is a path inside.  */
struct confinement {
	const struct sandbox_bind *bind;
	size_t n_binds;
	const struct sandbox_data *data;
	size_t n_data;
	struct tracer_limits limits;	/* 0: the usual ones */
	int64_t disk;			/* bytes of a file system; likewise */
};

struct explore_config {
	struct tracer_config tracer;	/* argv, cwd, env, cast */
	const char *strategy;		/* of strategy.h; NULL: the portfolio */
	int preemptions;		/* bound; -1: none */
	uint64_t runs;			/* budget; 0: the default */
	int64_t seconds;		/* likewise, of time; 0: none */
	uint64_t seed;
	int jobs;			/* 0: one for each processor */
	int jobs_max;			/* then at most so many: explore_fds() of
					   all fit; 0: no matter */
	int place;			/* of those that are side by side, 1...: its
					   jobs are on processors from there on; 0:
					   there is nobody beside it */
	bool signals, faults;		/* as choices; off unless asked for */
	int status;			/* exit status that is right; -1: any */
	const char *output;		/* output that is right, NULL: any */
	const char *input;		/* standard input; NULL: empty */
	const struct confinement *confine;	/* borrowed until
					   explore_end(); NULL: no sandbox */
	char **rules;			/* conditions, NULL last; or NULL */
	char **somewhere;		/* likewise: which of them are true at some
					   instant of some run is told */
	char **at_end;			/* likewise: ... when the failing run ends */
	bool races_allowed, leaks_allowed;
	bool strict;			/* descriptors that a process has when
					   it ends are left behind, too */
	bool busy_waits_fail;		/* who asks again and again, where it could
					   wait, is wrong; off unless asked for */
	const char *follow;		/* a schedule's text, of this program or
					   one much like it: the first run follows
					   it as far as it fits; NULL */
	const char *lesson;		/* for the schedule's header, or NULL */
	const char *save;		/* the file that the caller will save the
					   schedule in: named in the JSON; NULL */
};

struct failure {
	enum verdict verdict;
	char *message;			/* a sentence */
	char *picture;			/* columns, one an actor; many lines */
	char *passing;			/* the nearest run that passes, likewise;
					   NULL: none was found */
	char *unshortened;		/* why it was not made short, NULL */
	char *sleeper;			/* who sleeps in place of waiting, where
					   ("") and for what ("B at b.c:9");
					   NULL: nobody does */
	char *slept_at, *sleep_for;
	struct schedule schedule;
	int switches, preemptions, faults;
	uint64_t steps;
	uint64_t turning_step;		/* after it no run recovered; 0: unknown */
	uint64_t first_run;		/* found in this run, 1... */
	uint64_t at_end;		/* which of at_end hold, as bits */
	char *rule;			/* that does not hold, or NULL */
	char *output;			/* what it printed, its beginning */
	char *rows;			/* the run, and who lives at its end: see
					   report_rows() */
	char *refused;			/* calls in it that the policy refused:
					   see refused_write() */
};

struct explore_progress {
	uint64_t runs;
	double estimate;		/* of runs in all, 0: not known */
	uint64_t budget;		/* at most so many are made */
	double runs_per_second;
	const char *stage;		/* "random", "pct", "search", "shortening" */
	bool found;			/* a failure; it is being shortened */
};

struct explore_result {
	uint64_t runs;
	bool complete;			/* every interleaving of the points */
	int preemption_bound;		/* completed; -1: none */
	bool interrupted;
	char *differs;			/* two runs that should be the same were
					   not: how.  NULL: under control */
	char *trouble;			/* why it could not go on, NULL; with
					   this exit code: 3 or 70 */
	int trouble_status;
	struct failure failure;		/* of the shortest; verdict ACCEPT: none */
	bool late;			/* the time was over before the rest */
	uint64_t cut;			/* runs that were ended by a bound */
	char *cut_why;			/* ... the first of them: which; NULL */
	uint64_t somewhere;		/* which of them were true, as bits */
	int64_t followed, passed_over;	/* steps of follow that were made, that
					   were not */
	char *sentence;			/* what is claimed, and no more */
	char *json;			/* as commands.md says */
	double runs_per_second;
};

struct explore;
/* NULL with *why and *status (exit code 2 or 3).  c is copied.  */
struct explore *explore_start(const struct explore_config *c, int *status,
			      char **why);
int explore_fds(const struct explore *e, struct pollfd *fds, int room);
void explore_advance(struct explore *e);
bool explore_is_over(const struct explore *e);
void explore_progress(const struct explore *e, struct explore_progress *p);
/* Stop early, keeping what was found: it is over soon after.  */
void explore_interrupt(struct explore *e);
/* NULL until it is over; valid until explore_end().  */
const struct explore_result *explore_result(const struct explore *e);
void explore_end(struct explore *e);

#endif
