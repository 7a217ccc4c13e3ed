/* Right: a station waits for the one before it.  */
#include "sysv.h"

enum { STATIONS = 3 };

static struct ring { int first, second, third; } *ring;
static int turns;			/* one semaphore for each station */

static void
run_first(void)
{
	down(turns, 0);
	ring->first = ring->third + 1;
	up(turns, 1);
}

static void
run_second(void)
{
	down(turns, 1);
	ring->second = ring->first;
	up(turns, 2);
}

static void
run_third(void)
{
	down(turns, 2);
	ring->third = ring->second;
	up(turns, 0);
}

int
main(void)
{
	int status;

	ring = share(sizeof(*ring));
	*ring = (struct ring) { 1, 2, 1 };
	turns = semaphores(STATIONS, 0);
	up(turns, 0);
	start(run_first);
	start(run_second);
	start(run_third);
	status = finish(STATIONS);
	semctl(turns, 0, IPC_RMID);
	if (status != 0)
		return status;
	must(ring->first == ring->second && ring->second == ring->third,
	     "all stations saw one token");
	return 0;
}
