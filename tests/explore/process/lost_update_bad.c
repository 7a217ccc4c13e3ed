/* Wrong: two tellers add to a sum at once.  To be found: one loads the sum
 * before the other has stored it.  */
#include <semaphore.h>

#include "must.h"

enum { TIMES = 10 };

static struct shared { sem_t turn; int sum; } *shared;

static void
run_teller(void)
{
	for (int i = 0; i < TIMES; i++) {
		shared->sum++;
	}
}

int
main(void)
{
	shared = share(sizeof(*shared));
	must(sem_init(&shared->turn, 1, 1) == 0, "a semaphore can be made");
	start(run_teller);
	start(run_teller);
	if (finish(2) != 0)
		return 1;
	must(shared->sum == 2 * TIMES, "no update is lost");
	sem_destroy(&shared->turn);
	return 0;
}
