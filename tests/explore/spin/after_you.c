/* Wrong: each takes its wish back as long as the other has one.  */
#include "spin.h"

struct shared { atomic_int wants[2], inside; };

static void
work(int me)
{
	atomic_store(&shared->wants[me], 1);
	while (atomic_load(&shared->wants[!me])) {
		atomic_store(&shared->wants[me], 0);
		atomic_store(&shared->wants[me], 1);
	}
	must(atomic_fetch_add(&shared->inside, 1) == 0, "one is inside");
	atomic_fetch_sub(&shared->inside, 1);
	atomic_store(&shared->wants[me], 0);
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
