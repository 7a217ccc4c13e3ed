/*
 * From a call to an event: which descriptor and object it works on, what it
 * moved, which descriptors it opened and closed.  One function for each
 * enum call_does; the table at the end of the file says which.
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/openat2.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DATA_DEFAULT = 32, IOV_MAX_SHOWN = 16 };

/* ---- what calls share ---- */

void
decode_state(struct tracing *t, struct event *e, int id)
{
	enum object_kind kind = thing_kind(t, id);
	struct task *k;
	int fd;

	if (thing_is_system(t, id) ||
	    !thing_holder(t, id, MODE_READ | MODE_WRITE, &k, &fd))
		return;
	if (kind == KIND_PIPE || kind == KIND_FIFO) {
		struct task *reader;
		int read_fd;

		/* A read end is better: a write end must be reopened. */
		if (thing_holder(t, id, MODE_READ, &reader, &read_fd)) {
			k = reader;
			fd = read_fd;
		}
		e->state.known = probe_pipe(k->tid, fd, &e->state, NULL) == 0;
	} else if (kind == KIND_FILE) {
		e->state.known = probe_file(k->tid, fd, &e->state, NULL) == 0;
	}
}

/* The event works on this descriptor.  */
static struct descriptor *
on_fd(struct tracing *t, struct task *k, int fd)
{
	struct descriptor *d = thing_of_fd(t, k, fd);

	k->e.fd = fd;
	if (!d)
		return NULL;
	k->thing = d->object;
	k->e.description = d->description;
	COPY_STR(k->e.object, thing_name(t, d->object));
	return d;
}

void
decode_opened(struct tracing *t, struct task *k, struct event *e, int fd)
{
	struct descriptor *d = thing_of_fd(t, k, fd);
	struct opened *o;

	if (!d || e->n_opened == OPENS_MAX)
		return;
	o = &e->opened[e->n_opened++];
	*o = (struct opened){
		.fd = fd,
		.description = d->description,
		.mode = d->mode,
		.cloexec = d->cloexec,
		.nonblock = d->nonblock,
		.append = d->append,
	};
	COPY_STR(o->object, thing_name(t, d->object));
}

static int
data_max(struct tracing *t, int id)
{
	int max = t->config.data_max ? t->config.data_max : DATA_DEFAULT;

	/* What goes to the terminal is shown whole.  */
	if (t->config.driven && thing_kind(t, id) == KIND_TERMINAL)
		max = DATA_MAX_LEN - 1;
	return max < DATA_MAX_LEN ? max : DATA_MAX_LEN - 1;
}

static void
take_data(struct tracing *t, struct task *k, uint64_t at, int64_t n, int id)
{
	int max = data_max(t, id);
	ssize_t got;

	if (n > max)
		n = max;
	got = n > 0 ? memory_read(k->tid, at, k->e.data, n) : 0;
	k->e.data_len = got > 0 ? got : 0;
	k->e.data[k->e.data_len] = '\0';
}

static void
take_iov(struct tracing *t, struct task *k, int64_t n, int id)
{
	struct iovec iov[IOV_MAX_SHOWN];
	int count = k->arg[2] < IOV_MAX_SHOWN ? (int)k->arg[2]
					       : IOV_MAX_SHOWN;
	int max = data_max(t, id), len = 0;

	if (memory_read(k->tid, k->arg[1], iov, count * sizeof(*iov)) < 0)
		count = 0;
	for (int i = 0; i < count && len < max && len < n; i++) {
		int64_t want = iov[i].iov_len;
		ssize_t got;

		if (want > max - len)
			want = max - len;
		if (want > n - len)
			want = n - len;
		got = memory_read(k->tid, (uintptr_t)iov[i].iov_base,
				  k->e.data + len, want);
		if (got <= 0)
			break;
		len += got;
	}
	k->e.data_len = len;
	k->e.data[len] = '\0';
}

static bool
is_file(struct tracing *t, int id)
{
	return thing_kind(t, id) == KIND_FILE;
}

/* Where the offset of a file stands after a call that moved it.  Only asked
 * where nobody else moves: driven runs.  */
static void
take_offset(struct tracing *t, struct task *k, int fd, int id)
{
	struct probe_fd p;

	if (t->config.driven && is_file(t, id) && !thing_is_system(t, id) &&
	    probe_fd(k->tid, fd, &p, NULL) == 0)
		k->e.offset = p.pos;
}

