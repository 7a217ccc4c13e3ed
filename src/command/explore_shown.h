/* An exploration as text: a line that moves, and what came of it.  */
#ifndef COMMAND_EXPLORE_SHOWN_H
#define COMMAND_EXPLORE_SHOWN_H

#include "explore/explore.h"

/* The line, without its end.  */
void explore_progress_write(struct buf *out, const struct explore_progress *p);
/* The result; saved: the file that the schedule is in, or NULL.  */
void explore_result_write(struct buf *out, const struct explore_result *r,
			  const char *saved);

#endif
