/* Right: a child counts in one step.  */
#include <stdatomic.h>

#include "must.h"

static atomic_int *counter;

static void
run_child(void)
{
	(*counter)++;
}

int
main(void)
{
	counter = share(sizeof(*counter));
	start(run_child);
	start(run_child);
	if (finish(2) != 0)
		return 1;
	must(*counter == 2, "both counted");
	return 0;
}
