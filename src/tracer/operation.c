/*
 * Operations of the C library (sem_wait(3) and the like): one event each, by
 * the name of the function, although the kernel sees a futex(2) or nothing at
 * all.  The point is the call that begins it; whoever sleeps beneath is
 * blocked in the operation; its end is told when the runtime says so.
 *
 * A handler may run in the middle of one and begin another, or leave it for
 * good by longjmp(3): so they are a stack, and those above one that ends are
 * forgotten.
 */
#include "config.h"

#include "tracer/decode.h"
#include "tracer/drive.h"
#include "tracer/footprint.h"
#include "tracer/runtime.h"

#include <errno.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

enum { DEPTH_MAX = 8 };

struct library_call {
	struct library_call *outer;
	long nr;
	uint64_t arg[6];
	int thing;
	bool interrupted;	/* a handler runs, or did */
	bool blocked_told;
	char source[PATH_MAX_LEN];
	struct event e;
};

/* ---- what it works on ---- */

/* By the beginnings of their names.  */
static const struct {
	const char *start;
	enum object_kind kind;
} kinds[] = {
	{ "sem_", KIND_SEMAPHORE },
	{ "pthread_mutex_", KIND_MUTEX },
	{ "pthread_spin_", KIND_MUTEX },
	{ "pthread_cond_", KIND_CONDITION },
	{ "pthread_rwlock_", KIND_RWLOCK },
	{ "pthread_barrier_", KIND_BARRIER },
};

static enum object_kind
kind_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strncmp(name, kinds[i].start, strlen(kinds[i].start)) == 0)
			return kinds[i].kind;
	return KIND_NONE;
}

/* Some are known by a name until they end.  */
static bool
has_address(const struct task *k)
{
	return k->nr != RT_sem_open && k->nr != RT_sem_unlink;
}

/* Those on another thread: its pthread_t stands where others have an
 * address.  */
static bool
is_on_thread(const struct task *k)
{
	static const long list[] = {
		RT_pthread_join, RT_pthread_tryjoin_np,
		RT_pthread_timedjoin_np, RT_pthread_clockjoin_np,
		RT_pthread_detach, RT_pthread_cancel,
	};

	for (size_t i = 0; i < ARRAY_SIZE(list); i++)
		if (k->nr == list[i])
			return true;
	return false;
}

void
decode_entry_operation(struct tracing *t, struct task *k)
{
	enum object_kind kind = kind_of(k->call->name);
	struct task *other;

	if (has_address(k) && kind != KIND_NONE) {
		k->thing = thing_at(t, k, kind, k->arg[0]);
		COPY_STR(k->e.object, thing_name(t, k->thing));
	}
	if (kind == KIND_CONDITION && k->arg[1] &&
	    (k->nr == RT_pthread_cond_wait ||
	     k->nr == RT_pthread_cond_timedwait ||
	     k->nr == RT_pthread_cond_clockwait))
		COPY_STR(k->e.object2, thing_name(t,
			 thing_at(t, k, KIND_MUTEX, k->arg[1])));
	if (is_on_thread(k) &&
	    (other = thread_of(t, k, k->arg[0])))
		args_append(&k->e, "\"thread\":\"%s\"", other->name);
}

void
decode_exit_operation(struct tracing *t, struct task *k, int64_t result)
{
	(void)result;
	if (thing_kind(t, k->thing) == KIND_SEMAPHORE &&
	    k->nr != RT_sem_destroy && k->nr != RT_sem_close)
		k->e.value = semaphore_value(k, k->arg[0]);
}

/* ---- its life ---- */

static void
drop(struct task *k)
{
	struct library_call *op = k->op;

	k->op = op->outer;
	free(op);
}

void
operation_forget(struct task *k)
{
	while (k->op)
		drop(k);
}

static bool
is_wait(const struct task *k)
{
	return k->nr == RT_pthread_cond_wait ||
	       k->nr == RT_pthread_cond_timedwait ||
	       k->nr == RT_pthread_cond_clockwait;
}

/* In a driven run nobody moves between its giving up the mutex and its sleep:
 * it may do them one by one.  One that will wake at once does not sleep, but
 * the mutex is given up all the same.  */
