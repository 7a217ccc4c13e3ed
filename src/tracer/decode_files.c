/* Calls that open, close, copy and name descriptors and files.  */
#include "config.h"

#include "probe/handle.h"
#include "tracer/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/close_range.h>
#include <linux/openat2.h>
#include <string.h>
#include <unistd.h>


static unsigned
mode_of(uint64_t flags)
{
	switch (flags & O_ACCMODE) {
	case O_WRONLY: return MODE_WRITE;
	case O_RDWR: return MODE_READ | MODE_WRITE;
	default: return MODE_READ;
	}
}

uint64_t
decode_open_flags(struct task *k)
{
	struct open_how how = { 0 };

	for (int i = 0; i < 6; i++)
		switch (k->call->arg[i].kind) {
		case ARG_OPEN_FLAGS: return k->arg[i];
		case ARG_OPEN_HOW:
			memory_read(k->tid, k->arg[i], &how, sizeof(how));
			return how.flags;
		default: break;
		}
	return O_CREAT | O_WRONLY | O_TRUNC;	/* creat(2) */
}

/* A new description for a new descriptor; its object is asked for later. */
static void
enter_fd(struct tracing *t, struct task *k, int fd, uint64_t flags,
	 unsigned mode)
{
	descriptors_set(k->fds, fd, (struct descriptor){
		.cloexec = flags & O_CLOEXEC,
		.nonblock = flags & O_NONBLOCK,
		.append = flags & O_APPEND,
		.mode = flags & O_PATH ? 0 : mode,
		.description = t->next_description++,
		.object = -1,
	});
}

bool
decode_is_by_name(const struct task *k)
{
	char path[2];

	for (int i = 0; i < 2; i++)
		if (k->call->arg[i].kind == ARG_PATH)
			return memory_string(k->tid, k->arg[i], path,
					     sizeof(path)) && path[0];
	return false;
}

void
decode_entry_look(struct tracing *t, struct task *k)
{
	enum arg_kind first = k->call->arg[0].kind;

	if ((first == ARG_FD || first == ARG_DIRFD) && !decode_is_by_name(k))
		decode_on_fd(t, k, (int)k->arg[0]);
}

/* Whoever opens a FIFO may sleep there, before it has a descriptor: what it
 * works on is known from the path.  */
void
decode_entry_open(struct tracing *t, struct task *k)
{
	int at = k->call->arg[0].kind == ARG_DIRFD ? 0 : -1;
	char path[PATH_MAX_LEN];

	if (!t->config.driven ||
	    !path_argument(t, k, at, at + 1, path, sizeof(path)))
		return;
	k->thing = thing_fifo_at(t, k, path);
	COPY_STR(k->e.object, thing_name(t, k->thing));
}

void
decode_exit_open(struct tracing *t, struct task *k, int64_t r)
{
	uint64_t flags = decode_open_flags(k);

	if (r < 0)
		return;
	enter_fd(t, k, r, flags, mode_of(flags));
	decode_opened(t, k, &k->e, r);
	decode_on_fd(t, k, r);
}

void
decode_exit_close(struct tracing *t, struct task *k, int64_t r)
{
	/* The descriptor is gone even if close(2) failed, but for EBADF. */
	(void)t;
	if (r < 0 && k->e.error == EBADF)
		return;
	k->e.close_first = k->e.close_last = (int)k->arg[0];
	descriptors_close(k->fds, k->e.close_first, k->e.close_last);
}

void
decode_exit_close_range(struct tracing *t, struct task *k, int64_t r)
{
	unsigned last = k->arg[1] > INT_MAX ? INT_MAX : k->arg[1];

	(void)t;
	if (r < 0)
		return;
	if (k->arg[2] & CLOSE_RANGE_UNSHARE && k->fds->refs > 1) {
		struct descriptors *own = descriptors_copy(k->fds);

		descriptors_put(k->fds);
		k->fds = own;
	}
	if (k->arg[2] & CLOSE_RANGE_CLOEXEC) {
		for (size_t i = k->arg[0]; i < k->fds->room && i <= last; i++)
			k->fds->fd[i].cloexec = true;
		return;
	}
	k->e.close_first = (int)k->arg[0];
	k->e.close_last = (int)last;
	descriptors_close(k->fds, k->e.close_first, k->e.close_last);
}

/* Descriptor r is another name for what from names.  */
static void
duplicate(struct tracing *t, struct task *k, int from, int to, bool cloexec)
{
	struct descriptor *d = thing_of_fd(t, k, from), copy;

	if (d && from != to) {
		copy = *d;
		copy.cloexec = cloexec;
		copy.opening = 0;
		copy.handed = false;
		descriptors_set(k->fds, to, copy);
	}
	decode_opened(t, k, &k->e, to);
}

void
decode_exit_dup(struct tracing *t, struct task *k, int64_t r)
{
	bool cloexec = strcmp(k->call->name, "dup3") == 0 &&
		       (k->arg[2] & O_CLOEXEC);

	if (r >= 0)
		duplicate(t, k, (int)k->arg[0], r, cloexec);
}

void
decode_set_status(struct tracing *t, struct task *k, int fd, uint64_t flags)
{
	struct descriptor *d = descriptors_get(k->fds, fd);
	int description = d ? d->description : -1;

	/* Status flags belong to the description: all its descriptors. */
	for (struct task *o = t->first; description >= 0 && o; o = o->next) {
		if (!o->fds)
			continue;
		for (size_t i = 0; i < o->fds->room; i++) {
			if (o->fds->fd[i].description != description)
				continue;
			o->fds->fd[i].nonblock = flags & O_NONBLOCK;
			o->fds->fd[i].append = flags & O_APPEND;
		}
	}
	decode_opened(t, k, &k->e, fd);
}

