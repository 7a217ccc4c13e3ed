/* Wrong: double-checked making with a plain pointer, which is read without the
 * lock.  To be found: a data race, and nothing else.  */
#include <pthread.h>
#include <stddef.h>

#include "must.h"

enum { SIZE = 64 };

struct table { int size; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct table the_table;
static struct table *made;

static struct table *
table(void)
{
	struct table *found = made;

	if (found)
		return found;
	pthread_mutex_lock(&lock);
	if (!made) {
		the_table.size = SIZE;
		made = &the_table;
	}
	pthread_mutex_unlock(&lock);
	return &the_table;
}

static void *
run_user(void *unused)
{
	must(table()->size == SIZE, "a table that is found is made");
	return unused;
}

int
main(void)
{
	pthread_t one, two;

	pthread_create(&one, NULL, run_user, NULL);
	pthread_create(&two, NULL, run_user, NULL);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	return 0;
}
