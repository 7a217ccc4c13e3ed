/*
 * What the subject makes outside its own namespaces and its own folder, and
 * what would outlive it: noted, for whoever ends the run (base/left.h).
 *
 * Whether a call makes something is known by looking before it, when the task
 * is let go into it, and after it.  Only what was not there before, and is
 * there then, is noted.
 */
#include "config.h"

#include "base/left.h"
#include "tracer/decode.h"
#include "tracer/namespace.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

enum { SHM_FOLDER = sizeof("/dev/shm/") - 1 };

static bool
shares(const struct tracing *t, enum namespace_part part)
{
	return !(t->parts & PART_BIT(part));
}

/* ---- System V objects ---- */

static const struct {
	long nr;
	enum left_kind kind;
	int flags;		/* which argument */
} gets[] = {
	{ SYS_msgget, LEFT_QUEUE, 1 },
	{ SYS_semget, LEFT_SEMAPHORES, 2 },
	{ SYS_shmget, LEFT_MEMORY, 2 },
};

static bool
will_get(struct task *k, int i)
{
	return (int)k->arg[0] == IPC_PRIVATE ||
	       (k->arg[gets[i].flags] & IPC_CREAT &&
		!left_has_key(gets[i].kind, (int)k->arg[0]));
}

/* ---- POSIX queues ---- */

/* The kernel's names have no slash; mq_open(3) wants one.  */
static bool
queue_name(struct task *k, char *name, size_t room)
{
	name[0] = '/';
	return memory_string(k->tid, k->arg[0], name + 1, room - 1);
}

static bool
will_open_queue(struct task *k)
{
	char name[NAME_MAX + 2];

	return k->arg[1] & O_CREAT &&
	       queue_name(k, name, sizeof(name)) && !left_has_queue(name);
}

/* ---- files ---- */

/* The path by which a socket is bound; false: it is not one of a file.  */
static bool
socket_path(struct task *k, char *path, size_t room)
{
	struct sockaddr_un a = { .sun_family = AF_UNSPEC };
	size_t len = k->arg[2] < sizeof(a) ? k->arg[2] : sizeof(a);
	char proc[64], base[PATH_MAX_LEN];
	ssize_t n;

	if (memory_read(k->tid, k->arg[1], &a, len) != (ssize_t)len ||
	    a.sun_family != AF_UNIX || !a.sun_path[0])
		return false;
	if (a.sun_path[0] == '/')
		return snprintf(path, room, "%.*s", (int)sizeof(a.sun_path),
				a.sun_path) < (int)room;
	snprintf(proc, sizeof(proc), "/proc/%d/cwd", k->tid);
	n = readlink(proc, base, sizeof(base) - 1);
	return n > 0 && snprintf(path, room, "%.*s/%.*s", (int)n, base,
				 (int)sizeof(a.sun_path), a.sun_path) <
			(int)room;
}

/* The path that the call may make something at.  */
static bool
made_path(struct tracing *t, struct task *k, char *path, size_t room)
{
	int at = -1, arg = 0;

	if (k->nr == SYS_bind)
		return socket_path(k, path, room);
	if (!k->call || (k->call->does != DOES_OPEN &&
			 k->call->does != DOES_MKNOD))
		return false;
	if (k->call->does == DOES_OPEN && !(decode_open_flags(k) & O_CREAT))
		return false;
	if (k->call->arg[0].kind == ARG_DIRFD)
		at = 0, arg = 1;
	return path_argument(t, k, at, arg, path, room);
}

/* Is it beyond what goes with the run anyway?  Ordinary files are the
 * subject's own affair, but for those that are shared memory.  */
static bool
is_outside(struct tracing *t, struct task *k, const char *path)
{
	size_t cwd = strlen(t->cwd);

	if (strncmp(path, "/dev/shm/", SHM_FOLDER) == 0)
		return shares(t, PART_SHM);
	return k->call->does != DOES_OPEN &&
	       !(strncmp(path, t->cwd, cwd) == 0 && path[cwd] == '/');
}

/* With the folder as it really is, so that it can be compared.  */
static bool
real_path(struct tracing *t, struct task *k, char *path, size_t room)
{
	char given[PATH_MAX_LEN], folder[PATH_MAX], *slash;

	if (!made_path(t, k, given, sizeof(given)) ||
	    !(slash = strrchr(given, '/')))
		return false;
	*slash = '\0';
	if (!realpath(slash == given ? "/" : given, folder))
		return false;
	return snprintf(path, room, "%s/%s", folder[1] ? folder : "",
			slash + 1) < (int)room && is_outside(t, k, path);
}

static bool
will_make_file(struct tracing *t, struct task *k)
{
	char path[PATH_MAX];
	struct stat st;

	return real_path(t, k, path, sizeof(path)) && lstat(path, &st) < 0;
}

/* ---- before and after ---- */

void
made_entry(struct tracing *t, struct task *k)
{
	if (!k->in_call || !k->call)
		return;
	k->makes = false;
	for (size_t i = 0; i < ARRAY_SIZE(gets); i++)
		if (k->nr == gets[i].nr) {
			k->makes = will_get(k, i);
			if (k->makes)
				ids_next(t, gets[i].kind);
			return;
		}
	if (k->nr == SYS_mq_open)
		k->makes = will_open_queue(k);
	else if (t->left >= 0)
		k->makes = will_make_file(t, k);
}

/* The event says so, too: an object that was there before, others may use. */
static bool
is_ipc(struct task *k)
{
	bool is = k->nr == SYS_mq_open;

	for (size_t i = 0; i < ARRAY_SIZE(gets); i++)
		is |= k->nr == gets[i].nr;
	return is;
}

void
made_exit(struct tracing *t, struct task *k, int64_t result)
{
	char path[PATH_MAX];

	if (!k->makes)
		return;
	k->makes = false;
	if (result < 0)
		return;
	if (is_ipc(k)) {
		args_append(&k->e, "\"made\":true");
		if (t->left < 0 || !shares(t, PART_IPC))
			return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(gets); i++)
		if (k->nr == gets[i].nr) {
			left_note_id(t->left, gets[i].kind, (int)result);
			return;
		}
	if (k->nr == SYS_mq_open && queue_name(k, path, NAME_MAX + 2))
		left_note_queue(t->left, path);
	else if (k->nr != SYS_mq_open && real_path(t, k, path, sizeof(path)))
		left_note_file(t->left, path);
}
