/* Correct: two values that belong together are written under a lock, and looked
 * at under it.  Nothing is to be found.  SETTERS says how many write the same
 * two values.  */
#include <pthread.h>

#include "must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int credit, debit;

static void *
run_setter(void *unused)
{
	pthread_mutex_lock(&lock);
	credit = 1;
	debit = -1;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *
run_checker(void *unused)
{
	pthread_mutex_lock(&lock);
	if (credit == 1)
		must(debit == -1, "who sees the credit sees the debit");
	pthread_mutex_unlock(&lock);
	return unused;
}

int
main(void)
{
	pthread_t setters[SETTERS], checker;

	for (int i = 0; i < SETTERS; i++)
		pthread_create(&setters[i], NULL, run_setter, NULL);
	pthread_create(&checker, NULL, run_checker, NULL);
	for (int i = 0; i < SETTERS; i++)
		pthread_join(setters[i], NULL);
	pthread_join(checker, NULL);
	return 0;
}
