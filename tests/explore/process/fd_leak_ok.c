/* Right: the report is closed on both ways out.  */
#define _GNU_SOURCE
#include <semaphore.h>

#include "must.h"

static sem_t *lock;

static void
run_other(void)
{
	sem_wait(lock);
	sem_post(lock);
}

static void
report(void)
{
	int fd = memfd_create("report", 0);

	must(fd != -1, "there is a report");
	if (sem_trywait(lock) == -1) {
		close(fd);
		return;
	}
	must(write(fd, "x", 1) == 1, "it can be written");
	sem_post(lock);
	close(fd);
}

int
main(void)
{
	lock = share(sizeof(*lock));
	must(sem_init(lock, 1, 1) == 0, "a semaphore can be made");
	start(run_other);
	report();
	return finish(1);
}
