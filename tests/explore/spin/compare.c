/* A lock that is taken by a comparison and an exchange.  */
#include "spin.h"

struct shared { atomic_int taken, inside; };

static void
lock(int me)
{
	int is_free = 0;

	while (!atomic_compare_exchange_weak(&shared->taken, &is_free, me + 1))
		is_free = 0;
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
