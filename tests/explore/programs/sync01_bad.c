/* Wrong: the consumer waits while there is something, not while there is
 * nothing.  To be found: in every run both wait for ever.  */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t came = PTHREAD_COND_INITIALIZER;
static pthread_cond_t went = PTHREAD_COND_INITIALIZER;
static int items = 1;	/* there is room for one */

static void *
run_producer(void *unused)
{
	pthread_mutex_lock(&lock);
	while (items == 1)
		pthread_cond_wait(&went, &lock);
	items++;
	pthread_mutex_unlock(&lock);
	pthread_cond_signal(&came);
	return unused;
}

static void *
run_consumer(void *unused)
{
	pthread_mutex_lock(&lock);
	while (items == 1)
		pthread_cond_wait(&came, &lock);
	items--;
	pthread_mutex_unlock(&lock);
	pthread_cond_signal(&went);
	return unused;
}

int
main(void)
{
	pthread_t producer, consumer;

	pthread_create(&producer, NULL, run_producer, NULL);
	pthread_create(&consumer, NULL, run_consumer, NULL);
	pthread_join(producer, NULL);
	pthread_join(consumer, NULL);
	return 0;
}
