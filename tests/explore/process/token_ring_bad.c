/* Wrong: a station passes the token on as soon as it has the lock.  To be
 * found: the stations run out of order.  */
#include "sysv.h"

enum { STATIONS = 3 };

static struct ring { int first, second, third; } *ring;
static int lock;

static void
run_first(void)
{
	down(lock, 0);
	ring->first = ring->third + 1;
	up(lock, 0);
}

static void
run_second(void)
{
	down(lock, 0);
	ring->second = ring->first;
	up(lock, 0);
}

static void
run_third(void)
{
	down(lock, 0);
	ring->third = ring->second;
	up(lock, 0);
}

int
main(void)
{
	int status;

	ring = share(sizeof(*ring));
	*ring = (struct ring) { 1, 2, 1 };
	lock = semaphores(1, 1);
	start(run_first);
	start(run_second);
	start(run_third);
	status = finish(STATIONS);
	semctl(lock, 0, IPC_RMID);
	if (status != 0)
		return status;
	must(ring->first == ring->second && ring->second == ring->third,
	     "all stations saw one token");
	return 0;
}
