/*
 * The tracer: runs a subject under ptrace(2) and writes what it does.
 *
 * It is a process of its own.  tracer_start() makes it; from then on events
 * come out of one pipe, and in driven runs choices go into another, as text.
 * When the lab dies the tracer dies (PR_SET_PDEATHSIG), and when the tracer
 * dies every subject dies (PTRACE_O_EXITKILL, and its PID namespace).
 *
 * What the tracer reads, one a line, in driven runs:
 *   CHOICE            see schedule/choice.h; answered by events up to "held"
 *   source on|off     look up file:line at each point from now on
 *   probe             emit a "check" event for every object now
 *   free              let everybody run at full speed, until...
 *   hold              ...everybody is held again
 *   quit              end the subject and the run
 */
#ifndef TRACER_TRACER_H
#define TRACER_TRACER_H

#include "event/event.h"

#include <sys/types.h>

/* What ended a run: one of its bounds that says something of the subject.  */
enum run_bound {
	BOUND_NONE,
	BOUND_FILE,		/* the largest file */
	BOUND_OUTPUT,		/* what it prints */
	BOUND_MEMORY,
	BOUND_TASKS,		/* processes and threads */
	BOUND_TIME,		/* steps, or seconds */
};

/* 0: as it is.  Those marked so hold in searches only.  */
struct tracer_limits {
	int64_t cpu;		/* seconds of processor time, each process */
	int64_t memory;		/* search: bytes that each process touches */
	int64_t file;		/* bytes, the largest file */
	int64_t descriptors;	/* of each process */
	int64_t processes;	/* search: and threads, at once */
	int64_t output;		/* search: bytes that are printed */
	int64_t objects;	/* search: System V objects at once */
	int64_t steps;		/* search: of a run */
	int64_t wall;		/* search: seconds of a run */
};

struct tracer_config {
	char **argv;
	const char *cwd;	/* NULL: the caller's */
	char **env;		/* NULL: the caller's */
	const char *cast;	/* "A=writer,..." or NULL; goes to the header */
	bool driven;		/* hold everybody at points */
	bool looks;		/* driven: looking at names of files and at
				   processes (stat(2), getppid(2) and the like)
				   are points, too, and what they look at; as
				   in searches */
	bool sources;		/* look up sources from the start */
	bool check;		/* probe objects after every event */
	bool keep_terminal;	/* the subject shares our terminal (trace) */
	bool private_pids;	/* driven: a PID namespace where allowed */
	bool isolate;		/* System V and POSIX objects, the network and
				   /dev/shm of its own, as far as allowed; what
				   is not is told by a note */
	const char *left;	/* isolate: list of what it makes outside all
				   that, for left_clear(); or NULL */
	int data_max;		/* bytes of data in events; 0: 32 */
	uint64_t seed;		/* random bytes of a driven run */
	const char *learned;	/* driven: what its threads share, as words
				   (driver.h): accesses to other memory of one
				   process are no points.  NULL: all are */
	const char *tty;	/* the subject's terminal, a pty's slave, or
				   NULL: standard streams are inherited */
	int tty_master;		/* its master, for what choices type; 0: none */
	int output;		/* without a terminal: standard output and
				   error go to this file (driver.c: one of
				   memfd_create(2), on which writes are points
				   as on other files), standard input is empty;
				   0: all three are inherited */
	int input;		/* ... and this is standard input; 0: empty */
	bool confined;		/* searches: the subject is not trusted.  It
				   has no capabilities, these limits, and the
				   calls of sandbox/policy.h fail */
	int processor;		/* its number and 1: where tracer and subject
				   are; 0: where they happen to begin */
	bool alone;		/* ... and nobody else runs as this user
				   here: RLIMIT_NPROC is the subject's */
	struct tracer_limits limits;
	int64_t events_max;	/* beyond this the run is ended; 0: a free run
				   has no bound, a driven one the default */
	int tasks_max;		/* at once, likewise; 0: the default */
};

struct tracer {
	pid_t pid;
	int events;		/* read end */
	int commands;		/* write end, -1 unless driven */
	bool shared_pids;	/* it has no PID namespace of its own */
};

/* Start; 0, or -1 with *why (command not found, not executable, 32-bit,
 * setuid, ptrace forbidden: each says so).  Does not block on the subject. */
int tracer_start(struct tracer *t, const struct tracer_config *c, char **why);

/* End subject and tracer, whatever they are doing, and reap.  */
void tracer_stop(struct tracer *t);

/* Run the tracer in this very process, its events written to fd out; returns
 * when the subject has ended.  *status is a wait status of the subject's
 * first process, -1 when the events could not all be written (-1 is returned
 * then, too).  0, with *why where a bound ended the run.  For `ipclab trace`. */
int tracer_run(const struct tracer_config *c, int out, int *status,
	       char **why);

/* Would tracer_start() refuse the command, or only these words for what is
 * learned (NULL: none)?  0, or -1 with *why.  */
int tracer_refuses_learned(const char *words, char **why);
int tracer_refuses(const struct tracer_config *c, char **why);

#endif
