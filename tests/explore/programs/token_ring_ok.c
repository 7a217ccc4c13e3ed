/* Correct: a station that has not got the token does not pass it on.  Nothing
 * is to be found, also when main, which waits for nobody, returns first.  */
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
	if (first_done) {
		second = first;
		second_done = true;
	}
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_third(void *unused)
{
	pthread_mutex_lock(&lock);
	if (second_done) {
		third = second;
		third_done = true;
	}
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
