/*
 * Work: orders, carried out with one driver.  This is what a runner does; it
 * knows nothing of processes and pipes.
 *
 * An answer is told by calling tell().  It is borrowed for the call.
 */
#ifndef EXPLORE_WORK_H
#define EXPLORE_WORK_H

#include "explore/attempt.h"
#include "explore/message.h"

struct work;
typedef void work_tell(void *with, const struct answer *a);

/* NULL with *why.  config is borrowed.  The program is run once, straight on;
 * that run is not judged.  */
struct work *work_open(const struct explore_config *config, work_tell *tell,
		       void *with, char **why);
/* What is known so far, added to out (driver_learned_write()).  */
void work_learned(const struct work *w, struct buf *out);
/* 0, its last answer is FAILURE or END.  -1 with *why: no run was possible. */
int work_do(struct work *w, const struct order *o, char **why);
void work_close(struct work *w);

#endif
