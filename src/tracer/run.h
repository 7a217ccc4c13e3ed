/*
 * Inside a driver: what its files share.  driver.c runs the subject again and
 * again; position.c says who could do what; remains.c and folder.c see to it
 * that each run begins where the others did.
 */
#ifndef TRACER_RUN_H
#define TRACER_RUN_H

#include "base/left.h"
#include "tracer/driver.h"
#include "tracer/drive.h"
#include "tracer/footprint.h"
#include "tracer/masks.h"
#include "tracer/refused.h"

struct beginning;
struct folder;
struct server;

struct driver {
	struct driver_config config;
	unsigned parts;			/* namespaces of its own */
	struct folder *folder;
	struct folder *temporary;	/* confined: /tmp; NULL */
	char *folder_why;		/* it is not put back, why; NULL */
	struct model *model;		/* place.c; NULL */
	struct source_cache *sources;
	bool *other_program;		/* by actor, in the last run */
	size_t n_other, other_room;
	struct server *server;		/* NULL: each run executes */
	bool may_serve;			/* not found out that it cannot */
	bool may_tell;			/* ... nor for runs that tell events */
	bool may_lend;			/* ... nor that it must not */
	struct learned *learned;
	struct masks masks;
	bool taught;			/* by the last run */
	int input;			/* what it reads, 0: nothing */
	int output;			/* what the subject prints */
	char *text;			/* ... of the last run */
	bool printed;			/* it is not empty */
	int ports;			/* of its own network: namespace.h, -1 */
	size_t text_room;
	int child_signals;
	unsigned long affinity[16];	/* before it was pinned */
	size_t affinity_len;
	char *left_folder, *left_list;	/* where not all parts are its own */

	char (*name)[NAME_MAX_LEN];	/* of actors, by number */
	size_t n_names, name_room;

	/* of the run */
	struct tracing *t;
	struct searching search;
	struct refusals refused;
	struct operation did;
	bool crowded;		/* there is an actor too many */
	struct position position;
	size_t standing_room, alternative_room;
	uint64_t digest;
	bool has_runtime;		/* somebody said hello */
};

/* ---- driver.c ---- */
/* The number of an actor: the same name, the same number.  */
int driver_number(struct driver *d, const char *name);
/* For a run, and what is seen of it, where s->did and s->refused are set; and
 * its end, when no task is left.  */
struct tracing *driver_tracing(struct driver *d, struct searching *s);
void driver_release(struct tracing *t);
/* The subject begins; the next process number after last is its.  */
int driver_execute(struct tracing *t, pid_t last, char **why);
void driver_end_tasks(struct driver *d, struct tracing *t);
/* The next run begins with another.  */
void driver_drop_server(struct driver *d);

/* In waits the timer of the search is on (settle.c).  */
void driver_tick(bool on);

/* ---- confine.c ---- */
/* A file that holds the text, for standard input; -1 with *why.  */
int input_keep(const char *text, char **why);

/* ---- run_begin.c ---- */
/* d->t is the run's; -1 with *why: it could not be started.  */
int driver_begin(struct driver *d, const struct decider *decider, void *with,
	      char **why);

/* ---- run_end.c ---- */
/* The run is over, and nobody was killed yet.  */
void run_end_note(struct driver *d, struct run_end *end);

/* ---- bounds.c ---- */
void bounds_begin(struct driver *d);
/* Each ends the run where it is beyond one of its bounds.  */
void bounds_step(struct driver *d);
void bounds_end(struct driver *d);

/* ---- digest.c ---- */
#define DIGEST_EMPTY UINT64_C(14695981039346656037)
void digest_add(uint64_t *digest, const void *bytes, size_t n);
/* A step: what was chosen, and what it turned out to be.  */
void digest_step(uint64_t *digest, const struct alternative *a,
		 const struct operation *o);

/* ---- place.c: where in the program ---- */
/* The run is over: who ran which program.  */
void place_note(struct driver *d);
void place_free(struct driver *d);

/* ---- position.c ---- */
/* Who stands where, and what can be chosen.  */
void position_look(struct driver *d);
/* The choice that an alternative is.  */
void position_choice(const struct driver *d, const struct alternative *a,
		     struct choice *c);

struct alternative *position_add(struct driver *d, enum alternative_kind kind,
				 const struct standing *s);

/* ---- faults.c ---- */
/* What calls may do that programs tend to forget, as alternatives.  */
void faults_add(struct driver *d);

/* ---- server.c ---- */
/* t's subject was started with t->serves: it runs up to main() and is kept
 * there, and so is t.  NULL: it is no server, and t is as it was.  lends: its
 * memory to runs, where that is safe (lend.h).  heard: its runs tell their
 * events, and what was heard of it is told of each (beginning.h); taken; NULL:
 * they are quiet.  */
struct server *server_start(struct tracing *t, bool lends,
			    struct beginning *heard);
bool server_is_heard(const struct server *s);
/* A run begins, in t, as if its subject had been executed.  -1: it is broken.
 */
pid_t server_fork(struct server *s, struct tracing *t);
/* Nobody of the run lives.  False: the server is not as it was, and no longer
 * of use.  */
bool server_take_back(struct server *s);
pid_t server_pid(const struct server *s);
/* With its t.  */
void server_end(struct server *s);

/* ---- remains.c ---- */
/* All that would outlive the run: counted, then removed.  All have ended.  */
void remains_clear(struct driver *d, struct run_left *left);

/* ---- folder.c: the subject's folder, as it was before each run ---- */
/* A private copy takes the place of the folder, for this process and its
 * children only.  NULL where that cannot be: *why says so, in a sentence.  */
struct folder *folder_open(const char *path, char **why);
/* As it was.  The FIFOs and sockets that were left count.  Costs next to
 * nothing where nothing was changed.  */
void folder_restore(struct folder *f, struct run_left *left);
void folder_close(struct folder *f);

#endif
