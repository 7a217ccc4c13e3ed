/* Correct: the writer holds on to the first lock in its second stage.  Nothing
 * is to be found.  */
#include <pthread.h>

#include "must.h"

static pthread_mutex_t raw_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t cooked_lock = PTHREAD_MUTEX_INITIALIZER;
static int raw, cooked;

static void *
run_writer(void *unused)
{
	pthread_mutex_lock(&raw_lock);
	raw = 1;
	pthread_mutex_lock(&cooked_lock);
	cooked = raw + 1;
	pthread_mutex_unlock(&cooked_lock);
	pthread_mutex_unlock(&raw_lock);
	return unused;
}

static void *
run_reader(void *unused)
{
	int seen;

	pthread_mutex_lock(&raw_lock);
	seen = raw;
	pthread_mutex_unlock(&raw_lock);
	if (seen == 0)
		return unused;
	pthread_mutex_lock(&cooked_lock);
	must(cooked == seen + 1, "what is raw is cooked too");
	pthread_mutex_unlock(&cooked_lock);
	return unused;
}

int
main(void)
{
	pthread_t writer, reader;

	pthread_create(&writer, NULL, run_writer, NULL);
	pthread_create(&reader, NULL, run_reader, NULL);
	pthread_join(writer, NULL);
	pthread_join(reader, NULL);
	return 0;
}
