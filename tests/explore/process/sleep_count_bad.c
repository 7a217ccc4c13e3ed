/* Wrong: two add to a plain sum, each behind some work.  To be found: a data
 * race, whichever is first; their sleeps stand for work.  */
#include "must.h"

static int *sum;

static void
run_adder(void)
{
	usleep(1000);
	++*sum;
}

int
main(void)
{
	sum = share(sizeof(*sum));
	start(run_adder);
	start(run_adder);
	return finish(2);
}
