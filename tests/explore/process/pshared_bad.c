/* Wrong: the semaphore is made for the threads of one process.  To be found:
 * who waits for it in another process is not woken.  */
#include <semaphore.h>

#include "must.h"

static struct shared { sem_t turn; int visits; } *shared;

static void
run_visitor(void)
{
	sem_wait(&shared->turn);
	shared->visits++;
	sem_post(&shared->turn);
}

int
main(void)
{
	shared = share(sizeof(*shared));
	must(sem_init(&shared->turn, 0, 1) == 0, "a semaphore can be made");
	start(run_visitor);
	start(run_visitor);
	if (finish(2) != 0)
		return 1;
	must(shared->visits == 2, "both were there");
	sem_destroy(&shared->turn);
	return 0;
}
