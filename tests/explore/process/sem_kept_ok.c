/* Right: the child gives the semaphore back on both ways out.  */
#include <semaphore.h>

#include "must.h"

static struct shared { sem_t lock; int visits; } *shared;

static void
run_child(void)
{
	sem_wait(&shared->lock);
	if (++shared->visits > 1) {
		sem_post(&shared->lock);
		return;
	}
	sem_post(&shared->lock);
}

int
main(void)
{
	shared = share(sizeof(*shared));
	must(sem_init(&shared->lock, 1, 1) == 0, "a semaphore can be made");
	sem_wait(&shared->lock);
	shared->visits++;
	sem_post(&shared->lock);
	start(run_child);
	return finish(1);
}
