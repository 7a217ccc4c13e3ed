/* Wrong: who gets a robust lock whose owner died takes it for one that cannot be
 * had.  To be found: the child ends with it, before the parent wants it.  */
#include "lock.h"

static struct shared { pthread_mutex_t lock; int visits; } *shared;

static void
make_robust(pthread_mutex_t *lock)
{
	pthread_mutexattr_t kind;

	pthread_mutexattr_init(&kind);
	pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
	must(pthread_mutex_init(lock, &kind) == 0, "a lock can be made");
	pthread_mutexattr_destroy(&kind);
}

/* Whoever is first ends with the lock.  */
static void
run_child(void)
{
	if (pthread_mutex_trylock(&shared->lock) != 0)
		return;
	if (shared->visits++ > 0)
		pthread_mutex_unlock(&shared->lock);
}

static void
visit(void)
{
	must(pthread_mutex_lock(&shared->lock) == 0, "the lock can be had");
	shared->visits++;
	pthread_mutex_unlock(&shared->lock);
}

int
main(void)
{
	shared = share(sizeof(*shared));
	make_robust(&shared->lock);
	start(run_child);
	visit();
	return finish(1);
}
