/*
 * Small classic programs with a failure, and corrected twins, as programs of
 * the model machine.  What they do is told by their names in the literature
 * on testing concurrent programs.
 */
#ifndef TESTS_UNIT_SCHEDULE_CLASSICS_H
#define TESTS_UNIT_SCHEDULE_CLASSICS_H

#include "model.h"

extern const struct program account_bad, account_ok, lazy01_bad, lazy01_ok,
	sync01_ok, deadlock01_bad, reorder3_bad, reorder10_bad, twostage_bad,
	wronglock3_bad, token_ring_bad, queue_bad;

#endif
