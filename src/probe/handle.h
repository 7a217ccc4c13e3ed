/*
 * Handles on another process: a duplicate of one of its descriptors, and the
 * sentence why the kernel refuses one.  For the files of probe/ only, and for timers
 * on the virtual clock (tracer/virtual_timerfd.c).
 *
 * Pidfds are kept for the processes asked about last, so that a probe after
 * every event costs one call.  A process number that is used again cannot
 * deceive: the old pidfd answers ESRCH and is opened anew.
 */
#ifndef PROBE_HANDLE_H
#define PROBE_HANDLE_H

#include "base/base.h"

#include <sys/types.h>

/* A duplicate of descriptor fd of process pid (pidfd_getfd(2)), close-on-exec,
 * the caller's to close: soon, because it holds the open file description, so
 * an end of a pipe counts as open for as long.  -1 with *why.
 *
 * Where pidfd_getfd is forbidden (containers do that) it is the same file
 * opened anew in the same mode; that serves for pipes, files and terminals.
 * So ask *flags, not fcntl(2), for the flags (F_GETFL) that the subject's
 * descriptor has.  */
int handle_take(pid_t pid, int fd, int *flags, char **why);

struct pollfd;
/* poll(2) of one descriptor, without waiting: 1 ready, 0 not, -1 with errno.
 * A signal that comes meanwhile, as the timer of a search does, would break it
 * off where nothing is ready: then it is made again.  */
int handle_poll(struct pollfd *p);

/* The sentence for an errno value that the kernel gave when asked about
 * process pid.  Stores it in *why, returns -1.  */
int handle_refused(pid_t pid, int error, char **why);

#endif
