/* Right: each adds at once.  */
#include "must.h"

static int *sum;

static void
run_adder(void)
{
	usleep(1000);
	__atomic_add_fetch(sum, 1, __ATOMIC_SEQ_CST);
}

int
main(void)
{
	sum = share(sizeof(*sum));
	start(run_adder);
	start(run_adder);
	return finish(2);
}
