/* As after_you.c, but only who has not the turn takes its wish back: Dekker's
 * algorithm.  */
#include "spin.h"

struct shared { atomic_int wants[2], turn, inside; };

static void
lock(int me)
{
	atomic_store(&shared->wants[me], 1);
	while (atomic_load(&shared->wants[!me])) {
		if (atomic_load(&shared->turn) == me)
			continue;
		atomic_store(&shared->wants[me], 0);
		while (atomic_load(&shared->turn) != me)
			;
		atomic_store(&shared->wants[me], 1);
	}
}

static void
work(int me)
{
	lock(me);
	must(atomic_fetch_add(&shared->inside, 1) == 0, "one is inside");
	atomic_fetch_sub(&shared->inside, 1);
	atomic_store(&shared->turn, !me);
	atomic_store(&shared->wants[me], 0);
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
