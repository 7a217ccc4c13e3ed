/* Wrong: each waits for what only the other would set, and looks for it again
 * and again.  */
#include "spin.h"

struct shared { atomic_int ready[2]; };

static void
work(int me)
{
	while (!atomic_load(&shared->ready[!me]))
		;
	atomic_store(&shared->ready[me], 1);
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
