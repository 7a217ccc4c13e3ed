/*
 * What each mechanism gives: the one table of features.  Lesson 12 and
 * `ipclab bench --features` show it, the adviser decides by its traits.
 *
 * Cells are short texts for people, translated where they are shown; the
 * last word on each row has the manual page that it cites.  Values of limits
 * are Linux's defaults.
 */
#ifndef BENCH_FEATURES_H
#define BENCH_FEATURES_H

#include "bench/bench.h"

enum feature {
	FEATURE_RELATION,	/* who can meet */
	FEATURE_DIRECTION,
	FEATURE_BOUNDARIES,
	FEATURE_NAMING,
	FEATURE_CAPACITY,
	FEATURE_PERSISTENCE,
	FEATURE_COPIES,
	FEATURE_MACHINES,
	FEATURE_POLL,
	FEATURE_ORDER,		/* and priorities */
	FEATURE_SYNC,		/* is waiting built in? */
	FEATURE_LIMITS,
	FEATURE_MAX
};

/* What the adviser asks of a mechanism: bits.  */
enum trait {
	TRAIT_UNRELATED = 1 << 0,	/* strangers can meet by a name */
	TRAIT_MACHINES = 1 << 1,
	TRAIT_MESSAGES = 1 << 2,	/* their boundaries are kept */
	TRAIT_STREAM = 1 << 3,		/* bytes without end */
	TRAIT_STATE = 1 << 4,		/* looked at, and still there */
	TRAIT_SIGN = 1 << 5,		/* "something has happened" */
	TRAIT_MANY_WRITERS = 1 << 6,	/* into one, and nothing is mixed */
	TRAIT_MANY_READERS = 1 << 7,	/* each takes some of it */
	TRAIT_ALL_READERS = 1 << 8,	/* each sees all of it */
	TRAIT_POLL = 1 << 9,		/* a descriptor for poll(2) */
	TRAIT_SURVIVES = 1 << 10,	/* data outlive the processes */
	TRAIT_WAITS = 1 << 11,		/* the receiver can sleep */
	TRAIT_SAFE = 1 << 12,		/* nothing is lost or mixed up */
	TRAIT_OWN_WORK = 1 << 13,	/* the program must synchronise */
	TRAIT_STAYS = 1 << 14,		/* it stays behind when forgotten */
};

struct feature_row {
	const char *name;	/* as in mechanism_def, or its own */
	const char *title;	/* N_() */
	int mechanism;		/* whose figures; -1: not measured */
	unsigned traits;
	const char *cites;	/* "pipe(7)" */
	const char *cell[FEATURE_MAX];	/* N_() */
	uint32_t most;		/* bytes of a message by default; 0: any */
};

extern const struct feature_row feature_rows[];
extern const size_t n_feature_rows;

const char *feature_title(enum feature f);	/* translated */
/* By the name that lessons use: "boundaries".  FEATURE_MAX: none.  */
enum feature feature_named(const char *name, size_t len);
const char *feature_name(enum feature f);
const struct feature_row *feature_row_of(enum mechanism m);

/* The table as Markdown: as many tables as it takes to have at most so many
 * columns beside the name, under headings of the given level (0: none);
 * the manual pages stand in the last of them.  */
void features_markdown(struct buf *out, int columns, int heading);
/* The same for some features only (bits), without headings.  */
void features_markdown_some(struct buf *out, unsigned features, int columns);

#endif
