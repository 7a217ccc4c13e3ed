/* Wrong: the lock is looked at, and then taken.  */
#include "spin.h"

struct shared { atomic_int taken, inside; };

static void
work(int me)
{
	(void)me;
	while (atomic_load(&shared->taken))
		;
	atomic_store(&shared->taken, 1);
	must(atomic_fetch_add(&shared->inside, 1) == 0, "one is inside");
	atomic_fetch_sub(&shared->inside, 1);
	atomic_store(&shared->taken, 0);
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
