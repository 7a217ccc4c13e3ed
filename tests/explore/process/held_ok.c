/* Right: who comes too early gives the lock back, too.  */
#include "lock.h"

static struct shared { pthread_mutex_t lock; int written, seen; } *shared;

static void
run_writer(void)
{
	pthread_mutex_lock(&shared->lock);
	shared->written = 1;
	pthread_mutex_unlock(&shared->lock);
}

static void
run_looker(void)
{
	pthread_mutex_lock(&shared->lock);
	if (shared->written)
		shared->seen = 1;
	pthread_mutex_unlock(&shared->lock);
}

int
main(void)
{
	shared = share(sizeof(*shared));
	make_lock(&shared->lock);
	start(run_writer);
	start(run_looker);
	return finish(2);
}
