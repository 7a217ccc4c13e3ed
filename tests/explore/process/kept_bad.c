/* Wrong: the child ends with the lock.  To be found: the parent, which has used
 * it too, lives on.  */
#include "lock.h"

static struct shared { pthread_mutex_t lock; int visits; } *shared;

static void
run_child(void)
{
	pthread_mutex_lock(&shared->lock);
	if (++shared->visits > 1)
		return;
	pthread_mutex_unlock(&shared->lock);
}

int
main(void)
{
	shared = share(sizeof(*shared));
	make_lock(&shared->lock);
	pthread_mutex_lock(&shared->lock);
	shared->visits++;
	pthread_mutex_unlock(&shared->lock);
	start(run_child);
	return finish(1);
}
