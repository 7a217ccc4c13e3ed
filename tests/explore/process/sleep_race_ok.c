/* Right: the reader waits until the writer has written.  */
#include <semaphore.h>

#include "must.h"

static struct shared { sem_t written; int value, seen; } *shared;

static void
run_writer(void)
{
	shared->value = 1;
	sem_post(&shared->written);
}

static void
run_reader(void)
{
	sem_wait(&shared->written);
	shared->seen = shared->value;
}

int
main(void)
{
	shared = share(sizeof(*shared));
	must(sem_init(&shared->written, 1, 0) == 0, "a semaphore can be made");
	start(run_writer);
	start(run_reader);
	return finish(2) != 0 || !shared->seen;
}
