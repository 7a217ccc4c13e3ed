/*
 * Conditions: statements over the world, one language for lessons' claims,
 * exercises' rules, --until and the stage.  docs/conditions.md has the
 * grammar and every statement; condition_statements() is the table that the
 * documentation and the completion are made from.
 */
#ifndef CONDITION_CONDITION_H
#define CONDITION_CONDITION_H

#include "world/world.h"

struct condition;

/* Parse one condition.  NULL with *why: the sentence names the column, what
 * was found there and what could stand there.  */
struct condition *condition_parse(const char *text, char **why);
void condition_free(struct condition *c);
const char *condition_text(const struct condition *c);

enum truth { IS_FALSE, IS_TRUE, IS_UNKNOWN };	/* unknown: names an actor or
						   object not there (yet) */
enum truth condition_eval(const struct condition *c, const struct world *w);

/* Why is it true or false now?  One line with the actual values:
 * "pipe 1 holds 61440 bytes, not 65536".  */
void condition_explain(const struct condition *c, const struct world *w,
		       struct buf *out);

/* A modality over a run: fed one world after each event.  */
enum modality {
	UNTIL,		/* true once: stop there */
	ALWAYS,		/* true after every event */
	NEVER,		/* true after no event */
	FINALLY,	/* true when the run has ended */
	ONCE,		/* true at some time, and the run goes on */
};

struct rule {
	enum modality modality;
	struct condition *condition;
	bool judged;		/* it was true or false at least once: what it
				   names was there.  Else it does not hold */
	bool decided;		/* nothing more can change it */
	bool holds;
	uint64_t decided_n;	/* the event that decided it */
};

/* "always pipe 1 holds at most 65536 bytes": until, always, never, finally
 * or once comes first.  */
int rule_parse(struct rule *r, const char *text, char **why);
void rule_release(struct rule *r);
void rule_feed(struct rule *r, const struct world *w);
void rule_end(struct rule *r, const struct world *w);

/* The statements: syntax with a word of explanation each, ended by NULLs.  */
struct statement_help {
	const char *syntax;	/* "OBJECT holds N bytes" */
	const char *meaning;
	const char *example;
};
const struct statement_help *condition_statements(void);

#endif
