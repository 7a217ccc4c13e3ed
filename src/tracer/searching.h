/*
 * Inside the tracer: what a search keeps of the run that it makes, and who
 * notes it.  A run that is no search has none of it.
 */
#ifndef TRACER_SEARCHING_H
#define TRACER_SEARCHING_H

#include "tracer/remains.h"
#include "tracer/tracer.h"

struct task;
struct tracing;
struct operation;	/* schedule/operation.h */
struct refusals;	/* refused.h */

/* System V objects that were made: ids.c.  */
enum { IDS_KINDS = 3 };
struct given {
	int rounds, places;
};

/* A run of a search (driver.c).  Its events are not written.  */
struct searching {
	void (*event)(void *with, const struct event *e);	/* or NULL */
	void *with;
	uint64_t changes;	/* counts up whenever anybody does more than
				   access memory */
	bool stirred;		/* a call was made since all stood still: it
				   may have woken somebody */
	bool deadly;		/* ... or killed */
	struct task *went;	/* whose call the step is, until it has ended */
	struct operation *did;	/* ... and what it was, known then */
	int n_woken;
	struct task *woken[16];	/* sleepers that the step woke, in order */
	int64_t began_ns;	/* bounds.c */
	int64_t busy_ns;
	struct task *busy;	/* who computed for longer without a point */
	uint64_t busy_pc;
	struct task *watched;	/* watch.c: who is not heard of, since when */
	uint64_t watched_move;
	int64_t watched_cpu, watched_used, watched_wall;
	char unsupported[160];	/* the first thing that has a say and is not
				   under control, "" */
	char crash[64];
	struct remains outlived;	/* processes, when the first had ended */
	struct remains kept;	/* descriptors that were not closed: kept.c */
	struct remains inherited;	/* ... and had from a parent */
	bool strict;		/* ... each is one too many */
	bool signals;		/* those that wait are offered as choices */
	bool serving;		/* a server is wanted, and held */
	bool has_runtime;	/* somebody was built with `ipclab cc` */
	struct given given[IDS_KINDS];
	bool networked;		/* it has had a socket of the network */
	char note[160];		/* the first thing that is not under control */
	char plain[160];	/* programs without the runtime: words */
	bool made;		/* an object that may outlive the run */
	bool named;		/* ... or a name of a file */
	struct refusals *refused;	/* by the policy: refused.h */
	int n_refused;
	uint64_t files;		/* in memory, without a name, made so far */
	enum run_bound bound;	/* what over says, in a word */
	bool on_the_way;	/* it was reached within a step */
	bool taught;		/* it was not known that something is shared */
};

/* ---- notice.c: in a search ---- */
/* A task has ended.  */
void search_ended(struct tracing *t, struct task *k, int status);
bool search_siblings(struct tracing *t, const struct task *k);
/* A process is done with its program.  */
void search_program(struct tracing *t, const struct task *k);
bool search_leaves(const struct task *k);
/* It has woken, and sleeps on: a signal that it ignores stopped it for us.  */
bool search_sleeps_on(const struct task *k);
/* A task is before a call.  */
void search_entry(struct tracing *t, const struct task *k);
/* A signal was sent by us, or the like: somebody may move, or be gone.  */
void search_stir(struct tracing *t);

/* ---- kept.c: in a search: descriptors that are never closed ---- */
/* The call has ended: what it has opened and what it used is noted.  */
void kept_call(struct tracing *t, struct task *k);
/* It executes another program: what is open goes with it.  */
void kept_exec(struct tracing *t, struct task *k);
/* A task ends, and its table is as it leaves it.  */
void kept_end(struct tracing *t, struct task *k, int status);
void kept_free(struct tracing *t);

/* ---- ids.c: in a search ---- */
/* The next object of this kind (base/left.h) that is made gets the number that
 * it would have if this were the first run.  */
void ids_next(struct tracing *t, int kind);

#endif
