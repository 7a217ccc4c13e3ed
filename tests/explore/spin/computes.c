/* Wrong: worker 1 computes for ever, and looks at nothing that is shared.  */
#include "spin.h"

struct shared { atomic_int value; };

static void
work(int me)
{
	unsigned x = 1;

	atomic_store(&shared->value, me);
	while (me == 1 && x)
		x = (x * 1664525U + 1013904223U) | 1;
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
