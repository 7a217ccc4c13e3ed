/*
 * A condition variable: the eater waits until the soup is ready.  The mutex
 * guards the flag that says so.
 *
 *	ready-flag		looks at the flag, in a loop
 *	ready-flag blind	wrong on purpose: waits without looking at it
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *
run_cook(void *unused)
{
	pthread_mutex_lock(&lock);
	ready = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	return unused;
}

static void
wait_and_look(void)
{
	pthread_mutex_lock(&lock);
	while (!ready)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

static void
wait_blindly(void)
{
	pthread_mutex_lock(&lock);
	pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

int
main(int argc, char *argv[])
{
	pthread_t cook;

	(void)argv;
	pthread_create(&cook, NULL, run_cook, NULL);
	if (argc > 1)
		wait_blindly();
	else
		wait_and_look();
	printf("eater: it is good\n");
	pthread_join(cook, NULL);
	return 0;
}
