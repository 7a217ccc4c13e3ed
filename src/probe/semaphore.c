/* Probing System V semaphores (semctl(2)) and POSIX ones (sem_overview(7)).  */
#include "config.h"

#include "probe/probe.h"

#include "base/i18n.h"
#include "probe/handle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sem.h>
#include <sys/uio.h>
#include <unistd.h>

union semun {	/* semctl(2): the caller declares it */
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

bool
probe_same_ipc(pid_t pid)
{
	char name[64], own[64] = "", other[64] = "";

	if (readlink("/proc/self/ns/ipc", own, sizeof(own) - 1) < 0)
		return true;
	snprintf(name, sizeof(name), "/proc/%d/ns/ipc", pid);
	return readlink(name, other, sizeof(other) - 1) < 0 ||
	       strcmp(own, other) == 0;
}

static void
look_at(int id, int i, struct state_item *item)
{
	item->number = i;
	item->value = semctl(id, i, GETVAL);
	item->waiters = semctl(id, i, GETNCNT);
	item->zero_waiters = semctl(id, i, GETZCNT);
	item->pid = semctl(id, i, GETPID);
}

int
probe_semaphores(int id, pid_t pid, struct object_state *out, char **why)
{
	struct semid_ds ds;
	union semun arg = { .buf = &ds };

	if (!probe_same_ipc(pid))
		return fail(why, _("process %d has other System V objects: it "
				   "is in an IPC namespace of its own "
				   "(ipc_namespaces(7))"), pid);
	if (semctl(id, 0, IPC_STAT, arg) < 0)
		return fail(why, _("semaphore set %d cannot be looked at: %s"),
			    id, strerror(errno));
	for (int i = 0; out && i < (int)ds.sem_nsems; i++) {
		struct state_item *item = object_state_add(out);

		if (!item)
			break;
		look_at(id, i, item);
	}
	return (int)ds.sem_nsems;
}

/*
 * The value of a POSIX semaphore: glibc keeps it in the low half of a word of
 * 64 bits, and those that wait in the high half (sysdeps/nptl/internaltypes.h,
 * struct new_sem).
 */
static void
take_word(uint64_t word, struct object_state *out)
{
	out->value = (int64_t)(word & 0xffffffff);
	out->waiters = (int)(word >> 32);
}

int
probe_named_semaphore(const char *path, struct object_state *out, char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	uint64_t word;
	ssize_t n = fd < 0 ? -1 : pread(fd, &word, sizeof(word), 0);

	if (fd >= 0)
		close(fd);
	if (n != sizeof(word))
		return fail(why, _("semaphore %s cannot be looked at: %s"),
			    path, strerror(errno));
	take_word(word, out);
	return 0;
}

int
probe_posix_semaphore(pid_t pid, uint64_t at, struct object_state *out,
		      char **why)
{
	uint64_t word;
	struct iovec here = { &word, sizeof(word) };
	struct iovec there = { (void *)(uintptr_t)at, sizeof(word) };

	if (process_vm_readv(pid, &here, 1, &there, 1, 0) != sizeof(word))
		return handle_refused(pid, errno, why);
	take_word(word, out);
	return 0;
}
