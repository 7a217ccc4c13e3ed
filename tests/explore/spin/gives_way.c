/* As retreat.c, but each gives up after many tries: they do the same as before
 * again and again, and come to an end all the same.  */
#include "spin.h"

struct shared { atomic_int inside, passed; };

static void
work(int me)
{
	(void)me;
	for (int i = 0; i < 400; i++) {
		atomic_fetch_add(&shared->inside, 1);
		if (atomic_load(&shared->inside) == 1)
			i = 400;
		atomic_fetch_sub(&shared->inside, 1);
	}
	atomic_fetch_add(&shared->passed, 1);
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
