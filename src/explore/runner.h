/*
 * A runner: a process that owns one driver, in namespaces of its own as far
 * as the machine allows.  It is given orders, one after the other, and answers
 * each (message.h); it sleeps in between.  It dies with the explorer, and its
 * subjects with it: whoever is killed, nothing stays.
 */
#ifndef EXPLORE_RUNNER_H
#define EXPLORE_RUNNER_H

#include "explore/explore.h"
#include "explore/message.h"

struct runner {
	pid_t pid;		/* 0: there is none */
	bool confined;		/* ... and it is a sandbox's */
	int fd;			/* the other end of its only connection */
	struct buf in;		/* of an answer, so far */
	bool full;		/* it is gone: the sandbox had no more memory */
};

/* 0, or -1 with *why.  Does not wait: its first answer is READY or REFUSED. */
int runner_start(struct runner *r, const struct explore_config *c, char **why);
/* In a sandbox, with the connection as descriptor 3: be a runner there
 * (confined.h).  The exit status.  */
int runner_confined(void);
/* Hand out.  A runner has one order at a time, so this never blocks.  */
void runner_order(struct runner *r, const struct order *o);

/* The next answer that has come.  Never blocks.  */
enum runner_said {
	RUNNER_NOTHING,		/* not yet */
	RUNNER_ANSWER,		/* a is the caller's to release */
	RUNNER_GONE,		/* it has ended, with *why */
};
enum runner_said runner_take(struct runner *r, struct answer *a, char **why);

/* End it, whatever it is doing, and all that it runs; nothing if there is
 * none.  Does not wait for the end of a sandbox (sandbox_end()).  */
void runner_end(struct runner *r);

#endif
