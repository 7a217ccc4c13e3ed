/* Wrong: who is not alone goes back and comes again, as the other may do, too,
 * step by step with it.  */
#include "spin.h"

struct shared { atomic_int inside, passed; };

static void
work(int me)
{
	(void)me;
	for (;;) {
		atomic_fetch_add(&shared->inside, 1);
		if (atomic_load(&shared->inside) == 1)
			break;
		atomic_fetch_sub(&shared->inside, 1);
	}
	atomic_fetch_add(&shared->passed, 1);
	atomic_fetch_sub(&shared->inside, 1);
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
