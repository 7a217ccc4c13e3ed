/* Correct: readers pass the turnstile to get in only.  Nothing is to be
 * found.  */
#include <pthread.h>
#include <semaphore.h>

enum { READERS = 2 };

static sem_t turnstile;	/* held by a writer that waits: no reader overtakes */
static sem_t room;	/* held by the writer, or by the readers together */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int readers, text;

static void
pass(void)
{
	sem_wait(&turnstile);
	sem_post(&turnstile);
}

static void *
run_reader(void *argument)
{
	pass();
	pthread_mutex_lock(&lock);
	if (++readers == 1)
		sem_wait(&room);
	pthread_mutex_unlock(&lock);

	*(int *)argument = text;

	pthread_mutex_lock(&lock);
	if (--readers == 0)
		sem_post(&room);
	pthread_mutex_unlock(&lock);
	return NULL;
}

static void *
run_writer(void *unused)
{
	sem_wait(&turnstile);
	sem_wait(&room);
	text++;
	sem_post(&turnstile);
	sem_post(&room);
	return unused;
}

int
main(void)
{
	pthread_t threads[READERS], writer;
	int seen[READERS];

	sem_init(&turnstile, 0, 1);
	sem_init(&room, 0, 1);
	for (int i = 0; i < READERS; i++)
		pthread_create(&threads[i], NULL, run_reader, &seen[i]);
	pthread_create(&writer, NULL, run_writer, NULL);
	for (int i = 0; i < READERS; i++)
		pthread_join(threads[i], NULL);
	pthread_join(writer, NULL);
	return 0;
}
