/* Correct: the lock is held while a batch is put, and while it is taken.
 * Nothing is to be found.  */
#include <pthread.h>

#include "must.h"

enum { BATCH = 20 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int items[BATCH], head, tail;

static void *
put_batch(void *unused)
{
	pthread_mutex_lock(&lock);
	for (int i = 0; i < BATCH; i++)
		items[tail++] = i;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
take_batch(void *unused)
{
	int taken = 0;

	pthread_mutex_lock(&lock);
	for (int i = 0; i < BATCH; i++)
		if (head < tail)
			must(items[head++] == taken++, "items come in order");
	pthread_mutex_unlock(&lock);
	must(taken == 0 || taken == BATCH, "a batch is whole");
	return unused;
}

int
main(void)
{
	pthread_t putter, taker;

	pthread_create(&putter, NULL, put_batch, NULL);
	pthread_create(&taker, NULL, take_batch, NULL);
	pthread_join(putter, NULL);
	pthread_join(taker, NULL);
	return 0;
}
