/*
 * Bench: what each mechanism costs on this machine.
 *
 * For every mechanism two things are measured: how long a message takes
 * there and back (latency), and how many bytes go through in a second when
 * one side only sends (throughput); each by the size of the message, with
 * both processes on one processor and on two.
 *
 * How: bench_run() makes, for each such cell, a process that owns all that
 * is made (host.c), and from that the two that talk (near.c, far.c).  All
 * of them die with the lab, however it ends.  The whole list of cells is
 * gone through several times, so that what else the machine does falls on
 * all of them alike, and an interrupted run has something of everything.
 *
 * What counts: of the rounds' medians the best one; the 99th percentile is
 * that of all samples of all rounds, for disturbances belong to it.  What
 * the clock costs is measured and told, not subtracted.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "base/buf.h"

#include <signal.h>
#include <sys/types.h>
#include <time.h>

enum mechanism {
	MECH_PIPE,
	MECH_FIFO,
	MECH_UNIX_STREAM,
	MECH_UNIX_DATAGRAM,
	MECH_UNIX_SEQPACKET,
	MECH_TCP,
	MECH_UDP,
	MECH_SYSV_QUEUE,
	MECH_POSIX_QUEUE,
	MECH_SHM_FUTEX,
	MECH_SHM_POSIX,
	MECH_SHM_SYSV,
	MECH_EVENTFD,
	MECH_SIGNAL,
	MECH_VM_READ,
	MECH_FILE,
	MECH_MAX
};

enum placement { PLACE_ONE, PLACE_TWO, PLACE_MAX };	/* processors */
enum figure { FIGURE_LATENCY, FIGURE_THROUGHPUT, FIGURE_MAX };

enum { SIZES = 11, QUICK_STEP = 2 };
extern const uint32_t bench_sizes[SIZES];	/* bytes: powers of 4 */

/* One cell: this much, at this size.  */
struct point {
	double value;	/* ns there and back; bytes a second; 0: nothing */
	double p99;	/* latency: ns; 0: too few samples to tell */
	uint32_t samples, rounds;
};

struct line {
	bool measured;		/* some point of it is there */
	char *why;		/* it did not work here: a sentence; or NULL */
	/* Messages of at most so many bytes go; 0: no limit met.  */
	uint32_t largest;
	struct point point[FIGURE_MAX][PLACE_MAX][SIZES];
};

/* The figures of one run, with all that one must know to read them.  */
struct figures {
	int64_t when;		/* seconds since 1970 */
	char kernel[128], machine[32], processor[128];
	char file_system[24];	/* of the file of MECH_FILE */
	uint32_t n_processors;
	int on[PLACE_MAX];	/* the second one is -1: there is only one */
	bool siblings;		/* the two are halves of one core */
	bool pinned;
	double clock_ns;	/* what one look at the clock costs */
	double seconds;		/* it took so long */
	uint32_t rounds;	/* through all cells */
	bool complete, quick;
	struct line line[MECH_MAX];
};

void figures_release(struct figures *f);

/* The table of mechanisms, for whoever shows them.  */
struct mechanism_def {
	const char *name;	/* "unix-stream": options, JSON */
	const char *title;	/* N_(): at most 24 cells */
	const char *note;	/* N_(): what was measured, in a sentence;
				   NULL: as with all */
	const char *limit;	/* N_(): why larger ones do not go, or NULL */
};
const struct mechanism_def *mechanism_def(enum mechanism m);
/* MECH_MAX: there is none; *why names the nearest.  */
enum mechanism mechanism_named(const char *name, char **why);

/* What to measure.  */
struct bench_plan {
	double seconds;		/* for all of it */
	bool quick;		/* one round, every other size */
	bool only[MECH_MAX];	/* all false: all mechanisms */
};

struct bench_progress {
	double part;		/* 0 to 1 */
	double seconds, left;
	enum mechanism mechanism;
	enum placement placement;
	enum figure figure;
	uint32_t size;
};

/* Measure.  tell() is called before each cell; *stop (of a signal handler)
 * ends it early with what there is: complete is false then.  0, or -1 with
 * *why: nothing can be measured here at all.  */
int bench_run(struct figures *f, const struct bench_plan *plan,
	      void (*tell)(void *arg, const struct bench_progress *p),
	      void *arg, const volatile sig_atomic_t *stop, char **why);

/* The point, or NULL where there is nothing.  */
const struct point *figures_point(const struct figures *f, enum mechanism m,
				  enum figure figure, enum placement place,
				  int size);
/* Why there is nothing: a sentence without full stop, in out.  */
void figures_lack(const struct figures *f, enum mechanism m,
		  enum figure figure, int size, struct buf *out);

#endif
