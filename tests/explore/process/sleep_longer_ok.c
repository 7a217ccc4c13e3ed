/* Right: the parent waits for the child.  Both sleep as long as before, and
 * either may wake first.  */
#include <semaphore.h>

#include "must.h"

static struct {
	sem_t ready;
	int done;
} *shared;

static void
run_child(void)
{
	usleep(1000);
	__atomic_store_n(&shared->done, 1, __ATOMIC_SEQ_CST);
	sem_post(&shared->ready);
}

int
main(void)
{
	shared = share(sizeof(*shared));
	must(sem_init(&shared->ready, 1, 0) == 0, "there is a semaphore");
	start(run_child);
	usleep(2000000);
	sem_wait(&shared->ready);
	must(__atomic_load_n(&shared->done, __ATOMIC_SEQ_CST),
	     "the child has done it");
	return finish(1);
}
