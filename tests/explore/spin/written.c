/* As unwritten.c, but each is told by the other.  */
#include "spin.h"

struct shared { struct { atomic_int ready, unused[15]; } of[2]; };

static void
work(int me)
{
	atomic_store(&shared->of[!me].ready, 1);
	while (!atomic_load(&shared->of[me].ready))
		;
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