/* ---- before the call ---- */

/* The object named by a path, where we know one.  */
static void
on_path(struct tracing *t, struct task *k, int at, int path, char *object,
	size_t room)
{
	char name[PATH_MAX_LEN];

	if (path_argument(t, k, at, path, name, sizeof(name)))
		copy_str(object, room,
			 thing_name(t, thing_by_path(t, name)));
}

static void
entry_fd(struct tracing *t, struct task *k)
{
	on_fd(t, k, (int)k->arg[0]);
}

static void
entry_read(struct tracing *t, struct task *k)
{
	on_fd(t, k, (int)k->arg[0]);
	k->e.end = MODE_READ;
}

static void
entry_write(struct tracing *t, struct task *k)
{
	on_fd(t, k, (int)k->arg[0]);
	k->e.end = MODE_WRITE;
}

/* splice, tee, copy_file_range: in, out; sendfile: out, in.  */
static void
move_ends(const struct task *k, int *in, int *out)
{
	bool reversed = strcmp(k->call->name, "sendfile") == 0;
	int second = strcmp(k->call->name, "tee") == 0 || reversed ? 1 : 2;

	*in = (int)k->arg[reversed ? second : 0];
	*out = (int)k->arg[reversed ? 0 : second];
}

static void
entry_move(struct tracing *t, struct task *k)
{
	struct descriptor *d;
	int in, out;

	move_ends(k, &in, &out);
	d = thing_of_fd(t, k, out);
	if (d)
		COPY_STR(k->e.object2, thing_name(t, d->object));
	on_fd(t, k, in);
	k->e.end = MODE_READ;
}

static void
entry_exit(struct tracing *t, struct task *k)
{
	/* Nothing comes back from these: the event is complete. */
	(void)t;
	k->e.status = (int)(k->arg[0] & 0xff);
}

/* ---- after the call ---- */

static void
exit_read(struct tracing *t, struct task *k, int64_t r)
{
	struct descriptor *d = descriptors_get(k->fds, k->e.fd);
	int id = d ? d->object : -1;

	if (r < 0)
		return;
	k->e.bytes = r;
	if (k->call->does == DOES_READV)
		take_iov(t, k, r, id);
	else
		take_data(t, k, k->arg[1], r, id);
	take_offset(t, k, k->e.fd, id);
}

static void
exit_write(struct tracing *t, struct task *k, int64_t r)
{
	struct descriptor *d = descriptors_get(k->fds, k->e.fd);
	int id = d ? d->object : -1;

	if (r < 0)
		return;
	k->e.bytes = r;
	if (k->call->does == DOES_WRITEV)
		take_iov(t, k, r, id);
	else
		take_data(t, k, k->arg[1], r, id);
	take_offset(t, k, k->e.fd, id);
}

static unsigned
mode_of(uint64_t flags)
{
	switch (flags & O_ACCMODE) {
	case O_WRONLY: return MODE_WRITE;
	case O_RDWR: return MODE_READ | MODE_WRITE;
	default: return MODE_READ;
	}
}

static uint64_t
open_flags_of(struct task *k)
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

static void
exit_open(struct tracing *t, struct task *k, int64_t r)
{
	uint64_t flags = open_flags_of(k);

	if (r < 0)
		return;
	enter_fd(t, k, r, flags, mode_of(flags));
	decode_opened(t, k, &k->e, r);
	on_fd(t, k, r);
}

static void
exit_close(struct tracing *t, struct task *k, int64_t r)
{
	/* The descriptor is gone even if close(2) failed, but for EBADF. */
	(void)t;
	if (r < 0 && k->e.error == EBADF)
		return;
	k->e.close_first = k->e.close_last = (int)k->arg[0];
	descriptors_close(k->fds, k->e.close_first, k->e.close_last);
}

static void
exit_close_range(struct tracing *t, struct task *k, int64_t r)
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
		descriptors_set(k->fds, to, copy);
	}
	decode_opened(t, k, &k->e, to);
}

static void
exit_dup(struct tracing *t, struct task *k, int64_t r)
{
	bool cloexec = strcmp(k->call->name, "dup3") == 0 &&
		       (k->arg[2] & O_CLOEXEC);

	if (r >= 0)
		duplicate(t, k, (int)k->arg[0], r, cloexec);
}

