/* Right: when time is up the parent goes on waiting.  */
#include <semaphore.h>
#include <time.h>

#include "must.h"

static sem_t *ready;

static void
run_child(void)
{
	usleep(1000);
	sem_post(ready);
}

int
main(void)
{
	struct timespec limit;

	ready = share(sizeof(*ready));
	must(sem_init(ready, 1, 0) == 0, "there is a semaphore");
	start(run_child);
	clock_gettime(CLOCK_REALTIME, &limit);
	limit.tv_sec += 10;
	if (sem_timedwait(ready, &limit) != 0)
		must(errno == ETIMEDOUT && sem_wait(ready) == 0,
		     "the child is there");
	return finish(1);
}
