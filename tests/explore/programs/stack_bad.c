/* Wrong: that something was pushed is remembered after it was popped.  To be
 * found: a pop of the empty stack.  */
#include <pthread.h>
#include <stdbool.h>

#include "must.h"

enum { SIZE = 10 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int items[SIZE], top;
static bool filled;

static void *
run_pusher(void *unused)
{
	for (int i = 0; i < SIZE; i++) {
		pthread_mutex_lock(&lock);
		items[top++] = i;
		filled = true;
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

static void *
run_popper(void *unused)
{
	for (int i = 0; i < SIZE; i++) {
		pthread_mutex_lock(&lock);
		if (filled) {
			must(top > 0, "what is popped was pushed");
			top--;
		}
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

int
main(void)
{
	pthread_t pusher, popper;

	pthread_create(&pusher, NULL, run_pusher, NULL);
	pthread_create(&popper, NULL, run_popper, NULL);
	pthread_join(pusher, NULL);
	pthread_join(popper, NULL);
	return 0;
}
