/* A lock that is taken in the order of tickets.  */
#include "spin.h"

struct shared { atomic_int next, served, inside; };

static void
lock(int me)
{
	int mine = atomic_fetch_add(&shared->next, 1);

	(void)me;
	while (atomic_load(&shared->served) != mine)
		;
}

static void
unlock(int me)
{
	(void)me;
	atomic_fetch_add(&shared->served, 1);
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
