/* A lock that is looked at until it is free, and then exchanged.  */
#include "spin.h"

struct shared { atomic_int taken, inside; };

static void
lock(int me)
{
	(void)me;
	do
		while (atomic_load(&shared->taken))
			;
	while (atomic_exchange(&shared->taken, 1));
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
