/*
 * System V semaphores (semget(2), semop(2), semctl(2)).  A set has no
 * descriptor: it is known by its id.
 */
#include "config.h"

#include "event/json.h"
#include "probe/probe.h"
#include "tracer/args.h"
#include "tracer/decode.h"
#include "tracer/flags.h"

#include <string.h>
#include <sys/sem.h>
#include <sys/syscall.h>

enum { OPS_SHOWN = 12, OPS_MAX = 500 /* SEMOPM, semop(2) */ };

/* ---- arguments ---- */

static int
read_ops(struct task *k, struct sembuf *op, int max)
{
	int n = k->arg[2] < (uint64_t)max ? (int)k->arg[2] : max;

	if (n <= 0 || memory_read(k->tid, k->arg[1], op, n * sizeof(*op)) !=
		      (ssize_t)(n * sizeof(*op)))
		return -1;
	return n;
}

void
args_semops(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct sembuf op[OPS_SHOWN];
	int n = read_ops(k, op, OPS_SHOWN);

	(void)t, (void)i;
	if (n < 0) {
		buf_adds(b, "\"ADDR\"");
		return;
	}
	buf_addc(b, '[');
	for (int j = 0; j < n; j++) {
		buf_addf(b, "%s{\"sem_num\":%u,\"sem_op\":%d,\"sem_flg\":",
			 j ? "," : "", op[j].sem_num, op[j].sem_op);
		flags_write(b, FLAGS_SEMOP, (uint16_t)op[j].sem_flg);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

/* SETALL reads as many values as the set has.  */
static void
show_values(struct task *k, struct buf *b, int i)
{
	unsigned short value[STATE_ITEMS_MAX];
	int n = probe_semaphores((int)k->arg[0], k->pid, NULL, NULL);

	if (n > STATE_ITEMS_MAX)
		n = STATE_ITEMS_MAX;
	if (n <= 0 || memory_read(k->tid, k->arg[i], value,
				  n * sizeof(*value)) < 0) {
		buf_adds(b, "\"ADDR\"");
		return;
	}
	buf_addc(b, '[');
	for (int j = 0; j < n; j++)
		buf_addf(b, "%s%u", j ? "," : "", value[j]);
	buf_addc(b, ']');
}

void
args_semctl_arg(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	if ((int)k->arg[2] == SETALL)
		show_values(k, b, i);
	else
		buf_add_int(b, (int)k->arg[i]);
}

/* ---- decoding ---- */

void
decode_on_id(struct tracing *t, struct task *k, enum object_kind kind, int id)
{
	k->thing = thing_of_id(t, k, kind, id);
	COPY_STR(k->e.object, thing_name(t, k->thing));
}

void
decode_exit_semget(struct tracing *t, struct task *k, int64_t r)
{
	if (r >= 0)
		decode_on_id(t, k, KIND_SEMAPHORE_SET, (int)r);
}

/* IPC_INFO and the like are about the system, not about a set.  */
void
decode_entry_sem(struct tracing *t, struct task *k)
{
	int op = (int)k->arg[2];

	if (k->nr == SYS_semctl && (op == IPC_INFO || op == SEM_INFO ||
				    op == SEM_STAT || op == SEM_STAT_ANY))
		return;
	if (probe_semaphores((int)k->arg[0], k->pid, NULL, NULL) >= 0)
		decode_on_id(t, k, KIND_SEMAPHORE_SET, (int)k->arg[0]);
}

void
decode_exit_semctl(struct tracing *t, struct task *k, int64_t r)
{
	if (r >= 0 && (int)k->arg[2] == IPC_RMID)
		thing_removed(t, k->thing);
}

/* All operations or none (semop(2)): tried in order on a copy.  */
bool
foresee_semop(struct tracing *t, struct task *k)
{
	struct sembuf op[OPS_MAX];
	struct object_state s;
	int n = read_ops(k, op, OPS_MAX);

	(void)t;
	object_state_init(&s);
	if (virtual_has_limit(k) || n < 0 ||
	    probe_semaphores((int)k->arg[0], k->pid, &s, NULL) < 0)
		return false;
	for (int i = 0; i < n; i++) {
		int64_t *value;

		if (op[i].sem_num >= s.n_items)
			return false;	/* not known, or EFBIG */
		value = &s.item[op[i].sem_num].value;
		if (op[i].sem_op == 0 ? *value != 0
				      : *value + op[i].sem_op < 0)
			return !(op[i].sem_flg & IPC_NOWAIT);
		*value += op[i].sem_op;
	}
	return false;
}
