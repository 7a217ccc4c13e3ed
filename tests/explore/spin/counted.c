/* A lock that is tried until it works; each counts how often, for itself.  */
#include "spin.h"

struct shared { atomic_int taken, inside; };

static void
lock(int me)
{
	static _Thread_local int rounds[64];
	volatile int tries = 0;

	while (atomic_exchange(&shared->taken, 1)) {
		tries++;
		rounds[me]++;
	}
}

static void
unlock(int me)
{
	(void)me;
	atomic_store(&shared->taken, 0);
}

static void
work(int me)
{
	lock(me);
	must(atomic_fetch_add(&shared->inside, 1) == 0, "one is inside");
	atomic_fetch_sub(&shared->inside, 1);
	unlock(me);
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