static void
exit_setfl(struct tracing *t, struct task *k, uint64_t flags)
{
	struct descriptor *d = descriptors_get(k->fds, (int)k->arg[0]);
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
	decode_opened(t, k, &k->e, (int)k->arg[0]);
}

static void
exit_fcntl(struct tracing *t, struct task *k, int64_t r)
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
		exit_setfl(t, k, k->arg[2]);
		break;
	}
}

static void
exit_seek(struct tracing *t, struct task *k, int64_t r)
{
	(void)t;
	if (r >= 0)
		k->e.offset = r;
}

static void
exit_pipe(struct tracing *t, struct task *k, int64_t r)
{
	uint64_t flags = k->call->arg[1].kind ? k->arg[1] : 0;
	int fd[2];

	if (r < 0 || memory_read(k->tid, k->arg[0], fd, sizeof(fd)) !=
		     sizeof(fd))
		return;
	enter_fd(t, k, fd[0], flags, MODE_READ);
	enter_fd(t, k, fd[1], flags, MODE_WRITE);
	decode_opened(t, k, &k->e, fd[0]);
	decode_opened(t, k, &k->e, fd[1]);
	if (k->e.n_opened)
		COPY_STR(k->e.object, k->e.opened[0].object);
	args_append(&k->e, "\"pipefd\":[%d,%d]", fd[0], fd[1]);
}

static void
exit_move(struct tracing *t, struct task *k, int64_t r)
{
	int in, out;

	if (r < 0)
		return;
	move_ends(k, &in, &out);
	k->e.bytes = r;
	take_offset(t, k, in, thing_by_path(t, k->e.object));
}

static void
exit_rename(struct tracing *t, struct task *k, int64_t r)
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

static void
exit_unlink(struct tracing *t, struct task *k, int64_t r)
{
	bool at = k->call->arg[0].kind == ARG_DIRFD;
	char path[PATH_MAX_LEN];

	if (r < 0 || !path_argument(t, k, at ? 0 : -1, at ? 1 : 0, path,
				    sizeof(path)))
		return;
	thing_removed(t, thing_by_path(t, path));
}

static void
exit_poll_create(struct tracing *t, struct task *k, int64_t r)
{
	if (r < 0)
		return;
	enter_fd(t, k, r, k->arg[0], MODE_READ | MODE_WRITE);
	decode_opened(t, k, &k->e, r);
}

static void
exit_wait(struct tracing *t, struct task *k, int64_t r)
{
	int status;

	(void)t;
	if (r > 0 && k->call->arg[1].kind == ARG_STATUS && k->arg[1] &&
	    memory_read(k->tid, k->arg[1], &status, sizeof(status)) ==
	    sizeof(status))
		args_append(&k->e, "\"wstatus\":%d", status);
}

static void
exit_affinity(struct tracing *t, struct task *k, int64_t r)
{
	/* We pinned the subject beside us; a program that asks how many
	 * processors it may use gets the answer it would have got.  */
	if (r > 0 && (size_t)r <= t->affinity_len && !k->arg[0])
		memory_write(k->tid, k->arg[2], t->affinity, r);
}

static void
exit_sigaction(struct tracing *t, struct task *k, int64_t r)
{
	uint64_t action[2];	/* handler, flags: the kernel's layout */
	uint64_t bit;

	(void)t;
	if (r < 0 || !k->arg[1] || k->arg[0] < 1 || k->arg[0] > 64 ||
	    memory_read(k->tid, k->arg[1], action, sizeof(action)) < 0)
		return;
	bit = UINT64_C(1) << (k->arg[0] - 1);
	k->leader->restarts &= ~bit;
	if (action[1] & SA_RESTART)
		k->leader->restarts |= bit;
}

