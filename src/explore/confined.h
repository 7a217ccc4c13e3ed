/*
 * A runner in a sandbox: this very program, started in it by bwrap(1) with the
 * hidden word --runner.  It is told first what to run, then gets orders like
 * any other (message.h).
 */
#ifndef EXPLORE_CONFINED_H
#define EXPLORE_CONFINED_H

#include "explore/explore.h"

#define CONFINED_WORD "--runner"

/* Start it; fd is its end of the connection.  What it shall run is added to
 * first, to be sent to it.  -1 with *why.  */
pid_t confined_start(const struct explore_config *c, int fd,
		     struct buf *first, char **why);

/* In the sandbox: take the line from the connection; -1 with *why.  c is to be
 * released by config_release().  */
int confined_read(struct explore_config *c, int fd, char **why);

#endif
