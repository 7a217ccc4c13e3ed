/* Right: two values that belong together are written in one step.  */
#include <stdatomic.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include "must.h"

enum { SETTERS = 5 };

struct pair { int credit, debit; };

static _Atomic struct pair *pair;

static void
run_setter(void)
{
	atomic_store(pair, ((struct pair) { 1, -1 }));
}

static void
run_checker(void)
{
	struct pair seen = atomic_load(pair);

	if (seen.credit == 1)
		must(seen.debit == -1, "who sees the credit sees the debit");
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
