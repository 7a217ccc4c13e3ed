/* Wrong: each waits for memory of its own, which nobody ever writes.  */
#include "spin.h"

struct shared { struct { atomic_int ready, unused[15]; } of[2]; };

static void
work(int me)
{
	while (!atomic_load(&shared->of[me].ready))
		;
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
