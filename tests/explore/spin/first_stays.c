/* As retreat.c, but who came first stays: the other goes round alone, for ever
 * only in an order that is unfair.  */
#include "spin.h"

struct shared { atomic_int inside, passed; };

static void
work(int me)
{
	(void)me;
	while (atomic_fetch_add(&shared->inside, 1) != 0)
		atomic_fetch_sub(&shared->inside, 1);
	atomic_fetch_add(&shared->passed, 1);
	atomic_fetch_sub(&shared->inside, 1);
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
