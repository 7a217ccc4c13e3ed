/* Wrong: one counts under the lock of the counter, OTHERS under another.  To be
 * found: one of the others counts between the two looks of the one.  */
#include <pthread.h>
#include <stdatomic.h>

#include "must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t wrong_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int counter;

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
	pthread_mutex_lock(&wrong_lock);
	counter++;
	pthread_mutex_unlock(&wrong_lock);
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
