/* Correct: one and OTHERS count under the same lock.  Nothing is to be
 * found.  */
#include <pthread.h>

#include "must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int counter;

static void *
run_one(void *unused)
{
	int before;

	pthread_mutex_lock(&lock);
	before = counter;
	counter++;
	must(counter == before + 1, "nobody counts while I have the lock");
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_other(void *unused)
{
	pthread_mutex_lock(&lock);
	counter++;
	pthread_mutex_unlock(&lock);
	return unused;
}

int
main(void)
{
	pthread_t one, others[OTHERS];

	pthread_create(&one, NULL, run_one, NULL);
	for (int i = 0; i < OTHERS; i++)
		pthread_create(&others[i], NULL, run_other, NULL);
	pthread_join(one, NULL);
	for (int i = 0; i < OTHERS; i++)
		pthread_join(others[i], NULL);
	return 0;
}
