/* Wrong: two values that belong together are written one after the other.  To
 * be found: the checker sees the first of the first setter, and not the second.
 * SETTERS says how many write the same two values.  */
#include <pthread.h>
#include <stdatomic.h>

#include "must.h"

static atomic_int credit, debit;

static void *
run_setter(void *unused)
{
	credit = 1;
	debit = -1;
	return unused;
}

static void *
run_checker(void *unused)
{
	if (credit == 1)
		must(debit == -1, "who sees the credit sees the debit");
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
