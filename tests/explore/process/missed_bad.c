/* Wrong: the waiter waits for the bell, whatever has been.  To be found: the
 * bell rings before it waits.  */
#include "lock.h"

static struct shared {
	pthread_mutex_t lock;
	pthread_cond_t bell;
	int ready;
} *shared;

static void
make_bell(pthread_cond_t *bell)
{
	pthread_condattr_t kind;

	pthread_condattr_init(&kind);
	pthread_condattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
	must(pthread_cond_init(bell, &kind) == 0, "a bell can be made");
	pthread_condattr_destroy(&kind);
}

static void
run_waiter(void)
{
	pthread_mutex_lock(&shared->lock);
	pthread_cond_wait(&shared->bell, &shared->lock);
	must(shared->ready, "who is woken finds it ready");
	pthread_mutex_unlock(&shared->lock);
}

static void
run_ringer(void)
{
	pthread_mutex_lock(&shared->lock);
	shared->ready = 1;
	pthread_cond_signal(&shared->bell);
	pthread_mutex_unlock(&shared->lock);
}

int
main(void)
{
	shared = share(sizeof(*shared));
	make_lock(&shared->lock);
	make_bell(&shared->bell);
	start(run_waiter);
	start(run_ringer);
	return finish(2);
}
