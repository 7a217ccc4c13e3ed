/* Right: both processes take the two semaphores in one order.  */
#include "sysv.h"

enum { FORK, KNIFE };

static int set;

static void
run_eater(void)
{
	down(set, FORK);
	down(set, KNIFE);
	up(set, KNIFE);
	up(set, FORK);
}

static void
run_carver(void)
{
	down(set, FORK);
	down(set, KNIFE);
	up(set, FORK);
	up(set, KNIFE);
}

int
main(void)
{
	int status;

	set = semaphores(2, 1);
	start(run_eater);
	start(run_carver);
	status = finish(2);
	semctl(set, 0, IPC_RMID);
	return status;
}
