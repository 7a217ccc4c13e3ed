/* Wrong: two values that belong together are written one after the other.  To
 * be found: the checker sees the first of the first setter, and not the
 * second.  */
#include <stdatomic.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include "must.h"

enum { SETTERS = 5 };

static struct pair { atomic_int credit, debit; } *pair;

static void
run_setter(void)
{
	pair->credit = 1;
	pair->debit = -1;
}

static void
run_checker(void)
{
	if (pair->credit == 1)
		must(pair->debit == -1, "who sees the credit sees the debit");
}

int
main(void)
{
	int id = shmget(IPC_PRIVATE, sizeof(*pair), 0600), status;

	must(id != -1, "there is a segment");
	pair = shmat(id, NULL, 0);
	shmctl(id, IPC_RMID, NULL);
	must(pair != (void *)-1, "the segment can be attached");
	for (int i = 0; i < SETTERS; i++)
		start(run_setter);
	start(run_checker);
	status = finish(SETTERS + 1);
	shmdt(pair);
	return status;
}
