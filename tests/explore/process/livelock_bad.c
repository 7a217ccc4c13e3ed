/* Wrong: who cannot get the second lock gives the first one back and begins
 * anew.  To be found: both do so at once, for ever.  */
#include "lock.h"

static struct shared { pthread_mutex_t left, right; int passed; } *shared;

static void
pass(pthread_mutex_t *first, pthread_mutex_t *second)
{
	pthread_mutex_lock(first);
	while (pthread_mutex_trylock(second) != 0) {
		pthread_mutex_unlock(first);
		pthread_mutex_lock(first);
	}
	shared->passed++;
	pthread_mutex_unlock(second);
	pthread_mutex_unlock(first);
}

static void
run_comer(void)
{
	pass(&shared->left, &shared->right);
}

static void
run_goer(void)
{
	pass(&shared->right, &shared->left);
}

int
main(void)
{
	shared = share(sizeof(*shared));
	make_lock(&shared->left);
	make_lock(&shared->right);
	start(run_comer);
	start(run_goer);
	return finish(2);
}
