/* Wrong: two processes take two semaphores in opposite order.  To be found:
 * each has one and waits for the other.  */
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
	down(set, KNIFE);
	down(set, FORK);
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
