/* Wrong: the parent sleeps two thousand times as long as the child.  To be
 * found: the parent comes first all the same, as nothing says when who has
 * slept goes on.  */
#include "must.h"

static int *done;

static void
run_child(void)
{
	usleep(1000);
	__atomic_store_n(done, 1, __ATOMIC_SEQ_CST);
}

int
main(void)
{
	done = share(sizeof(*done));
	start(run_child);
	usleep(2000000);
	must(__atomic_load_n(done, __ATOMIC_SEQ_CST), "the child has done it");
	return finish(1);
}
