/* Wrong: the watcher takes it that the pot is never full when it looks.  To be
 * found: it looks after both others have paid in.  */
#include <pthread.h>

#include "must.h"

enum { FULL = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int pot;

static void *
pay_one(void *unused)
{
	pthread_mutex_lock(&lock);
	pot += 1;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
pay_two(void *unused)
{
	pthread_mutex_lock(&lock);
	pot += 2;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_watcher(void *unused)
{
	pthread_mutex_lock(&lock);
	must(pot < FULL, "there is room in the pot");
	pthread_mutex_unlock(&lock);
	return unused;
}

int
main(void)
{
	pthread_t one, two, watcher;

	pthread_create(&one, NULL, pay_one, NULL);
	pthread_create(&two, NULL, pay_two, NULL);
	pthread_create(&watcher, NULL, run_watcher, NULL);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	pthread_join(watcher, NULL);
	return 0;
}
