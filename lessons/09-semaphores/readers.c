/*
 * Readers may be in the room together, a writer must be alone.  The first
 * reader who comes takes the room for all of them, the last who leaves gives
 * it back.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static sem_t room, turn;
static int readers;		/* in the room; turn guards the number */

static void
say(const char *text)
{
	if (write(1, text, strlen(text)) == -1)
		perror("write");
}

static void
come_to_read(void)
{
	sem_wait(&turn);
	readers++;
	if (readers == 1)
		sem_wait(&room);
	sem_post(&turn);
}

static void
leave(void)
{
	sem_wait(&turn);
	readers--;
	if (readers == 0)
		sem_post(&room);
	sem_post(&turn);
}

static void *
run_reader(void *name)
{
	come_to_read();
	say(name);
	leave();
	return NULL;
}

static void *
run_writer(void *name)
{
	sem_wait(&room);
	say(name);
	sem_post(&room);
	return NULL;
}

int
main(void)
{
	pthread_t ann, bob, will;

	sem_init(&room, 0, 1);
	sem_init(&turn, 0, 1);
	pthread_create(&ann, NULL, run_reader, "Ann reads\n");
	pthread_create(&bob, NULL, run_reader, "Bob reads\n");
	pthread_create(&will, NULL, run_writer, "Will writes\n");
	pthread_join(ann, NULL);
	pthread_join(bob, NULL);
	pthread_join(will, NULL);
	return 0;
}
