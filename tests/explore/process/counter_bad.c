/* Wrong: two children count at once.  To be found: one loads the counter before
 * the other has stored it.  */
#include "must.h"

static int *counter;

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
