/* Wrong: a child that finds no work ends with the second semaphore of the set.
 * To be found: the parent has used it too.  */
#include "sysv.h"

enum { LIST, ROOM, SETS };

static int set;
static int *work;

static void
run_child(void)
{
	down(set, LIST);
	up(set, LIST);
	operate(set, ROOM, -1);
	if (!*work)
		return;
	--*work;
	up(set, ROOM);
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
