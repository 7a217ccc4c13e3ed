/* Wrong: as unwritten.c, and each counts how often it has looked.  */
#include "spin.h"

struct shared { struct { atomic_int ready, unused[15]; } of[2]; };

static void
work(int me)
{
	unsigned long looked = 0;

	while (!atomic_load(&shared->of[me].ready))
		looked++;
	must(looked > 0, "it was not there at once");
}

int
main(void)
{
	share(sizeof(*shared));
	return both();
}
