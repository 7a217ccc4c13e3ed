/*
 * A tracer without processes: it speaks the tracer's protocol (tracer.h) and
 * plays two actors and a pipe, by itself, so that the session can be tested
 * with runs that do exactly what a test wants, and with faults.
 *
 * A program is a text of one letter a call:
 *   P pipe2      F fork (once)   w write 1 byte   r read 1 byte
 *   W wait4      s sleep         g prints its id  X exits with 0
 *   t reads a line from the terminal              p prints there
 *   Z computes for ever: never comes to its next point
 */
#ifndef TESTS_UNIT_FAKE_TRACER_H
#define TESTS_UNIT_FAKE_TRACER_H

#include "session/inside.h"

enum { FAKE_ROOM = 2 };		/* bytes that its pipe holds */

struct fake {
	const char *program[2];	/* of A and of A.1 */
	int runs;		/* tracers started so far */
	int first_pid;		/* A's; each run adds 1000 to it */
	/* Faults, all at the first event of that step; 0: never.  */
	int die_at;
	int garble_at;
	int differ_at;		/* from the second run on: writes give 0 */
	bool refuse;		/* does not start */
};

extern struct fake fake;
extern const struct tracer_ops fake_ops;

#endif
