/* Right: both processes take the two locks in one order.  */
#include "lock.h"

static struct shared { pthread_mutex_t pen, paper; int letters; } *shared;

static void
run_writer(void)
{
	pthread_mutex_lock(&shared->pen);
	pthread_mutex_lock(&shared->paper);
	shared->letters++;
	pthread_mutex_unlock(&shared->paper);
	pthread_mutex_unlock(&shared->pen);
}

static void
run_painter(void)
{
	pthread_mutex_lock(&shared->pen);
	pthread_mutex_lock(&shared->paper);
	shared->letters--;
	pthread_mutex_unlock(&shared->pen);
	pthread_mutex_unlock(&shared->paper);
}

int
main(void)
{
	shared = share(sizeof(*shared));
	make_lock(&shared->pen);
	make_lock(&shared->paper);
	start(run_writer);
	start(run_painter);
	return finish(2);
}
