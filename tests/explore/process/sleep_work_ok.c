/* Two count under a lock, and one works for a while with it.  */
#include <semaphore.h>

#include "must.h"

static struct {
	sem_t lock;
	int count;
} *shared;

static void
add(void)
{
	sem_wait(&shared->lock);
	shared->count++;
	sem_post(&shared->lock);
}

static void
work_and_add(void)
{
	sem_wait(&shared->lock);
	usleep(1000);
	shared->count++;
	sem_post(&shared->lock);
}

int
main(void)
{
	int failed;

	shared = share(sizeof(*shared));
	must(sem_init(&shared->lock, 1, 1) == 0, "there is a lock");
	start(add);
	start(work_and_add);
	failed = finish(2);
	must(shared->count == 2, "both have counted");
	return failed;
}
