/*
 * Names of errno values and signals, as in the manual pages: the C library
 * has them (strerrorname_np(3), sigabbrev_np(3)) one way only.
 */
#ifndef EVENT_NAMES_H
#define EVENT_NAMES_H

/* "EPIPE"; "E1234" for a number nobody knows.  A static buffer holds it.  */
const char *errno_name(int error);
int errno_number(const char *name);	/* -1: no such name */
/* "SIGPIPE", "SIGRTMIN+3"; stays valid.  */
const char *signal_name(int signal);
int signal_number(const char *name);	/* with or without SIG; -1 */

#endif
