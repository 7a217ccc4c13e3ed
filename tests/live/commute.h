/*
 * What commute_test.c does to real objects: for each act one or more makers,
 * which do it; for each kind of object a bench, which makes one in several
 * states, counts what is in it, and says how it is at the end.
 *
 * Two actors, processes, do one act each, when they are told.  All that they
 * have in common was there when they were forked.
 */
#ifndef TESTS_LIVE_COMMUTE_H
#define TESTS_LIVE_COMMUTE_H

#include "schedule/dependency.h"

#include "base/buf.h"

struct maker {
	enum act act;
	int object;		/* of the bench's */
	uint64_t from, to;
	int64_t value;
	bool counts;		/* what its touch has is known */
	bool by_parent;		/* done by the parent of the actors */
	bool sleeps;		/* ... until a third comes: have() grows when
				   it is in */
	bool ends;		/* its actor ends by it */
	bool (*can)(int state);	/* in that state it would not sleep; NULL:
				   always */
	void (*prepare)(int actor);	/* by the actor, before; or NULL */
	long (*go)(int actor);	/* its result */
};

struct bench {
	const char *name;
	int states;
	bool shares_table;	/* actors share descriptors, as threads do */
	const struct maker *makers;
	int n_makers;
	void (*make)(int state);
	int64_t (*have)(int object);	/* or NULL */
	void (*release)(void);	/* lets those go who sleep; or NULL */
	/* How it is now, and the end of it.  */
	void (*end)(struct buf *out);
};

/* commute_acts.c, commute_others.c */
extern const struct bench bench_bytes, bench_pipes, bench_queues,
	bench_semaphores, bench_mutex, bench_rwlock, bench_condition,
	bench_barrier, bench_names, bench_folder, bench_inode, bench_signals,
	bench_processes, bench_sockets, bench_counters, bench_table;

/* A folder of the test's own.  */
extern const char *commute_folder;

#endif
