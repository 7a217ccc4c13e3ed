/*
 * Figures as JSON (docs/bench.md), and the last ones of this user, kept in
 * $XDG_STATE_HOME/ipclab/bench.json.
 */
#ifndef BENCH_RECORD_H
#define BENCH_RECORD_H

#include "bench/bench.h"

enum { RECORD_VERSION = 1 };

/* One JSON object, indented, with a line end.  */
void record_write(struct buf *out, const struct figures *f);
/* 0, or -1 with *why; f need not be released then.  */
int record_read(struct figures *f, const char *text, size_t len, char **why);

/* Keep these as the last ones; 0, or -1 with *why.  */
int record_keep(const struct figures *f, char **why);
/* The last ones.  0; -1 with *why: there are none, or they cannot be read. */
int record_last(struct figures *f, char **why);

#endif
