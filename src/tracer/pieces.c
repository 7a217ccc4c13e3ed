/*
 * Writes that the kernel makes in pieces: more than PIPE_BUF bytes into a pipe
 * that has no room for all of them (pipe(7)).  It moves what there is room
 * for, sleeps, and moves on; meanwhile the bytes of others may come in.
 *
 * Whose come next is for the kernel to decide, unless the sleep is broken off:
 * then it says how much was moved, and the rest is a call of its own, with a
 * point before it.  The program does not notice: what it is told at last is
 * the sum, and where a signal comes before that, what was moved until then, as
 * without us.
 *
 * In explored runs only, and where one is run again; people who drive a run
 * see the call as it is.
 */
#include "config.h"

#include "tracer/trace.h"

#include <limits.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>

enum {
	ADDRESS = 1, LENGTH = 2,	/* arguments of write(2) */
	ERRNO_LAST = 511,		/* behind it the kernel's own begin */
};

bool
pieces_are_left(struct tracing *t, const struct task *k)
{
	enum object_kind kind = thing_kind(t, k->thing);

	return k->in_call && k->call && k->call->does == DOES_WRITE &&
	       k->nr == SYS_write && k->arg[LENGTH] > PIPE_BUF &&
	       (kind == KIND_PIPE || kind == KIND_FIFO);
}

bool
pieces_break(struct tracing *t, struct task *k)
{
	if (!t->config.driven || t->config.output <= 0 || k->cut_from ||
	    k->pieces.broken || !pieces_are_left(t, k))
		return false;
	k->pieces.broken = true;
	return ptrace(PTRACE_INTERRUPT, k->tid, NULL, NULL) == 0;
}

void
pieces_entry(struct task *k)
{
	k->pieces.broken = false;
	if (k->nr != SYS_write ||
	    k->arg[ADDRESS] != k->pieces.from + k->pieces.done)
		k->pieces.done = 0;
}

/* As the program made the call.  */
static void
put_back(struct task *k)
{
	regs_set_arg(k->tid, ADDRESS, k->pieces.from);
	regs_set_arg(k->tid, LENGTH, k->pieces.size);
	k->pieces.done = 0;
}

static void
make_rest(struct task *k, uint64_t moved)
{
	if (k->pieces.done == 0) {
		k->pieces.from = k->arg[ADDRESS];
		k->pieces.size = k->arg[LENGTH];
	}
	k->pieces.done += moved;
	regs_set_arg(k->tid, ADDRESS, k->arg[ADDRESS] + moved);
	regs_set_arg(k->tid, LENGTH, k->arg[LENGTH] - moved);
	stop_make_again(k);
}

int64_t
pieces_exit(struct task *k, int64_t result)
{
	int64_t done = (int64_t)k->pieces.done;

	if (k->pieces.broken && result > 0 &&
	    (uint64_t)result < k->arg[LENGTH]) {
		make_rest(k, (uint64_t)result);
	} else if (done > 0) {
		put_back(k);
		regs_set_result(k->tid, result < 0 ? done : done + result);
		if (result < 0 && result < -ERRNO_LAST)
			result = 0;	/* broken off: no more was moved */
	}
	return result;
}

bool
pieces_end(struct task *k)
{
	int64_t done = (int64_t)k->pieces.done;

	if (done == 0)
		return false;
	put_back(k);
	regs_set_result(k->tid, done);
	return true;
}
