/* Wrong: the watcher takes it that the pot is never full when it looks.  To be
 * found: it looks after both others have paid in.  */
#include <fcntl.h>
#include <semaphore.h>

#include "must.h"

enum { FULL = 3 };

static sem_t *lock;
static int *pot;

static void
pay(int amount)
{
	sem_wait(lock);
	*pot += amount;
	sem_post(lock);
}

static void
run_one(void)
{
	pay(1);
}

static void
run_two(void)
{
	pay(2);
}

static void
run_watcher(void)
{
	sem_wait(lock);
	must(*pot < FULL, "there is room in the pot");
	sem_post(lock);
}

int
main(void)
{
	char name[32];
	int status;

	pot = share(sizeof(*pot));
	snprintf(name, sizeof(name), "/lazy01.%d", getpid());
	lock = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
	must(lock != SEM_FAILED, "there is a semaphore of that name");
	sem_unlink(name);
	start(run_one);
	start(run_two);
	start(run_watcher);
	status = finish(3);
	sem_close(lock);
	return status;
}
