/*
 * What the explorer and its runners say to each other: one JSON object a
 * line.  Both sides are strict: a line that is not exactly what it should be
 * is refused, and the explorer takes it for a fault of its own.
 *
 * Text in a struct that was read is the struct's own; message_release_*()
 * frees it.  Text in one that is written is borrowed.
 */
#ifndef EXPLORE_MESSAGE_H
#define EXPLORE_MESSAGE_H

#include "base/buf.h"
#include "schedule/operation.h"

/* ---- to a runner ---- */

/* X(NAME, word)  */
#define ORDERS(X) \
	X(FIRST, "first")	/* the run that a runner begins with */ \
	X(TWICE, "twice")	/* the same run again: is it the same? */ \
	X(SEARCH, "search")	/* runs that a strategy decides */ \
	X(SHORTEN, "shorten")	/* a failing tape */ \
	X(FOLLOW, "follow")	/* a schedule, as far as it fits */

enum order_kind {
#define ORDER_NAME(name, word) ORDER_##name,
	ORDERS(ORDER_NAME)
#undef ORDER_NAME
	ORDERS_COUNT
};

struct order {
	enum order_kind kind;
	int64_t item;		/* its number in the plan, from 0 */
	char *strategy;		/* its name; "" where there is none; shorten:
				   the verdict */
	int64_t seed;
	int64_t depth, length;	/* see struct strategy_config */
	int64_t faults;
	int64_t runs;		/* at most */
	bool on;		/* go on where the item before it of the same
				   strategy and depth stopped; twice: the run
				   that was made last is the one of two */
	char *learned;		/* see driver_learned_read() */
	char *tape;		/* tape_write(); follow: a schedule as a file; ""
				   where there is none */
};

/* ---- to a runner in a sandbox, first of all: what it shall run ---- */

/* The parts of struct explore_config that a runner looks at.  Lists are words
 * (base/words.h), "" where there are none.  */
struct setting {
	char *argv, *env, *rules, *somewhere, *at_end;
	char *cwd, *cast, *output, *input, *lesson;
	int64_t seed, status;
	bool has_cwd, has_cast, has_output, has_input, has_lesson;
	bool signals, faults, races_allowed, leaks_allowed, busy_waits_fail;
	bool strict;
	int64_t cpu, memory, file, descriptors, processes, disk;
	int64_t steps, wall, output_most, objects, processor;
};

void setting_write(struct buf *out, const struct setting *s);
int setting_read(struct setting *s, const char *line, size_t len, char **why);
void setting_release(struct setting *s);

/* ---- from a runner ---- */

#define ANSWERS(X) \
	X(READY, "ready")	/* the program can be started */ \
	X(REFUSED, "refused")	/* it cannot, for this reason; the last word */ \
	X(PROGRESS, "progress")	/* so far, in this item */ \
	X(FAILURE, "failure")	/* a run failed; the item ends with it */ \
	X(END, "end")		/* of the item */

enum answer_kind {
#define ANSWER_NAME(name, word) ANSWER_##name,
	ANSWERS(ANSWER_NAME)
#undef ANSWER_NAME
	ANSWERS_COUNT
};

struct answer {
	enum answer_kind kind;
	int64_t item;
	int64_t runs;		/* of the item; failure: this was the last */
	int64_t estimate;	/* of runs of its strategy in all, 0: unknown */

	int64_t parts;		/* ready: namespaces of its own, PART_BIT()s */
	char *text;		/* refused: why; end: what is not under
				   control, and how it differs, "" */

	char *verdict;		/* failure: word of commands.md */
	char *message;		/* ... a sentence */
	char *tape;
	char *schedule;		/* ... as a file */
	char *picture;		/* ... "": not drawn yet */
	char *passing;		/* ... "": none was found */
	char *rule;		/* ... that does not hold, "" */
	char *output;		/* ... what it printed, its beginning */
	char *rows;		/* ... report_rows(); "": not drawn yet */
	char *refused;		/* ... calls that the policy refused in it:
				   refused_write(), "" */
	int64_t at_end;		/* ... which conditions hold at its end */
	char *sleeper;		/* ... who sleeps in place of waiting, "" */
	char *slept_at;		/* ... where */
	char *sleep_for;	/* ... for what: "B at b.c:9" */
	int64_t switches, preemptions, faults, steps;
	int64_t turning_step;
	int64_t seen;		/* failure, end: which of the conditions
				   somewhere were true in the item's runs */

	int64_t followed;	/* failure, end: steps of the schedule that was
				   to be followed that were made */
	int64_t passed_over;	/* ... that were not */

	bool complete, bounded;	/* end: see struct strategy_progress */
	bool taught;		/* ... learned has new words */
	char *learned;		/* ... and of ready: all that is known now;
				   failure: when its run began */
	int64_t length;		/* ... steps of its longest run */
	int64_t cut;		/* ... runs that were not whole */
	int64_t races;		/* ... runs with a data race that is allowed */
	char *race;		/* ... the tape of the first run with a data
				   race that is not allowed, "" */
	char *race_verdict;	/* ... its verdict: a busy-wait is kept so, too */
	char *race_learned;	/* ... and what that run began with */
	char *race_failure;	/* ... and it as a failure that was not made
				   short: a line, ""; of progress, too */
	int64_t race_run;	/* ... which of the item's runs, from 1 */
	char *busy_wait;	/* failure, end: who asked again and again in
				   place of waiting, the first, "" */
	char *cut_why;		/* ... by what, the first of them, "" */
	char *unsupported;	/* ... what the driver does not control, "" */
	char *unknown;		/* ... what the table does not know: the calls,
				   with spaces between them, "" */
	char *plain;		/* ... programs whose accesses to memory were
				   no points, likewise */
	char *points;		/* ... counts_write() of points by act */
	char *tally;		/* ... how its runs ended: tally_write() */
	int64_t actors;		/* ... most in a run */
	bool runtime;		/* ... accesses to memory were points */
};

void order_write(struct buf *out, const struct order *o);
/* 0, or -1 with *why.  The struct is to be released in both cases.  */
int order_read(struct order *o, const char *line, size_t len, char **why);
void order_release(struct order *o);

void answer_write(struct buf *out, const struct answer *a);
int answer_read(struct answer *a, const char *line, size_t len, char **why);
void answer_release(struct answer *a);

/* Counts by act, "0:12 3:1", those that are 0 left out.  */
void counts_write(struct buf *out, const uint64_t counts[ACTS_COUNT]);
/* Adds them; false: it is no such text.  */
bool counts_add(uint64_t counts[ACTS_COUNT], const char *text);

/* Is a failure that is kept until the end of the search, with this verdict, to
 * be told and not the other, which was found sooner?  NULL or "": none was.  */
bool race_comes_before(const char *verdict, const char *other);

/* Union of two sets of words; the first grows.  True if it did.  */
bool words_unite(struct buf *words, const char *more);

#endif