void
decode_exit_fcntl(struct tracing *t, struct task *k, int64_t r)
{
	struct descriptor *d = descriptors_get(k->fds, (int)k->arg[0]);

	if (r < 0)
		return;
	switch ((int)k->arg[1]) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		duplicate(t, k, (int)k->arg[0], r,
			  k->arg[1] == F_DUPFD_CLOEXEC);
		break;
	case F_SETFD:
		if (d) {
			d->cloexec = k->arg[2] & FD_CLOEXEC;
			decode_opened(t, k, &k->e, (int)k->arg[0]);
		}
		break;
	case F_SETFL:
		decode_set_status(t, k, (int)k->arg[0], k->arg[2]);
		break;
	}
}

void
decode_exit_seek(struct tracing *t, struct task *k, int64_t r)
{
	(void)t;
	if (r >= 0)
		k->e.offset = r;
}

/* As if the kernel had made it so (pipe(7), "Pipe capacity").  */
static void
set_pipe_size(struct task *k, int fd)
{
	int flags, own = k->pipe_size ? handle_take(k->pid, fd, &flags, NULL)
				      : -1;

	if (own >= 0) {
		fcntl(own, F_SETPIPE_SZ, k->pipe_size);
		close(own);
	}
	k->pipe_size = 0;
}

void
decode_exit_pipe(struct tracing *t, struct task *k, int64_t r)
{
	uint64_t flags = k->call->arg[1].kind ? k->arg[1] : 0;
	int fd[2];

	if (r < 0 || memory_read(k->tid, k->arg[0], fd, sizeof(fd)) !=
		     sizeof(fd))
		return;
	set_pipe_size(k, fd[0]);
	enter_fd(t, k, fd[0], flags, MODE_READ);
	enter_fd(t, k, fd[1], flags, MODE_WRITE);
	decode_opened(t, k, &k->e, fd[0]);
	decode_opened(t, k, &k->e, fd[1]);
	if (k->e.n_opened) {
		COPY_STR(k->e.object, k->e.opened[0].object);
		k->thing = descriptors_get(k->fds, fd[0])->object;
	}
	args_append(&k->e, "\"pipefd\":[%d,%d]", fd[0], fd[1]);
}

void
decode_exit_rename(struct tracing *t, struct task *k, int64_t r)
{
	bool at = k->call->arg[0].kind == ARG_DIRFD;
	char from[PATH_MAX_LEN], to[PATH_MAX_LEN];
	int replaced, moved;

	if (r < 0 ||
	    !path_argument(t, k, at ? 0 : -1, at ? 1 : 0, from,
			   sizeof(from)) ||
	    !path_argument(t, k, at ? 2 : -1, at ? 3 : 1, to, sizeof(to)))
		return;
	replaced = thing_by_path(t, to);
	moved = thing_by_path(t, from);
	if (replaced >= 0 && replaced != moved)
		thing_removed(t, replaced);
	COPY_STR(k->e.object2, thing_name(t, replaced));
	COPY_STR(k->e.object, thing_name(t, moved));
	thing_short_path(t, to, k->e.path, sizeof(k->e.path));
	if (moved >= 0)
		thing_set_path(t, moved, to);
}

/* sem_open(3) makes a semaphore under a name of chance and links it to the one
 * that was asked for.  */
void
decode_exit_link(struct tracing *t, struct task *k, int64_t r)
{
	bool at = k->call->arg[0].kind == ARG_DIRFD;
	char from[PATH_MAX_LEN], to[PATH_MAX_LEN];
	int linked;

	if (r < 0 ||
	    !path_argument(t, k, at ? 0 : -1, at ? 1 : 0, from,
			   sizeof(from)) ||
	    !path_argument(t, k, at ? 2 : -1, at ? 3 : 1, to, sizeof(to)))
		return;
	linked = thing_by_path(t, from);
	COPY_STR(k->e.object, thing_name(t, linked));
	thing_short_path(t, to, k->e.path, sizeof(k->e.path));
	if (thing_kind(t, linked) == KIND_SEMAPHORE)
		thing_set_path(t, linked, to);
}

/* A FIFO is one of the things that processes talk through; what else mknod(2)
 * makes is not.  */
void
decode_exit_mknod(struct tracing *t, struct task *k, int64_t r)
{
	int at = k->call->arg[0].kind == ARG_DIRFD ? 0 : -1;
	char path[PATH_MAX_LEN];

	if (r < 0 || !path_argument(t, k, at, at + 1, path, sizeof(path)))
		return;
	k->thing = thing_fifo_at(t, k, path);
	COPY_STR(k->e.object, thing_name(t, k->thing));
}

void
decode_exit_unlink(struct tracing *t, struct task *k, int64_t r)
{
	bool at = k->call->arg[0].kind == ARG_DIRFD;
	char path[PATH_MAX_LEN];

	if (r < 0 || !path_argument(t, k, at ? 0 : -1, at ? 1 : 0, path,
				    sizeof(path)))
		return;
	thing_removed(t, thing_by_path(t, path));
}

/* All that there is to know of it, the kernel tells.  */
void
decode_exit_new_fd(struct tracing *t, struct task *k, int64_t r)
{
	if (r < 0)
		return;
	descriptors_close(k->fds, r, r);
	decode_opened(t, k, &k->e, r);
	if (k->e.n_opened)
		COPY_STR(k->e.object, k->e.opened[0].object);
}
