/* Wrong: each makes sure of the semaphore and sets it.  To be found: the second
 * sets it to 1 while the first has it.  */
#include "sysv.h"

static struct shared { key_t key; int inside; } *shared;

static int
open_set(void)
{
	int set = semget(shared->key, 1, IPC_CREAT | 0600);

	must(set != -1, "there is a semaphore");
	return set;
}

static void
run_guest(void)
{
	int set = open_set();

	set_value(set, 0, 1);
	down(set, 0);
	must(__atomic_fetch_add(&shared->inside, 1, __ATOMIC_SEQ_CST) == 0,
	     "one guest is inside");
	__atomic_fetch_sub(&shared->inside, 1, __ATOMIC_SEQ_CST);
	up(set, 0);
}

int
main(void)
{
	int status;

	shared = share(sizeof(*shared));
	shared->key = getpid();
	start(run_guest);
	start(run_guest);
	status = finish(2);
	semctl(open_set(), 0, IPC_RMID);
	return status;
}
