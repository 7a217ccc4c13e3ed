/*
 * A learner at work on an exercise: the files are judged when the learner
 * asks, and again whenever they are saved; the last result stands until the
 * next one is there.  The lab's screen and `ipclab exercise check` are this.
 *
 *	p = practice_new(&e, folder, &options);
 *	practice_check(p);
 *	for (;;) { poll(practice_fds(p)); if (practice_advance(p)) show(p); }
 *	practice_free(p);
 *
 * Nothing here blocks.
 */
#ifndef EXERCISE_PRACTICE_H
#define EXERCISE_PRACTICE_H

#include "exercise/judge.h"

struct practice;

enum { PRACTICE_FDS_MAX = 64 };	/* that practice_fds() may name */

/* folder is the learner's workspace, copied; e is borrowed.  o->sandboxed and
 * o->breaker are decided here.  Never fails.  */
struct practice *practice_new(const struct exercise *e, const char *folder,
			      const struct judge_options *o);
void practice_free(struct practice *p);

/* Judge the files as they are now.  What is being judged is given up.  */
void practice_check(struct practice *p);
/* Judge them anew by itself whenever they are saved.  */
void practice_watch(struct practice *p);
/* End what is being judged with what it has; once is enough.  */
void practice_interrupt(struct practice *p);

int practice_fds(const struct practice *p, struct pollfd *fds, int room);
/* Go on; true: there is something new to be shown.  */
bool practice_advance(struct practice *p);

bool practice_is_checking(const struct practice *p);
/* Of what is being judged; false: nothing is.  */
bool practice_progress(const struct practice *p, struct judge_progress *out);
/* Of the last that came to an end; NULL: none has.  It stands until the next
 * practice_advance().  */
const struct result *practice_result(const struct practice *p);
/* How many came to an end.  */
unsigned practice_count(const struct practice *p);

/* Lay the failing run of the last result into the workspace, a schedule and
 * its program, for the stage.  The schedule's path, the caller's; NULL: there
 * is none, or it cannot be kept (*why may be NULL).  */
char *practice_keep_failure(struct practice *p, char **why);

/* Where the last result says that the learner's schedule broke the program,
 * keep it (found.h), for the exercise that mends that: its name, the caller's,
 * "" where there is none.  NULL: it says nothing of that kind.  *why is set
 * where the schedule could not be kept.  */
char *practice_keep_found(struct practice *p, char **why);

#endif