static void
split(struct tracing *t, struct task *k)
{
	if (k->skipped && k->answer == RT_SPURIOUS)
		tell_block(t, k);
	else if (t->config.driven && !t->free) {
		if (k->passing)
			regs_skip_call(k->tid);
		regs_set_result(k->tid, RT_SPLIT);
	}
}

void
operation_begin(struct tracing *t, struct task *k)
{
	struct library_call *op, **last = &k->op;
	int depth = 0;

	if (is_wait(k))
		split(t, k);
	/* A handler that leaves by longjmp(3) again and again.  */
	while (*last && ++depth < DEPTH_MAX)
		last = &(*last)->outer;
	if (*last) {
		free(*last);
		*last = NULL;
	}
	op = xmalloc(sizeof(*op));
	op->outer = k->op;
	op->nr = k->nr;
	memcpy(op->arg, k->arg, sizeof(op->arg));
	op->thing = k->thing;
	op->interrupted = op->blocked_told = false;
	COPY_STR(op->source, k->source);
	op->e = k->e;
	k->op = op;
}

/* Take up the operation again as the call in progress.  */
static void
resume(struct task *k)
{
	struct library_call *op = k->op;

	k->e = op->e;
	k->thing = op->thing;
	k->blocked_told = op->blocked_told;
	k->point_told = true;
	COPY_STR(k->source, op->source);
}

void
operation_end(struct tracing *t, struct task *k)
{
	struct library_call *op = k->op;
	int64_t result = (int64_t)k->arg[1];
	int error = k->arg[2];
	uint64_t value = k->arg[3];

	while (op && op->nr != (long)k->arg[0])
		op = op->outer;
	if (!op)
		return;
	while (k->op != op)
		drop(k);
	resume(k);
	k->nr = op->nr;
	k->call = call_find(op->nr);
	memcpy(k->arg, op->arg, sizeof(k->arg));
	if (k->nr == RT_sem_open && !error) {
		k->arg[0] = value;
		k->thing = thing_at(t, k, KIND_SEMAPHORE, value);
		COPY_STR(k->e.object, thing_name(t, k->thing));
	}
	drop(k);
	decode_exit(t, k, error ? -error : result, error != 0);
	step_done(t, k);
	if (k->nr == RT_sem_getvalue && !error)
		k->e.value = (int)value;
	COPY_STR(k->e.source, k->source);
	out_event(t, &k->e);
}

/* ---- what happens beneath ---- */

static bool
is_sleep(const struct task *k)
{
	switch (k->arg[1] & FUTEX_CMD_MASK) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
	case FUTEX_LOCK_PI:
	case FUTEX_LOCK_PI2:
	case FUTEX_WAIT_REQUEUE_PI:
		return true;
	default:
		return false;
	}
}

bool
operation_entry(struct tracing *t, struct task *k)
{
	int64_t ns;

	k->beneath = false;
	if (!k->op || runtime_pc(k) || k->nr == RT_END)
		return false;
	/* Handlers have no futex of their own but in operations.  */
	if (k->nr == SYS_futex)
		k->op->interrupted = false;
	k->beneath = !k->op->interrupted;
	if (!k->beneath || k->nr != SYS_futex)
		return false;
	if (!is_sleep(k))
		return true;
	resume(k);
	if (!t->config.driven)
		return true;
	ns = virtual_timeout(t, k);
	if (ns == 0) {
		k->skipped = true;
		k->answer = -ETIMEDOUT;
		regs_skip_call(k->tid);
	} else if (ns > 0) {
		k->until = virtual_after(t, ns);
	}
	return true;
}

bool
operation_is_of_name(const struct task *k)
{
	return k->op && (k->op->nr == RT_sem_open ||
			 k->op->nr == RT_sem_close ||
			 k->op->nr == RT_sem_unlink);
}

void
operation_slept(struct task *k)
{
	if (k->op)
		k->op->blocked_told = k->blocked_told;
}

void
operation_called(const struct task *k, long *nr, const uint64_t **arg)
{
	*nr = k->op->nr;
	*arg = k->op->arg;
}

void
operation_interrupted(struct task *k)
{
	if (k->op)
		k->op->interrupted = true;
}
