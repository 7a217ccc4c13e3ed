/* Wrong: a station passes the token on before it got it.  To be found: the
 * stations run out of order, the checker after them, and all before main, which
 * waits for nobody, has returned.  */
#include <pthread.h>
#include <stdbool.h>

#include "must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int first = 1, second = 2, third = 1;
static bool first_done, second_done, third_done;

static void *
run_first(void *unused)
{
	pthread_mutex_lock(&lock);
	first = third + 1;
	first_done = true;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_second(void *unused)
{
	pthread_mutex_lock(&lock);
	second = first;
	second_done = true;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_third(void *unused)
{
	pthread_mutex_lock(&lock);
	third = second;
	third_done = true;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_checker(void *unused)
{
	pthread_mutex_lock(&lock);
	if (first_done && second_done && third_done)
		must(first == second && second == third,
		     "all stations saw one token");
	pthread_mutex_unlock(&lock);
	return unused;
}

int
main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, run_first, NULL);
	pthread_create(&thread, NULL, run_second, NULL);
	pthread_create(&thread, NULL, run_third, NULL);
	pthread_create(&thread, NULL, run_checker, NULL);
	return 0;
}
