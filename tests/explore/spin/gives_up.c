/* Wrong: who does not get the lock in five tries goes on without.  */
#include "spin.h"

struct shared { atomic_int taken, inside; };

static void
work(int me)
{
	(void)me;
	for (int i = 0; i < 5; i++)
		if (!atomic_exchange(&shared->taken, 1))
			break;
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
