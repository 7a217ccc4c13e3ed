/*
 * Judging a submission: it is compiled, each check is made, and what came of
 * it is a result (docs/result-format.md).  The learner's own checks and the
 * grader's are this one engine.
 *
 * Nothing here blocks: build and runs are processes of their own.
 *
 *	j = judge_start(&e, &s, &options, &why);
 *	while (!judge_is_over(j)) { poll(judge_fds(j)); judge_advance(j); }
 *	r = judge_result(j);
 *	judge_end(j);
 *
 * The result is a function of exercise, submission and seed.  No clock, load
 * or number of jobs has a say, but for limits of time, and those are large.
 */
#ifndef EXERCISE_JUDGE_H
#define EXERCISE_JUDGE_H

#include "exercise/submission.h"
#include "report/result.h"

#include <poll.h>

struct judge_options {
	uint64_t seed;
	int jobs;		/* at once, cases of checks and jobs of their
				   explorations together; 0: one a processor */
	int place;		/* of those that are judged side by side, 1...:
				   processors are shared out from there on; 0:
				   nobody is beside it */
	bool sandboxed;		/* false: only where the learner checks his own
				   work on a machine that has no sandbox */
	bool visible_only;	/* hidden checks are not even made */
	bool first_failure;	/* ... nor what comes after one */
	const char *only;	/* this check, and those that it needs; NULL */
	const char *assignment, *pack, *pack_digest;	/* or NULL */
	const char *submitted_at;	/* or NULL */
	const char *breaker;	/* mode fix: a schedule that the learner found in
				   the exercise `breaks`, which breaker_check()
				   accepts; or NULL */
	const char *breaker_digest;	/* of a breaker that was handed in */
	const char *breaker_refused;	/* why the one there was is not tried;
					   or NULL */
	int64_t hints;		/* that were read, as the learner's lab says */
};

struct judge_progress {
	const char *check;	/* its id; NULL: it is being compiled */
	size_t done, all;	/* checks */
	uint64_t runs;		/* of this check so far */
};

struct judge;

/* e and s are borrowed until judge_end(), the options are copied.  NULL with
 * *why: a fault of ours.  */
struct judge *judge_start(const struct exercise *e, const struct submission *s,
			  const struct judge_options *o, char **why);
/* A result for what cannot even be judged: REJECT or INTERNAL.  */
void judge_refuse(struct result *r, const struct exercise *e, const char *id,
		  const struct judge_options *o, enum grade verdict,
		  const char *why);
int judge_fds(const struct judge *j, struct pollfd *fds, int room);
void judge_advance(struct judge *j);
bool judge_is_over(const struct judge *j);
void judge_progress(struct judge *j, struct judge_progress *p);
/* Stop early: what was not made is INTERNAL, and the result not gradable.  */
void judge_interrupt(struct judge *j);
/* Where the programs are that were built, until judge_end(); NULL: nowhere.  */
const char *judge_folder(const struct judge *j);
/* The files that a case of this check had, into a folder: for the program to
 * be run there as it was.  0, or -1 with *why.  */
int judge_lay_files(const struct exercise *e, const char *check, int number,
		    uint64_t seed, const char *folder, char **why);
/* NULL until it is over; the judge's, until judge_end().  */
const struct result *judge_result(const struct judge *j);
void judge_end(struct judge *j);

#endif
