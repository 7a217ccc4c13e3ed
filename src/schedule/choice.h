/*
 * A choice: what the learner (or a strategy) decides at a point.  In text,
 * as it stands in schedules, in events of kind choice, and in what the lab
 * tells the tracer:
 *
 *   go A            A goes on to its next point
 *   signal A SIGINT A gets this signal now, from outside
 *   deliver A SIGUSR1  A, held before a call, gets this signal, which waits
 *                   for it, before it makes the call
 *   cut A 100       A goes on, and its read or write moves at most 100 bytes
 *   expire A        the time that A waits for is over (sleep, time-out)
 *   fail A ENOSPC   A goes on, and its call fails with this error, which its
 *                   manual page permits, without having been made
 *   wake A          A goes on, and its pthread_cond_wait(3) ends at once,
 *                   although nobody signalled
 *   type "yes\n"    these bytes are typed at the subject's terminal
 *   run             the default: go on with who went last, else with the
 *                   first that can (written to schedules as what it chose)
 */
#ifndef SCHEDULE_CHOICE_H
#define SCHEDULE_CHOICE_H

#include "event/event.h"

enum choice_kind {
	CHOICE_GO,
	CHOICE_SIGNAL,
	CHOICE_DELIVER,
	CHOICE_CUT,
	CHOICE_EXPIRE,
	CHOICE_FAIL,
	CHOICE_WAKE,
	CHOICE_TYPE,
	CHOICE_RUN,		/* never reaches the tracer: a session says
				   which actor that is */
};

struct choice {
	enum choice_kind kind;
	char actor[NAME_MAX_LEN];	/* "" for type */
	int number;			/* signal, bytes for cut, errno value */
	int typed_len;
	char typed[256];
};

/* Append the text of a choice, no newline.  */
void choice_write(struct buf *out, const struct choice *c);
/* Parse; 0, or -1 with *why.  */
int choice_parse(const char *text, struct choice *c, char **why);
bool choice_equal(const struct choice *a, const struct choice *b);

#endif
