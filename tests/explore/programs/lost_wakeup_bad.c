/* Wrong: the setter does not take the lock.  To be found: it sets and signals
 * between the waiter's look and its wait, which then never ends.  */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t came = PTHREAD_COND_INITIALIZER;
static atomic_bool ready;

static void *
run_waiter(void *unused)
{
	pthread_mutex_lock(&lock);
	while (!ready)
		pthread_cond_wait(&came, &lock);
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_setter(void *unused)
{
	ready = true;
	pthread_cond_signal(&came);
	return unused;
}

int
main(void)
{
	pthread_t waiter, setter;

	pthread_create(&waiter, NULL, run_waiter, NULL);
	pthread_create(&setter, NULL, run_setter, NULL);
	pthread_join(waiter, NULL);
	pthread_join(setter, NULL);
	return 0;
}
