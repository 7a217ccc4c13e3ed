/*
 * How many objects a run that is not trusted may have: System V queues, sets
 * and segments, and files in memory without a name.  The kernel bounds them by
 * thousands (ipc namespaces, sysctl(8)), and their memory not at all.
 */
#include "config.h"

#include "tracer/namespace.h"
#include "tracer/trace.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

static int
queues(void)
{
	struct msginfo info = { .msgpool = 0 };

	msgctl(0, MSG_INFO, (struct msqid_ds *)&info);
	return info.msgpool;
}

static int
sets(void)
{
	struct seminfo info = { .semusz = 0 };

	semctl(0, 0, SEM_INFO, &info);
	return info.semusz;
}

static struct shm_info
segments(void)
{
	struct shm_info info = { .used_ids = 0 };

	shmctl(0, SHM_INFO, (struct shmid_ds *)&info);
	return info;
}

/* Is it there already?  */
static bool
exists(const struct task *k)
{
	key_t key = (key_t)k->arg[0];

	switch (k->call->does) {
	case DOES_MSGGET: return msgget(key, 0) >= 0;
	case DOES_SEMGET: return semget(key, 0, 0) >= 0;
	default: return shmget(key, 0, 0) >= 0;
	}
}

static bool
makes_one(const struct task *k)
{
	uint64_t flags = k->arg[k->call->does == DOES_MSGGET ? 1 : 2];

	if (k->call->does != DOES_MSGGET && k->call->does != DOES_SEMGET &&
	    k->call->does != DOES_SHMGET)
		return false;
	return (key_t)k->arg[0] == IPC_PRIVATE ||
	       (flags & IPC_CREAT && !exists(k));
}

static bool
is_one_too_many(const struct tracing *t, const struct task *k)
{
	const struct tracer_limits *l = &t->config.limits;
	struct shm_info shm = segments();

	if (queues() + sets() + shm.used_ids >= l->objects)
		return true;
	return k->call->does == DOES_SHMGET && l->memory > 0 &&
	       shm.shm_tot * (uint64_t)sysconf(_SC_PAGESIZE) + k->arg[1] >
	       (uint64_t)l->memory;
}

bool
limit_objects(struct tracing *t, struct task *k)
{
	if (!t->search || t->config.limits.objects <= 0 || !k->call)
		return false;
	if (k->nr == SYS_memfd_create)
		return ++t->search->files >
		       (uint64_t)t->config.limits.objects;
	return t->parts & PART_BIT(PART_IPC) && makes_one(k) &&
	       is_one_too_many(t, k);
}
