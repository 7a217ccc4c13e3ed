/* Wrong: who has the one lock tries the other until it works.  */
#include "spin.h"

struct shared { atomic_int taken[2]; };

static void
take(int which)
{
	while (atomic_exchange(&shared->taken[which], 1))
		sched_yield();
}

static void
work(int me)
{
	take(me);
	take(!me);
	atomic_store(&shared->taken[!me], 0);
	atomic_store(&shared->taken[me], 0);
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
