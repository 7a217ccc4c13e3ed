/*
 * The log: the events of one run, in memory as their lines, with an index;
 * parsed when looked at.  A million events cost their text and 8 bytes each.
 */
#ifndef EVENT_LOG_H
#define EVENT_LOG_H

#include "event/event.h"

struct log;

struct log *log_new(void);
void log_free(struct log *log);

/* Open a recording.  A line cut short at the end (the lab was killed) is
 * left out and said in log_warning().  NULL with *why when the file is not a
 * recording, or of another version.  The lines stay on disk and are read as
 * needed: opening 1,000,000 events takes well under 2 s and 300 MB.  */
struct log *log_open(const char *path, char **why);
const char *log_warning(const struct log *log);	/* NULL: none */

const struct header *log_header(const struct log *log);
void log_set_header(struct log *log, const struct header *h);

/* Append a line as it came (with or without newline).  */
void log_append(struct log *log, const char *line, size_t len);
/* Forget all events after the first n.  */
void log_truncate(struct log *log, uint64_t n);

uint64_t log_count(const struct log *log);
/* The event number n (from 1).  Borrowed, until the next call of log_*.
 * NULL with *why if the line is damaged: says which line.  */
const struct event *log_at(struct log *log, uint64_t n, char **why);

/* What event n is, without the cost of parsing it; WHAT_NONE: damaged.  */
enum what log_what(struct log *log, uint64_t n);

/* Write header and events to a file, by rename.  0 or -1 with *why.  */
int log_save(struct log *log, const char *path, char **why);

#endif
