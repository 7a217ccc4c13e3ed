/*
 * A buffer with two slots between two threads.  One semaphore counts the free
 * slots, one counts the full ones, and a third lets one at a time move things.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

enum { SLOTS = 2, THINGS = 4 };

static int slot[SLOTS], in, out;
static sem_t space, things, turn;

static void
put(int thing)
{
	sem_wait(&space);
	sem_wait(&turn);
	slot[in] = thing;
	in = (in + 1) % SLOTS;
	sem_post(&turn);
	sem_post(&things);
}

static int
get(void)
{
	int thing;

	sem_wait(&things);
	sem_wait(&turn);
	thing = slot[out];
	out = (out + 1) % SLOTS;
	sem_post(&turn);
	sem_post(&space);
	return thing;
}

static void *
run_consumer(void *unused)
{
	int i;

	for (i = 0; i < THINGS; i++)
		printf("consumer: %d\n", get());
	return unused;
}

int
main(void)
{
	pthread_t consumer;
	int i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	sem_init(&space, 0, SLOTS);
	sem_init(&things, 0, 0);
	sem_init(&turn, 0, 1);
	if (pthread_create(&consumer, NULL, run_consumer, NULL) != 0)
		return 1;
	for (i = 1; i <= THINGS; i++)
		put(i);
	pthread_join(consumer, NULL);
	return 0;
}
