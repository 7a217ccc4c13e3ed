/* What the files of semaphores share; nobody else includes it.  */
#ifndef WORLD_SEMAPHORE_H
#define WORLD_SEMAPHORE_H

#include "world/world.h"

enum { SEMAPHORE_OPS = 16 };	/* of one semop that are looked at */

struct semaphore_op {
	int num;
	int64_t op;
	bool undo, nowait;
};

/* The operations of a semop, as its arguments have them; their number.  */
int semaphore_ops(const char *args, struct semaphore_op *op, int max);
/* How many there are: an event tells only the first.  */
int semaphore_ops_all(const char *args, int told);
/* Under whom is counted what the actor takes?  */
int semaphore_holder(const struct world *w, int object, int actor);
/* POSIX: was it made for the threads of one process (pshared 0)?  */
bool semaphore_is_of_one(const struct world *w, int object);

#endif
