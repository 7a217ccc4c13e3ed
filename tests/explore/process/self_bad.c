/* Wrong: who has the semaphore takes it again to fill the shelf.  To be found:
 * the shelf is empty when the buyer comes.  */
#include "sysv.h"

static int *shelf;
static int lock;

static void
fill(void)
{
	down(lock, 0);
	*shelf += 1;
	up(lock, 0);
}

static void
run_buyer(void)
{
	down(lock, 0);
	if (*shelf == 0)
		fill();
	*shelf -= 1;
	must(*shelf >= 0, "what is sold was there");
	up(lock, 0);
}

static void
run_seller(void)
{
	down(lock, 0);
	*shelf += 1;
	up(lock, 0);
}

int
main(void)
{
	int status;

	shelf = share(sizeof(*shelf));
	lock = semaphores(1, 1);
	start(run_buyer);
	start(run_seller);
	status = finish(2);
	semctl(lock, 0, IPC_RMID);
	return status;
}
