/* Correct: at the end of the first phase its lock is given back.  Nothing is to
 * be found.  */
#include <pthread.h>

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;
static int started, ended;

static void *
run_worker(void *unused)
{
	pthread_mutex_lock(&first);
	started++;
	pthread_mutex_unlock(&first);
	pthread_mutex_lock(&second);
	ended++;
	pthread_mutex_unlock(&second);
	return unused;
}

int
main(void)
{
	pthread_t one, two;

	pthread_create(&one, NULL, run_worker, NULL);
	pthread_create(&two, NULL, run_worker, NULL);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	return 0;
}
