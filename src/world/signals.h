/*
 * Signals: what was sent and waits, what is blocked, what happens when one
 * comes, who is in a handler.  (signal(7))
 *
 * What an actor does with a signal belongs to its process, and all threads
 * share it; what is blocked is each thread's own.  Both have a list of what
 * waits.  Where the kernel showed its lists, they are the kernel's.
 */
#ifndef WORLD_SIGNALS_H
#define WORLD_SIGNALS_H

#include "event/sigset.h"
#include "world/world.h"

enum { HANDLERS_MAX = 8 };

struct waiting_signal {
	int signal;
	int64_t value;		/* sent along with it; NO_VALUE */
	int from;		/* actor, -1: the kernel, or not known */
	uint64_t n;		/* event that sent it; 0 */
};

struct waiting_list {
	size_t n, room;
	struct waiting_signal *item;	/* in the order in which they would be
					   delivered: the lowest number first,
					   of one number the first sent */
};

/* Of a process.  */
struct dispositions {
	int refs;		/* threads */
	uint64_t ignored, caught;	/* by SIG_IGN, by a handler */
	uint64_t restart, one_shot, no_defer;	/* SA_RESTART and so on */
	uint64_t mask[SIGNAL_LAST + 1];	/* blocked while the handler runs */
	uint64_t set_n[SIGNAL_LAST + 1];	/* event that said so; 0 */
	struct waiting_list waiting;
};

/* Of a thread.  */
struct signals {
	struct dispositions *process;
	uint64_t blocked;
	uint64_t blocked_n;	/* event by which it said so; 0: inherited */
	struct waiting_list waiting;	/* for this thread alone */
	int depth;		/* handlers that have begun and not returned */
	int handler[HANDLERS_MAX];	/* their signals, the first kept */
	uint32_t sent[SIGNAL_LAST + 1];	/* to it, by actors */
	uint32_t delivered[SIGNAL_LAST + 1];
	uint8_t early[SIGNAL_LAST + 1];	/* free runs: delivery told before
					   the sending */
};

/* Those that wait for the actor: its own and then its process's.  NULL: there
 * is no i-th.  */
const struct waiting_signal *world_waiting(const struct world *w, int actor,
					   int i);
/* How many of this signal (0: of any) wait for it.  */
int world_pending(const struct world *w, int actor, int signal);
/* The set that is blocked now; in sigsuspend(2) the one that it brings.  */
uint64_t world_blocked(const struct world *w, int actor);
/* The signal that would be delivered first, were the actor let go; 0: none. */
int world_deliverable(const struct world *w, int actor);
/* The signal in whose handler it is, the innermost; 0: in none.  */
int world_in_handler(const struct world *w, int actor);

#endif
