/*
 * Sets of signals: bit 0 is signal 1, as in the kernel.  In text as strace
 * has them: "[USR1 CHLD]", "[]", and with few missing "~[KILL STOP]".
 */
#ifndef EVENT_SIGSET_H
#define EVENT_SIGSET_H

#include "base/buf.h"

enum { SIGNAL_LAST = 64 };	/* of Linux; 1 is the first */

static inline uint64_t
sigset_bit(int signal)
{
	return signal >= 1 && signal <= SIGNAL_LAST
	       ? UINT64_C(1) << (signal - 1) : 0;
}

static inline bool
sigset_has(uint64_t set, int signal)
{
	return set & sigset_bit(signal);
}

void sigset_write(struct buf *out, uint64_t set);
/* False, and *set unchanged, when the text is no set.  */
bool sigset_parse(const char *text, uint64_t *set);

#endif
