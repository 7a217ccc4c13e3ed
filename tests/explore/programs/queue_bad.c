/* Wrong: a batch is to be taken as a whole, but the lock is held for one item
 * at a time.  To be found: some of the batch is taken, and not all.  */
#include <pthread.h>

#include "must.h"

enum { BATCH = 20 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int items[BATCH], head, tail;

static void *
put_batch(void *unused)
{
	for (int i = 0; i < BATCH; i++) {
		pthread_mutex_lock(&lock);
		items[tail++] = i;
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

static void *
take_batch(void *unused)
{
	int taken = 0;

	for (int i = 0; i < BATCH; i++) {
		pthread_mutex_lock(&lock);
		if (head < tail)
			must(items[head++] == taken++, "items come in order");
		pthread_mutex_unlock(&lock);
	}
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
