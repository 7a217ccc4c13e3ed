/* Peterson's lock.  */
#include "spin.h"

struct shared { atomic_int turn, wants[2], inside; };

static void
lock(int me)
{
	atomic_store(&shared->wants[me], 1);
	atomic_store(&shared->turn, !me);
	while (atomic_load(&shared->wants[!me]) &&
	       atomic_load(&shared->turn) == !me)
		;
}

static void
unlock(int me)
{
	atomic_store(&shared->wants[me], 0);
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
