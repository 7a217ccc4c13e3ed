/* Calls about processes: exit, wait, signals, processors.  */
#include "config.h"

#include "tracer/decode.h"

#include <signal.h>


void
decode_entry_exit(struct tracing *t, struct task *k)
{
	/* Nothing comes back from these: the event is complete. */
	(void)t;
	k->e.status = (int)(k->arg[0] & 0xff);
}

void
decode_exit_wait(struct tracing *t, struct task *k, int64_t r)
{
	int status;

	(void)t;
	if (r > 0 && k->call->arg[1].kind == ARG_STATUS && k->arg[1] &&
	    memory_read(k->tid, k->arg[1], &status, sizeof(status)) ==
	    sizeof(status))
		args_append(&k->e, "\"wstatus\":%d", status);
}

void
decode_exit_affinity(struct tracing *t, struct task *k, int64_t r)
{
	/* We pinned the subject beside us; a program that asks how many
	 * processors it may use gets the answer it would have got.  */
	if (r > 0 && (size_t)r <= t->affinity_len && !k->arg[0])
		memory_write(k->tid, k->arg[2], t->affinity, r);
}

void
decode_exit_sigaction(struct tracing *t, struct task *k, int64_t r)
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
