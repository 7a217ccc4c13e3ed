/*
 * System V message queues: msgget(2), msgop(2), msgctl(2).  A queue is known
 * by its id; one that the run did not make is met when it is first used.
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/decode.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>

/* The queue of that id, told if it is new; -1: there is none, or it is in
 * another IPC namespace, where we cannot see that there is one.  */
static int
queue_of(struct tracing *t, struct task *k, int id)
{
	int known = thing_with_id(t, k, KIND_QUEUE, id);

	if (known >= 0 || id < 0)
		return known;
	return probe_same_ipc(k->tid) && probe_queue_exists(id) ?
	       thing_of_id(t, k, KIND_QUEUE, id) : -1;
}

/* A call that worked says that there is one.  */
static void
met_queue(struct tracing *t, struct task *k, int id)
{
	if (k->thing < 0)
		decode_on_thing(t, k, thing_of_id(t, k, KIND_QUEUE, id));
}

void
decode_exit_msgget(struct tracing *t, struct task *k, int64_t result)
{
	if (result >= 0)
		met_queue(t, k, (int)result);
}

/* MSG_STAT and the like are given a place in a table, or nothing.  */
static bool
names_queue(int op)
{
	op &= ~0x100;		/* IPC_64 of older interfaces */
	return op == IPC_RMID || op == IPC_SET || op == IPC_STAT;
}

void
decode_entry_queue(struct tracing *t, struct task *k)
{
	if (k->nr != SYS_msgctl || names_queue((int)k->arg[1]))
		decode_on_thing(t, k, queue_of(t, k, (int)k->arg[0]));
}

void
decode_exit_msgctl(struct tracing *t, struct task *k, int64_t result)
{
	if (result < 0 || !names_queue((int)k->arg[1]))
		return;
	met_queue(t, k, (int)k->arg[0]);
	if ((k->arg[1] & 0xff) == IPC_RMID)
		thing_removed(t, k->thing);
}

/* ---- messages ---- */

void
decode_entry_msgsnd(struct tracing *t, struct task *k)
{
	decode_entry_queue(t, k);
	k->e.end = MODE_WRITE;
}

void
decode_entry_msgrcv(struct tracing *t, struct task *k)
{
	decode_entry_queue(t, k);
	k->e.end = MODE_READ;
}

/* struct msgbuf: the type, and then the bytes.  */
static void
take_message(struct tracing *t, struct task *k, int64_t bytes)
{
	long type;

	met_queue(t, k, (int)k->arg[0]);
	k->e.bytes = bytes;
	if (memory_read(k->tid, k->arg[1], &type, sizeof(type)) ==
	    sizeof(type))
		k->e.type = type;
	decode_take_data(t, k, k->arg[1] + sizeof(type), bytes, k->thing);
}

void
decode_exit_msgsnd(struct tracing *t, struct task *k, int64_t result)
{
	if (result >= 0)
		take_message(t, k, (int64_t)k->arg[2]);
}

void
decode_exit_msgrcv(struct tracing *t, struct task *k, int64_t result)
{
	if (result >= 0)
		take_message(t, k, result);
}

/* ---- would it sleep? ---- */

bool
foresee_msgsnd(struct tracing *t, struct task *k)
{
	int id = thing_id(t, k->thing);

	return id >= 0 && !(k->arg[3] & IPC_NOWAIT) &&
	       probe_queue_full(id, k->arg[2]) == 1;
}

bool
foresee_msgrcv(struct tracing *t, struct task *k)
{
	int id = thing_id(t, k->thing);

	return id >= 0 && !(k->arg[4] & (IPC_NOWAIT | MSG_COPY)) &&
	       probe_queue_has(id, (long)k->arg[3],
			       k->arg[4] & MSG_EXCEPT) == 0;
}
