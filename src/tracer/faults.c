/*
 * Faults: what manual pages permit a call to do, and programs tend to forget.
 * Each is an alternative of whoever is held before the call; the pages are
 * named in schedule/fault.c.
 */
#include "config.h"

#include "event/sigset.h"
#include "tracer/pending.h"
#include "tracer/run.h"
#include "tracer/runtime.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void
add_fault(struct driver *d, const struct standing *s,
	  enum alternative_kind kind, int number)
{
	struct alternative *a = position_add(d, kind, s);

	a->number = number;
	a->fault = true;
}

/* A read may give less than there is (read(2)); a write to a pipe of up to
 * PIPE_BUF bytes is all or nothing (pipe(7)).  */
static void
add_cut(struct driver *d, struct task *k, const struct standing *s)
{
	enum object_kind kind = thing_kind(d->t, k->thing);
	bool writes = k->call->does == DOES_WRITE;
	uint64_t least = writes ? PIPE_BUF + 1 : 2;

	if ((k->call->does != DOES_READ && !writes) ||
	    (kind != KIND_PIPE && kind != KIND_FIFO && kind != KIND_SOCKET) ||
	    k->arg[2] < least || s->state != STANDS_READY)
		return;
	add_fault(d, s, ALTERNATIVE_CUT, writes ? (int)(k->arg[2] / 2) : 1);
}

/* A new pipe may have room for one page only, where the user has many
 * (pipe(7), pipe-user-pages-soft).  */
static void
add_small_pipe(struct driver *d, struct task *k, const struct standing *s)
{
	if (k->call->does == DOES_PIPE)
		add_fault(d, s, ALTERNATIVE_CUT, (int)sysconf(_SC_PAGESIZE));
}

/* A wait for a condition variable may end unasked (pthread_cond_wait(3)).  */
static void
add_wake(struct driver *d, struct task *k, const struct standing *s)
{
	if (k->nr == RT_pthread_cond_wait ||
	    k->nr == RT_pthread_cond_timedwait ||
	    k->nr == RT_pthread_cond_clockwait)
		add_fault(d, s, ALTERNATIVE_WAKE, 0);
}

/* Never made again behind a handler, whatever SA_RESTART says (signal(7)). */
static bool
is_never_restarted(const struct task *k)
{
	static const char *const names[] = {
		"semop", "semtimedop", "msgsnd", "msgrcv", "epoll_wait",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcmp(k->call->name, names[i]) == 0)
			return true;
	return k->call->does == DOES_POLL || k->call->does == DOES_SLEEP;
}

/* Does the call bring a mask of its own, for as long as it sleeps?  */
static bool
has_own_mask(const struct task *k)
{
	static const int with[] = {
		SYS_rt_sigsuspend, SYS_ppoll, SYS_pselect6, SYS_epoll_pwait,
		SYS_epoll_pwait2,
	};

	for (size_t i = 0; i < ARRAY_SIZE(with); i++)
		if (k->nr == with[i])
			return true;
	return false;
}

/* Who sleeps may be woken by a signal, if there is a handler for one that is
 * not blocked.  */
static void
add_interruption(struct driver *d, struct task *k, const struct standing *s)
{
	uint64_t caught = k->leader->caught;

	if (s->state != STANDS_WAITS || k->nr >= RT_HELLO ||
	    !(k->call->flags & CALL_MAY_SLEEP) || caught == 0)
		return;
	if (!has_own_mask(k))
		caught &= ~pending_mask(k);
	if (caught == 0)
		return;
	if (caught & ~k->leader->restarts || is_never_restarted(k))
		add_fault(d, s, ALTERNATIVE_FAIL, EINTR);
}

/* A pipe or socket that does not wait may be full (pipe(7), write(2)).  */
static void
add_full(struct driver *d, struct task *k, const struct standing *s)
{
	enum object_kind kind = thing_kind(d->t, k->thing);
	struct descriptor *f;

	if (k->call->does != DOES_WRITE || s->state != STANDS_READY ||
	    (kind != KIND_PIPE && kind != KIND_FIFO && kind != KIND_SOCKET))
		return;
	f = descriptors_get(k->fds, k->e.fd);
	if (f && f->nonblock)
		add_fault(d, s, ALTERNATIVE_FAIL, EAGAIN);
}

/* A user's processes may have so many signals queued as RLIMIT_SIGPENDING says,
 * all together (sigqueue(3)); what is not real-time gets through always.  */
static void
add_queued(struct driver *d, struct task *k, const struct standing *s)
{
	enum { REAL_TIME = 32 };	/* the kernel's first (signal(7)) */
	uint64_t signal = k->nr == SYS_rt_sigqueueinfo ? k->arg[1] :
			  k->nr == SYS_rt_tgsigqueueinfo ? k->arg[2] : 0;

	if (signal >= REAL_TIME && s->state == STANDS_READY)
		add_fault(d, s, ALTERNATIVE_FAIL, EAGAIN);
}

void
faults_add(struct driver *d)
{
	static void (*const kinds[])(struct driver *d, struct task *k,
				     const struct standing *s) = {
		add_cut, add_small_pipe, add_wake, add_interruption, add_full,
		add_queued,
	};
	struct task *k = d->t->first;

	for (int i = 0; k; k = k->next, i++) {
		if (k->phase != PHASE_POINT || !k->call)
			continue;
		for (size_t f = 0; f < ARRAY_SIZE(kinds); f++)
			kinds[f](d, k, &d->position.standing[i]);
	}
}
