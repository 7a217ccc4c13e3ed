/*
 * Trying what this machine allows: for `ipclab doctor`, and for lessons that
 * need something.
 */
#ifndef BASE_TRIAL_H
#define BASE_TRIAL_H

#include "base/buf.h"

/* Run trial() in a child of its own, which then ends: nothing that it does
 * to itself stays.  0, or the errno value that it returned.  */
int trial_run(int (*trial)(void));

/* The same, reported: found says "yes" or the error.  */
bool trial_report(struct buf *found, int error);

#endif
