/*
 * What a run left: objects of the kernel that outlive processes.  In
 * namespaces of the driver's own all that is there is the run's, and the
 * kernel is asked what there is; elsewhere it is what was noted when it was
 * made (made.c).
 */
#include "config.h"

#include "base/left.h"
#include "base/buf.h"
#include "tracer/namespace.h"
#include "tracer/run.h"

#include <dirent.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

void
remains_add(struct remains *r, const char *fmt, ...)
{
	va_list ap;

	if (r->n++ >= REMAINS_NAMED)
		return;
	va_start(ap, fmt);
	vsnprintf(r->name[r->n - 1], sizeof(r->name[0]), fmt, ap);
	va_end(ap);
}

void
remains_join(struct remains *r, const struct remains *more)
{
	for (int i = 0; i < more->n; i++)
		remains_add(r, "%s", i < REMAINS_NAMED ? more->name[i] : "");
}

/* ---- System V: the highest index in use, then each index (msgctl(2),
 * MSG_INFO, MSG_STAT) ---- */

union semun {
	int val;
	struct semid_ds *buf;
	struct seminfo *info;
};

static void
clear_queues(struct run_left *left)
{
	struct msginfo info;
	struct msqid_ds ds;
	int last = msgctl(0, MSG_INFO, (struct msqid_ds *)&info);

	for (int i = info.msgpool > 0 ? 0 : last + 1; i <= last; i++) {
		int id = msgctl(i, MSG_STAT, &ds);

		if (id < 0)
			continue;
		remains_add(&left->objects, "message queue %d", id);
		msgctl(id, IPC_RMID, NULL);
	}
}

static void
clear_semaphores(struct run_left *left)
{
	struct seminfo info = { .semusz = 0 };
	struct semid_ds ds;
	int last = semctl(0, 0, SEM_INFO, (union semun){ .info = &info });

	for (int i = info.semusz > 0 ? 0 : last + 1; i <= last; i++) {
		int id = semctl(i, 0, SEM_STAT, (union semun){ .buf = &ds });

		if (id < 0)
			continue;
		remains_add(&left->objects, "semaphore set %d", id);
		semctl(id, 0, IPC_RMID);
	}
}

static void
clear_segments(struct run_left *left)
{
	struct shm_info info = { .used_ids = 0 };
	struct shmid_ds ds;
	int last = shmctl(0, SHM_INFO, (struct shmid_ds *)&info);

	for (int i = info.used_ids > 0 ? 0 : last + 1; i <= last; i++) {
		int id = shmctl(i, SHM_STAT, &ds);

		if (id < 0)
			continue;
		remains_add(&left->objects, "shared memory segment %d", id);
		shmctl(id, IPC_RMID, NULL);
	}
}

/* ---- names ---- */

static void
clear_folder(const char *path, const char *what, struct run_left *left)
{
	DIR *dir = opendir(path);
	struct dirent *e;

	while (dir && (e = readdir(dir))) {
		if (e->d_name[0] == '.' &&
		    (!e->d_name[1] || strcmp(e->d_name, "..") == 0))
			continue;
		remains_add(&left->objects, "%s/%s (%s)", path, e->d_name, what);
		unlinkat(dirfd(dir), e->d_name, 0);
	}
	if (dir)
		closedir(dir);
}

/* ---- what was noted ---- */

static void
clear_noted(struct driver *d, struct run_left *left)
{
	struct buf names = BUF_INIT;
	char *line, *end;

	left_clear(d->left_list, &names);
	for (line = names.data; line && (end = strchr(line, '\n'));
	     line = end + 1)
		remains_add(&left->objects, "%.*s", (int)(end - line), line);
	buf_release(&names);
}

void
remains_clear(struct driver *d, struct run_left *left)
{
	bool made = d->search.made, named = d->search.named || made;

	if (made && d->parts & PART_BIT(PART_IPC)) {
		clear_queues(left);
		clear_semaphores(left);
		clear_segments(left);
	}
	if (named && d->parts & PART_BIT(PART_SHM))
		clear_folder("/dev/shm", "shared memory", left);
	if (made && d->parts & PART_BIT(PART_MQUEUE))
		clear_folder("/dev/mqueue", "message queue", left);
	if (d->left_list && named)
		clear_noted(d, left);
}
