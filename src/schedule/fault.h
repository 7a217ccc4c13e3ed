/* Faults that a search puts in, and the manual pages that permit them.  */
#ifndef SCHEDULE_FAULT_H
#define SCHEDULE_FAULT_H

#include "schedule/strategy.h"

/* "read moved 1 byte (read(2): ...)" into out, translated; nothing where it
 * is no fault.  call: what it was done to.  */
void fault_write(struct buf *out, enum alternative_kind kind, const char *call,
		 int number);

#endif
