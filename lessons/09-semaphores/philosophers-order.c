/*
 * Three philosophers sit at a round table, with a fork between each two.  To
 * eat, one needs two forks; each takes the one with the lower number first.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEATS = 3 };

static sem_t fork_at[SEATS];

static void
eat(int seat)
{
	char text[32];

	snprintf(text, sizeof(text), "%d eats\n", seat);
	if (write(1, text, strlen(text)) == -1)
		exit(1);
}

static void
dine(int seat)
{
	int left = seat, right = (seat + 1) % SEATS;
	int low = left < right ? left : right;
	int high = left < right ? right : left;

	sem_wait(&fork_at[low]);
	sem_wait(&fork_at[high]);
	eat(seat);
	sem_post(&fork_at[high]);
	sem_post(&fork_at[low]);
}

static void *
run_philosopher(void *seat)
{
	dine((intptr_t)seat);
	return NULL;
}

int
main(void)
{
	pthread_t thread[SEATS];
	intptr_t i;

	for (i = 0; i < SEATS; i++)
		sem_init(&fork_at[i], 0, 1);
	for (i = 0; i < SEATS; i++)
		pthread_create(&thread[i], NULL, run_philosopher,
			       (void *)i);
	for (i = 0; i < SEATS; i++)
		pthread_join(thread[i], NULL);
	return 0;
}
