/*
 * Numbers of System V objects.  The kernel counts them up for as long as a
 * namespace lasts; here many runs share one.  So each gets the number that it
 * would have in a new namespace: msgget(2) and the like take the one that was
 * written to /proc/sys/kernel/msg_next_id (proc(5)).
 */
#include "config.h"

#include "base/left.h"
#include "tracer/namespace.h"
#include "tracer/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

/* An id is a place and how often that was given away (ipc/util.h in the
 * kernel).  */
enum { PLACE_BITS = 15 };

static bool
has_queue(int place)
{
	struct msqid_ds ds;

	return msgctl(place, MSG_STAT, &ds) >= 0 || errno == EACCES;
}

static bool
has_semaphores(int place)
{
	struct semid_ds ds;
	union { int value; struct semid_ds *buf; } arg = { .buf = &ds };

	return semctl(place, 0, SEM_STAT, arg) >= 0 || errno == EACCES;
}

static bool
has_memory(int place)
{
	struct shmid_ds ds;

	return shmctl(place, SHM_STAT, &ds) >= 0 || errno == EACCES;
}

static const struct {
	const char *file;
	bool (*has)(int place);
} kinds[IDS_KINDS] = {
	[LEFT_QUEUE] = { "/proc/sys/kernel/msg_next_id", has_queue },
	[LEFT_SEMAPHORES] = { "/proc/sys/kernel/sem_next_id",
			      has_semaphores },
	[LEFT_MEMORY] = { "/proc/sys/kernel/shm_next_id", has_memory },
};

static void
write_number(const char *path, int number)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	char text[16];
	int n = snprintf(text, sizeof(text), "%d", number);

	if (fd < 0)
		return;
	if (write(fd, text, n) != n)
		errno = 0;	/* then it is the kernel's choice */
	close(fd);
}

void
ids_next(struct tracing *t, int kind)
{
	struct given *g;
	int place = 0;

	if (!t->search || !(t->parts & PART_BIT(PART_IPC)))
		return;
	g = &t->search->given[kind];
	while (kinds[kind].has(place))
		place++;
	if (place < g->places)
		g->rounds++;
	g->places = place + 1;
	write_number(kinds[kind].file, g->rounds << PLACE_BITS | place);
}
