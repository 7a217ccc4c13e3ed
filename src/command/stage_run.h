/* What `watch` and `replay` share: a session on the stage or as text.  */
#ifndef COMMAND_STAGE_RUN_H
#define COMMAND_STAGE_RUN_H

#include "command/command.h"
#include "session/session.h"

struct stage_run {
	const char *title;
	bool plain;		/* asked for; else where there is no screen */
	bool free;		/* begin at full speed */
	const char *record;	/* file for the recording at the end, or NULL */
	const char *schedule;	/* file for the schedule, or NULL */
	/* stage_set_rebuild(), or NULL.  */
	int (*rebuild)(void *arg, char **why);
	void *rebuild_arg;
};

/* Run until the learner leaves; frees the session.  Returns an exit code: the
 * subject's own where it has one.  */
int stage_run(struct session *s, const struct stage_run *r);

#endif
