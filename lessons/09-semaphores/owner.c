/*
 * A mutex knows its owner, a semaphore does not.  Ann locks; Bob, who has
 * locked nothing, unlocks.
 *
 *	owner mutex | semaphore
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t mutex = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static sem_t semaphore;

static void *
unlock_mutex(void *unused)
{
	int error = pthread_mutex_unlock(&mutex);

	printf("Bob unlocks: %s\n", error ? strerror(error) : "it worked");
	return unused;
}

static void *
post_semaphore(void *unused)
{
	int error = sem_post(&semaphore);

	printf("Bob posts: %s\n", error ? "error" : "it worked");
	return unused;
}

int
main(int argc, char *argv[])
{
	int is_mutex = argc > 1 && strcmp(argv[1], "mutex") == 0;
	pthread_t bob;

	if (is_mutex) {
		pthread_mutex_lock(&mutex);
	} else {
		sem_init(&semaphore, 0, 1);
		sem_wait(&semaphore);
	}
	pthread_create(&bob, NULL, is_mutex ? unlock_mutex : post_semaphore,
		       NULL);
	pthread_join(bob, NULL);
	return 0;
}
