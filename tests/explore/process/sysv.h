/* System V semaphores.  A set outlives its processes: semctl() removes it.  */
#ifndef SYSV_H
#define SYSV_H

#include <sys/ipc.h>
#include <sys/sem.h>

#include "must.h"

static inline void
set_value(int set, int which, int value)
{
	union { int val; void *other; } argument = { .val = value };

	must(semctl(set, which, SETVAL, argument) != -1, "a value can be set");
}

/* A new set of so many, all of one value.  */
static inline int
semaphores(int count, int value)
{
	int set = semget(IPC_PRIVATE, count, 0600);

	must(set != -1, "there is room for semaphores");
	for (int i = 0; i < count; i++)
		set_value(set, i, value);
	return set;
}

static inline void
operate(int set, int which, int amount)
{
	struct sembuf operation = { which, amount, 0 };

	must(semop(set, &operation, 1) == 0, "a semaphore can be used");
}

static inline void
down(int set, int which)
{
	operate(set, which, -1);
}

static inline void
up(int set, int which)
{
	operate(set, which, 1);
}

#endif
