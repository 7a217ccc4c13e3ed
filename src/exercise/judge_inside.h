/* What the files of the judge share.  */
#ifndef EXERCISE_JUDGE_INSIDE_H
#define EXERCISE_JUDGE_INSIDE_H

#include "exercise/build.h"
#include "exercise/judge.h"
#include "explore/explore.h"

/* Where it is run.  */
struct box {
	char *folder;			/* NULL: in a sandbox */
	struct sandbox_data *data;
	struct confinement confine;	/* ... with this */
	int64_t seconds;		/* for all of its runs */
};

/* With the program (a path, the builder's) and the files of the check.  0, or
 * -1 with *why; to be released in both cases.  */
int box_lay(struct box *b, const struct exercise *e,
	    const struct exercise_check *c, uint64_t values,
	    const char *program, bool sandboxed, char **why);
/* x borrows from b.  */
void box_configure(const struct box *b, struct explore_config *x);
void box_release(struct box *b);

/* One exploration: a case of a check.  It owns all that its configuration
 * points to, itself among it: it stays where it is until trial_end().  */
struct trial {
	size_t check;			/* which, and its case, from 1 */
	int number;
	struct explore *explore;	/* NULL: none is under way */
	char **argv, **env, **rules, **somewhere, **at_end;	/* NULL last */
	char *args, *input, *output;	/* with values put in; args for people */
	char *breaker_refused;		/* of judge_options */
	struct box box;
};

/* Begin the case of the check that t names; o->jobs and o->place are those of
 * this exploration.  0, or -1 with *why: a fault of ours.  */
int trial_begin(struct trial *t, const struct exercise *e,
		const struct built *built, const struct judge_options *o,
		char **why);
/* What came of it, into the result's check: runs are added, and a failure
 * replaces what stands there.  True: it passed.  */
bool trial_take(struct trial *t, const struct exercise *e,
		struct result_check *to);
void trial_end(struct trial *t);

/* The checks that o asks for, by their place in e: the caller's.  */
bool *judge_wanted(const struct exercise *e, const struct judge_options *o);
/* Who handed in what, and the checks that are wanted (NULL: all), none of them
 * made.  */
void judge_describe(struct result *r, const struct exercise *e,
		    const struct submission *s, const struct judge_options *o,
		    const bool *wanted);

/* The rows of a failing run (report_rows() of explore/report.h) into the
 * result's steps, and who is blocked at its end.  */
void steps_take(const char *rows, struct result_check *to);

/* The calls that were refused in a failing run (refused_write() of
 * tracer/refused.h).  */
void forbidden_take(const char *refused, const char *check, struct result *r);
/* The limits of an exercise as the object that a result tells them in.  */
char *limits_told(const struct exercise_limits *l);

/* The program that a check runs, by its name.  */
const char *check_program(const struct exercise *e,
			  const struct exercise_check *c);

#endif
