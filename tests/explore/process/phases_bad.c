/* Wrong: each tells its number and looks at that of the other.  To be found:
 * one looks before the other has told.  */
#include <pthread.h>

#include "must.h"

static struct shared { pthread_barrier_t told; int numbers[2]; } *shared;

static void
tell_and_look(int me)
{
	__atomic_store_n(&shared->numbers[me], 1, __ATOMIC_SEQ_CST);
	must(__atomic_load_n(&shared->numbers[1 - me], __ATOMIC_SEQ_CST) == 1,
	     "the other has told its number");
}

static void
run_first(void)
{
	tell_and_look(0);
}

static void
run_second(void)
{
	tell_and_look(1);
}

int
main(void)
{
	pthread_barrierattr_t kind;

	shared = share(sizeof(*shared));
	pthread_barrierattr_init(&kind);
	pthread_barrierattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
	must(pthread_barrier_init(&shared->told, &kind, 2) == 0,
	     "a barrier can be made");
	pthread_barrierattr_destroy(&kind);
	start(run_first);
	start(run_second);
	return finish(2);
}
