/* A semaphore that is tried until it works, with sleeps.  */
#include "spin.h"

#include <semaphore.h>

struct shared { sem_t turn[2]; atomic_int count; };

static void
work(int me)
{
	for (int i = 0; i < 2; i++) {
		while (sem_trywait(&shared->turn[me]) < 0)
			usleep(1000);
		atomic_fetch_add(&shared->count, 1);
		sem_post(&shared->turn[!me]);
	}
}

int
main(void)
{
	share(sizeof(*shared));
	sem_init(&shared->turn[0], 1, 1);
	sem_init(&shared->turn[1], 1, 0);
	return both();
}
