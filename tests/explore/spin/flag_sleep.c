/* A flag that is looked at until it is set, with sleeps.  */
#include "spin.h"

struct shared { atomic_int ready, value; };

static void
work(int me)
{
	if (me == 0) {
		atomic_store(&shared->value, 7);
		atomic_store(&shared->ready, 1);
		return;
	}
	while (!atomic_load(&shared->ready))
		usleep(1000);
	must(atomic_load(&shared->value) == 7, "it is there");
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