static const struct {
	void (*entry)(struct tracing *t, struct task *k);
	void (*exit)(struct tracing *t, struct task *k, int64_t result);
} decoders[] = {
	[DOES_READ] = { entry_read, exit_read },
	[DOES_READV] = { entry_read, exit_read },
	[DOES_WRITE] = { entry_write, exit_write },
	[DOES_WRITEV] = { entry_write, exit_write },
	[DOES_OPEN] = { NULL, exit_open },
	[DOES_CLOSE] = { entry_fd, exit_close },
	[DOES_CLOSE_RANGE] = { NULL, exit_close_range },
	[DOES_DUP] = { entry_fd, exit_dup },
	[DOES_FCNTL] = { entry_fd, exit_fcntl },
	[DOES_SEEK] = { entry_fd, exit_seek },
	[DOES_LOCK] = { entry_fd, NULL },
	[DOES_PIPE] = { NULL, exit_pipe },
	[DOES_MOVE] = { entry_move, exit_move },
	[DOES_RENAME] = { NULL, exit_rename },
	[DOES_UNLINK] = { NULL, exit_unlink },
	[DOES_TRUNCATE] = { NULL, NULL },
	[DOES_EPOLL_CREATE] = { NULL, exit_poll_create },
	[DOES_EPOLL_CTL] = { entry_fd, NULL },
	[DOES_EXIT] = { entry_exit, NULL },
	[DOES_WAIT] = { NULL, exit_wait },
	[DOES_AFFINITY] = { NULL, exit_affinity },
	[DOES_SIGACTION] = { NULL, exit_sigaction },
};

static bool
has_decoder(const struct task *k)
{
	return k->call && (size_t)k->call->does < ARRAY_SIZE(decoders);
}

static int
first_path(const struct call *c)
{
	for (int i = 0; i < 6; i++)
		if (c->arg[i].kind == ARG_PATH)
			return i;
	return -1;
}

bool
path_argument(struct tracing *t, struct task *k, int at, int path, char *out,
	      size_t room)
{
	char text[PATH_MAX_LEN], proc[64], base[PATH_MAX_LEN];
	ssize_t n;

	(void)t;
	if (!memory_string(k->tid, k->arg[path], text, sizeof(text)))
		return false;
	if (text[0] == '/') {
		copy_str(out, room, text);
		return true;
	}
	if (at < 0 || (int)k->arg[at] == AT_FDCWD)
		snprintf(proc, sizeof(proc), "/proc/%d/cwd", k->tid);
	else
		snprintf(proc, sizeof(proc), "/proc/%d/fd/%d", k->tid,
			 (int)k->arg[at]);
	n = readlink(proc, base, sizeof(base) - 1);
	if (n <= 0)
		return false;
	base[n] = '\0';
	while (strncmp(text, "./", 2) == 0)
		memmove(text, text + 2, strlen(text + 2) + 1);
	return snprintf(out, room, "%s/%s", base, text) < (int)room;
}

void
decode_entry(struct tracing *t, struct task *k)
{
	struct event *e = &k->e;
	const struct call *c = k->call;

	event_init(e, WHAT_CALL);
	COPY_STR(e->actor, k->name);
	e->pid = k->pid;
	e->tid = k->tid;
	COPY_STR(e->call, c ? c->name : call_name(k->nr));
	if (!c)
		return;
	args_write(t, k);
	k->thing = -1;
	if (has_decoder(k) && decoders[c->does].entry)
		decoders[c->does].entry(t, k);
	else if (c->arg[0].kind == ARG_FD)
		entry_fd(t, k);
	if (t->config.driven && (c->flags & CALL_PATH_POINT)) {
		int path = first_path(c);

		on_path(t, k, path > 0 ? 0 : -1, path, e->object,
			sizeof(e->object));
	}
}

static void
touch(struct tracing *t, int id)
{
	for (int i = 0; i < t->n_touched; i++)
		if (t->touched[i] == id)
			return;
	if (t->n_touched < (int)ARRAY_SIZE(t->touched))
		t->touched[t->n_touched++] = id;
}

/* The state of the object after the call: at once if nobody can have moved
 * on it at the same time, else when all stand still again.  */
static void
decode_after(struct tracing *t, struct task *k)
{
	bool shared = k->blocked_told || k->e.object2[0];

	for (struct task *o = t->first; o && !shared; o = o->next)
		shared = o != k && o->in_call && o->thing == k->thing &&
			 (o->phase == PHASE_ASLEEP ||
			  o->phase == PHASE_RUNNING);
	if (k->thing >= 0 && shared)
		touch(t, k->thing);
	else
		decode_state(t, &k->e, k->thing);
}

void
decode_exit(struct tracing *t, struct task *k, int64_t result, bool is_error)
{
	struct event *e = &k->e;

	e->has_result = true;
	e->result = is_error ? -1 : result;
	e->error = is_error ? (int)-result : 0;
	if (has_decoder(k) && decoders[k->call->does].exit)
		decoders[k->call->does].exit(t, k, is_error ? -1 : result);
	if (t->config.driven) {
		e->time = t->now - t->began;
		decode_after(t, k);
	}
}
