/* Every sort of lock: the eater waits for the cook, who waits for nobody; at
 * the end each has one thing and wants the other's.  */
#include <pthread.h>
#include <semaphore.h>

static sem_t plates;
static pthread_mutex_t stove = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t book = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t table;

static void *
run_cook(void *unused)
{
	pthread_rwlock_rdlock(&book);
	pthread_mutex_lock(&stove);
	pthread_cond_signal(&ready);
	pthread_mutex_unlock(&stove);
	pthread_rwlock_unlock(&book);
	sem_wait(&plates);
	pthread_barrier_wait(&table);
	pthread_mutex_lock(&stove);
	return unused;
}

int
main(void)
{
	pthread_t cook;

	sem_init(&plates, 0, 1);
	pthread_barrier_init(&table, NULL, 2);
	pthread_rwlock_rdlock(&book);
	pthread_mutex_lock(&stove);
	pthread_create(&cook, NULL, run_cook, NULL);
	pthread_cond_wait(&ready, &stove);
	pthread_barrier_wait(&table);
	sem_wait(&plates);
	pthread_join(cook, NULL);
	return 0;
}
