/*
 * Signals while the terminal is taken.  Those that end the lab restore the
 * terminal, then say so, then are raised again, so that whoever started the
 * lab sees the true end.  Those that do not (^Z, a resize) become bytes in a
 * pipe, for the event loop.
 */
#ifndef TERM_SIGNALS_H
#define TERM_SIGNALS_H

#include "base/base.h"

#include <sys/types.h>

/* How to give the terminal back without curses: bytes to write and modes to
 * set; all async-signal-safe.  */
void restore_prepare(const char *bytes, size_t n);
void restore_now(void);
/* Is the terminal taken?  The guard reads this in another process.  */
void restore_set_taken(bool taken);
bool restore_is_taken(void);

void signals_start(void);
void signals_stop(void);
int signals_fd(void);		/* readable: something has come */

/* What has come since the last call.  */
void signals_take(bool *resized, bool *suspend);
/* Stop like every other program does at SIGTSTP; returns when continued.
 * pid as for kill(2).  */
void signals_suspend(pid_t pid);

/* guard.c: a small process that gives the terminal back when the lab is
 * killed with SIGKILL, which no handler sees.  */
void guard_start(void);
void guard_stop(void);

#endif
