/* Right: what a child took of the set and does not give back, the kernel gives
 * back for it (SEM_UNDO).  */
#include "sysv.h"

enum { LIST, ROOM, SETS };

static int set;
static int *work;

static void
run_child(void)
{
	struct sembuf take = { ROOM, -1, SEM_UNDO };

	down(set, LIST);
	up(set, LIST);
	must(semop(set, &take, 1) == 0, "a semaphore can be used");
	if (!*work)
		return;
	--*work;
	take.sem_op = 1;
	must(semop(set, &take, 1) == 0, "a semaphore can be used");
}

int
main(void)
{
	int status;

	set = semaphores(SETS, 1);
	work = share(sizeof(*work));
	down(set, ROOM);
	*work = 0;
	up(set, ROOM);
	start(run_child);
	status = finish(1);
	must(semctl(set, 0, IPC_RMID) == 0, "the set can be removed");
	return status;
}
