/* Wrong: the lock is looked at, and then taken.  To be found: both see it free
 * before either takes it.  */
#include <stdatomic.h>

#include "must.h"

static struct shared { atomic_int taken, inside; } *shared;

static void
run_process(void)
{
	while (shared->taken)
		;
	shared->taken = 1;
	must(atomic_fetch_add(&shared->inside, 1) == 0, "one is inside");
	atomic_fetch_sub(&shared->inside, 1);
	shared->taken = 0;
}

int
main(void)
{
	shared = share(sizeof(*shared));
	start(run_process);
	start(run_process);
	return finish(2);
}
