/* What a task would do, and did, as an operation.  */
#include "config.h"

#include "tracer/footprint.h"

#include "tracer/decode.h"
#include "tracer/runtime.h"

#include <limits.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/syscall.h>

/* Operations of the C library whose beginning others notice.  */
static const long inside[] = {
	RT_pthread_cond_wait, RT_pthread_cond_timedwait,
	RT_pthread_cond_clockwait, RT_pthread_barrier_wait,
};

/* Does going into it count, although it would sleep there?  */
static bool
sleeps_inside(struct tracing *t, struct task *k)
{
	for (size_t i = 0; i < ARRAY_SIZE(inside); i++)
		if (k->nr == inside[i])
			return true;
	if (!k->call)
		return true;
	switch (k->call->does) {
	case DOES_OPEN:
		return thing_kind(t, k->thing) == KIND_FIFO;
	case DOES_WRITE:
		return k->arg[2] > PIPE_BUF;
	case DOES_PAUSE:
	case DOES_SIGWAIT:
	case DOES_CONNECT:
	case DOES_FUTEX:
		return true;
	default:
		return false;
	}
}

void
footprint_before(struct tracing *t, struct task *k, struct operation *o)
{
	o->n = 0;
	o->unknown = true;
	o->ends = k->call && k->call->does == DOES_EXIT;
	o->sleeps_inside = sleeps_inside(t, k);
	copy_str(o->call, sizeof(o->call), k->e.call);
	o->pc = runtime_pc(k);
}

void
footprint_after(struct tracing *t, struct task *k, struct operation *o)
{
	footprint_before(t, k, o);
}
