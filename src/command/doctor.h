/*
 * The doctor's checks.  Each looks at one thing of this machine, by trying it
 * wherever that can be done without leaving a trace, and says in one phrase
 * what it found.  What follows from that for the user stands in the tables
 * of doctor_machine.c (the kernel), doctor_system.c (processes) and doctor_user.c (terminal, folders, programs).
 */
#ifndef COMMAND_DOCTOR_H
#define COMMAND_DOCTOR_H

#include "base/buf.h"

struct check {
	const char *name;	/* stable: scripts look for it */
	bool needed;		/* the lab cannot run without */
	bool (*look)(struct buf *found);	/* is all well? */
	const char *good;	/* N_(): what follows if so */
	const char *bad;	/* N_(): and if not */
};

/* Each ended by a NULL name.  */
extern const struct check doctor_machine[];
extern const struct check doctor_system[];
extern const struct check doctor_user[];

/* doctor_try.c: for the checks. */

/* The first line of a program's output, without its input or errors.  False
 * when there is no such program or it exits with another status than 0.  */
bool doctor_run(const char *const *argv, struct buf *line);

/* The first line of a file, false if it cannot be read.  */
bool doctor_line(const char *path, struct buf *line);

#endif
