/* Wrong: worker 1 computes for ever, and looks at nothing that is shared.  */
#include "spin.h"

struct shared { atomic_int value; };

static void
work(int me)
{
	atomic_store(&shared->value, me);
	for (unsigned x = 1; me; x = x * 3 + 1)
		;
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
