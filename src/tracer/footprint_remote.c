/*
 * What calls into other processes touch: their memory, their descriptors, what
 * proc(5) tells of them.
 * What a process does to its own between two points is no act of its own, so
 * such a call depends on each step of that process.
 */
#include "config.h"

#include "tracer/footprint_inside.h"

#include "probe/probe.h"
#include "tracer/things.h"

#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>

enum { PARTS_MAX = 64 };

static void
touch_every_step(struct foot *f, const struct task *o)
{
	foot_own(f, ACT_SIGNAL_CONTROL, SPACE_SIGNALS, o);
}

/* Where others have it mapped, too, it is a part of that object.  */
static void
touch_memory(struct foot *f, struct task *of, enum act act, uint64_t at,
	     uint64_t size)
{
	struct touch *touch;
	uint64_t offset;
	int id = thing_of_address(f->t, of, at, &offset);

	if (id >= 0) {
		touch = foot_thing(f, act, id);
		touch->from = offset;
		touch->to = offset + size;
	} else if (foot_is_threaded(of)) {
		touch = foot_own(f, act, SPACE_MEMORY, of);
		touch->from = at;
		touch->to = at + size;
	} else if (of != f->k) {
		unsupported_memory(f->t, f->k, of);
	}
}

/* A list of parts, as readv(2) has it.  */
static void
touch_parts(struct foot *f, struct task *of, enum act act, uint64_t list,
	    uint64_t n)
{
	struct iovec part[PARTS_MAX];

	if (n > PARTS_MAX || memory_read(f->k->tid, list, part,
					 n * sizeof(*part)) !=
			     (ssize_t)(n * sizeof(*part))) {
		foot_unknown(f);
		return;
	}
	for (uint64_t i = 0; i < n; i++)
		if (part[i].iov_len)
			touch_memory(f, of, act,
				     (uintptr_t)part[i].iov_base,
				     part[i].iov_len);
}

/* process_vm_readv(2), process_vm_writev(2).  */
void
foot_remote_memory(struct foot *f)
{
	struct task *o = foot_process(f, (pid_t)f->arg[0]);
	bool writes = f->nr == SYS_process_vm_writev;

	if (!o)
		return;
	touch_every_step(f, o);
	if (o->phase == PHASE_ENDED)
		return;
	touch_parts(f, f->k, writes ? ACT_LOAD : ACT_STORE, f->arg[1],
		    f->arg[2]);
	touch_parts(f, o, writes ? ACT_STORE : ACT_LOAD, f->arg[3], f->arg[4]);
}

/* pidfd_getfd(2): a descriptor of another process, copied.  */
void
foot_takes_fd(struct foot *f)
{
	struct task *o = foot_process(f, probe_pidfd(f->k->tid,
						     (int)f->arg[0]));
	struct descriptor *d = o ? thing_of_fd(f->t, o, (int)f->arg[1]) : NULL;
	enum object_kind kind = d ? thing_kind(f->t, d->object) : KIND_NONE;

	if (o)
		touch_every_step(f, o);
	if (kind == KIND_PIPE || kind == KIND_FIFO)
		foot_thing(f, ACT_PIPE_COPY, d->object);
}

/* ---- /proc/PID ---- */

/* Those that open a file there, look at it, or move what is in it.  */
static const bool uses_files[DOES_MAX] = {
	[DOES_READ] = true, [DOES_READV] = true, [DOES_WRITE] = true,
	[DOES_WRITEV] = true, [DOES_OPEN] = true, [DOES_LOOK] = true,
	[DOES_LIST] = true,
};

/* The path that it works on, as far as it is told.  */
static bool
path_used(struct tracing *t, const struct task *k, char *path, size_t room)
{
	for (int i = 0; i < 6; i++)
		if (k->call->arg[i].kind == ARG_PATH)
			return memory_string(k->tid, k->arg[i], path, room);
	copy_str(path, room, thing_path(t, k->thing));
	return *path;
}

static struct task *
find_task(struct tracing *t, pid_t pid)
{
	for (struct task *o = t->first; o; o = o->next)
		if (o->tid == pid && !o->reaped)
			return o;
	return NULL;
}

/* Whose it is; NULL in *of: nobody lives there now.  */
static bool
is_remote(struct tracing *t, const struct task *k, struct task **of,
	  char *path, const char **file)
{
	pid_t pid;

	if (!k->call || !uses_files[k->call->does] ||
	    !path_used(t, k, path, PATH_MAX_LEN))
		return false;
	pid = path_process(path, file);
	*of = pid ? find_task(t, pid) : NULL;
	return pid && (!*of || (*of)->leader != k->leader);
}

bool
point_remote(struct tracing *t, struct task *k)
{
	char path[PATH_MAX_LEN];
	const char *file;
	struct task *of;

	return t->config.looks && is_remote(t, k, &of, path, &file);
}

void
foot_remote_files(struct foot *f)
{
	char path[PATH_MAX_LEN];
	const char *file;
	struct task *of;

	if (!is_remote(f->t, f->k, &of, path, &file))
		return;
	foot_unknown(f);
	/* Its descriptors change at points only.  */
	if (of && strncmp(file, "/fd", 3) != 0)
		unsupported_proc(f->t, f->k, of, file);
}

/* ptrace(2).  */
void
foot_traces(struct foot *f)
{
	foot_unknown(f);
	unsupported_trace(f->t, f->k);
}
