/*
 * What calls into other processes touch: their memory, their descriptors.
 * What a process does to its own between two points is no act of its own, so
 * such a call depends on each step of that process.
 */
#include "config.h"

#include "tracer/footprint_inside.h"

#include "probe/probe.h"
#include "tracer/things.h"

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
