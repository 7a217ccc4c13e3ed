/*
 * A worker: a process that measures while the screen goes on.  It tells its
 * progress through a pipe, one line each, and at its end the figures as JSON
 * (bench/record.h).  It dies with the lab.
 */
#ifndef BENCH_WORKER_H
#define BENCH_WORKER_H

#include "bench/bench.h"

struct worker {
	pid_t pid;		/* 0: there is none */
	int fd;			/* to wait for (poll(2)) */
	struct buf in;
	bool told;		/* last is known */
	struct bench_progress last;
};

/* 0, or -1 with *why.  */
int worker_start(struct worker *w, const struct bench_plan *plan, char **why);
/* Take what it has told.  WORKER_DONE: f has the figures, the worker is gone;
 * WORKER_FAILED: gone, with *why.  */
enum worker_state { WORKER_RUNS, WORKER_DONE, WORKER_FAILED };
enum worker_state worker_pump(struct worker *w, struct figures *f, char **why);
/* It is to end, and to tell what it has.  */
void worker_stop(struct worker *w);
/* It is to go; nothing if there is none.  */
void worker_end(struct worker *w);

#endif
