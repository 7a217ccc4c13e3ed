/* Wrong: the child ends with the semaphore that all use as a lock.  To be found: the
 * parent, which has used it too, lives on.  */
#include <semaphore.h>

#include "must.h"

static struct shared { sem_t lock; int visits; } *shared;

static void
run_child(void)
{
	sem_wait(&shared->lock);
	if (++shared->visits > 1)
		return;
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
