/* Wrong: two threads take two locks in opposite orders.  To be found: a
 * deadlock, each having one and waiting for the other.  */
#include <pthread.h>

static pthread_mutex_t knife = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t spoon = PTHREAD_MUTEX_INITIALIZER;
static int meals;

static void *
run_ann(void *unused)
{
	pthread_mutex_lock(&knife);
	pthread_mutex_lock(&spoon);
	meals++;
	pthread_mutex_unlock(&spoon);
	pthread_mutex_unlock(&knife);
	return unused;
}

static void *
run_bob(void *unused)
{
	pthread_mutex_lock(&spoon);
	pthread_mutex_lock(&knife);
	meals++;
	pthread_mutex_unlock(&knife);
	pthread_mutex_unlock(&spoon);
	return unused;
}

int
main(void)
{
	pthread_t ann, bob;

	pthread_create(&ann, NULL, run_ann, NULL);
	pthread_create(&bob, NULL, run_bob, NULL);
	pthread_join(ann, NULL);
	pthread_join(bob, NULL);
	return 0;
}
