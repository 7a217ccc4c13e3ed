/*
 * Every interleaving of a program of the model machine, without any cunning:
 * the ends that it can come to.
 */
#ifndef TESTS_UNIT_SCHEDULE_EVERY_H
#define TESTS_UNIT_SCHEDULE_EVERY_H

#include "model.h"

/* A set of ends; an end is what it looks like at the end, and whether it was
 * stuck, as a number.  */
struct ends {
	uint64_t *end;
	size_t n, room;
};

uint64_t end_of(const struct machine *m, const struct program *p);
void ends_add(struct ends *e, uint64_t end);
bool ends_have(const struct ends *e, uint64_t end);
void ends_release(struct ends *e);
/* Ends with at most so many preemptions (-1: any number) and faults; where
 * only a fault could go on is one too.  False:
 * there are more than states_max states on the way.  */
bool ends_of(const struct program *p, int preemptions, int faults,
	     size_t states_max, struct ends *to);

#endif
