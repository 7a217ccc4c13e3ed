/*
 * More objects of the model machine: read-write locks, barriers, message
 * queues, the ends of channels, counters, children, sets of semaphores, a file
 * with an offset, signals that are blocked and waited for.  For model.c.
 */
#ifndef TESTS_UNIT_SCHEDULE_OBJECTS_H
#define TESTS_UNIT_SCHEDULE_OBJECTS_H

#include "model.h"

bool objects_have(enum code code);
/* Add the touches of the instruction that actor i is before.  */
void objects_operation(const struct machine *m, const struct program *p,
		       int i, struct operation *o);
bool objects_would_sleep(const struct machine *m, const struct program *p,
			 int i);
/* Do it.  False: the actor is inside now, asleep.  */
bool objects_do(struct machine *m, const struct program *p, int i,
		struct done *d);
/* What comes with the end of an actor: touches, and what becomes of it.  */
void objects_end_operation(const struct machine *m, const struct program *p,
			   int i, struct operation *o);
void objects_end(struct machine *m, const struct program *p, int i);
/* Has it the end of the channel that it asks for?  Else it fails.  */
bool objects_may_use(const struct machine *m, int i,
		     const struct instruction *in);
/* Ends of a channel that are open.  */
int objects_readers(const struct machine *m, const struct program *p, int a);
int objects_writers(const struct machine *m, const struct program *p, int a);

#endif
