/* Calls about processes: exit, wait, processors.  */
#include "config.h"

#include "tracer/decode.h"


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
