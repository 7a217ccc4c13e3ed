/*
 * Calls about mappings, System V segments, and other processes' memory.
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/decode.h"

#include <signal.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/uio.h>

enum { VM_IOV_MAX = 16, DATA_SHOWN = 32 };

/* An id that was never one is no object.  */
static bool
segment_exists(int id)
{
	static struct object_state s;

	return id >= 0 && probe_segment(id, &s, NULL) == 0;
}

static void
on_thing(struct tracing *t, struct task *k, int id)
{
	k->thing = id;
	COPY_STR(k->e.object, thing_name(t, id));
}

/* Private memory may take the place of what was shared.  */
void
decode_entry_mmap(struct tracing *t, struct task *k)
{
	struct mapping *m;

	if (!(k->arg[3] & MAP_ANONYMOUS)) {
		decode_on_fd(t, k, (int)k->arg[4]);
		return;
	}
	m = k->arg[3] & MAP_FIXED ? maps_at(t, k, k->arg[0]) : NULL;
	if (m && !(k->arg[3] & MAP_SHARED))
		on_thing(t, k, thing_of_mapping(t, k, m, true));
}

/* Anonymous memory becomes an object when it is there.  */
void
decode_exit_mmap(struct tracing *t, struct task *k, int64_t r)
{
	uint64_t offset;

	if (r == -1)
		return;
	if (t->quiet || (k->arg[3] & MAP_ANONYMOUS &&
			 !(k->arg[3] & MAP_SHARED)))
		maps_touched(t, k, r, r + k->arg[1]);
	else
		maps_changed(k);
	k->leader->maps_shared |= (k->arg[3] & MAP_SHARED) != 0;
	if (k->thing < 0 && k->arg[3] & MAP_SHARED)
		on_thing(t, k, thing_of_address(t, k, r, &offset));
	k->e.offset = k->arg[3] & MAP_ANONYMOUS ? 0 : (int64_t)k->arg[5];
}

/* A call that names an address: what is mapped there now.  Copies of a file
 * count as well.  */
void
decode_entry_mapped(struct tracing *t, struct task *k)
{
	struct mapping *m;

	/* The C library makes room for a thread.  */
	if (t->quiet && k->beneath && k->call->does == DOES_MPROTECT)
		return;
	m = maps_at(t, k, k->arg[0]);
	if (m)
		on_thing(t, k, thing_of_mapping(t, k, m, true));
}

void
decode_exit_mapped(struct tracing *t, struct task *k, int64_t r)
{
	if (r == -1)
		return;
	k->leader->maps_shared |= k->call->does == DOES_SHMAT;
	if (k->call->does == DOES_SHMAT || k->call->does == DOES_SHMDT)
		maps_changed(k);
	else	/* an address and a length */
		maps_touched(t, k, k->arg[0], k->arg[0] + k->arg[1]);
}

void
decode_exit_shmget(struct tracing *t, struct task *k, int64_t r)
{
	if (r >= 0)
		on_thing(t, k, thing_of_id(t, k, KIND_MEMORY, (int)r));
}

void
decode_entry_segment(struct tracing *t, struct task *k)
{
	/* shmctl(2): these are not about one segment. */
	static const int others[] = { 3, 13, 14, 15 };	/* IPC_INFO, SHM_STAT,
							SHM_INFO, _STAT_ANY */

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (k->call->does == DOES_SHMCTL &&
		    (int)k->arg[1] == others[i])
			return;
	if (segment_exists((int)k->arg[0]))
		on_thing(t, k, thing_of_id(t, k, KIND_MEMORY,
					   (int)k->arg[0]));
}

/* Removed at once if nobody has it attached, else marked (shmctl(2)).  */
void
decode_exit_shmctl(struct tracing *t, struct task *k, int64_t r)
{
	if (r >= 0 && (int)k->arg[1] == IPC_RMID && k->thing >= 0 &&
	    !segment_exists(thing_id(t, k->thing)))
		thing_removed(t, k->thing);
}

/* ---- another process's memory ---- */

/* In "from": whose memory it is.  */
void
decode_entry_vm(struct tracing *t, struct task *k)
{
	struct task *other = task_find(t, (pid_t)k->arg[0]);

	if (other)
		COPY_STR(k->e.from, other->leader->name);
	k->e.end = strstr(k->call->name, "writev") ? MODE_WRITE : MODE_READ;
}

void
decode_exit_vm(struct tracing *t, struct task *k, int64_t r)
{
	int count = k->arg[2] < VM_IOV_MAX ? (int)k->arg[2] : VM_IOV_MAX;
	struct iovec iov[VM_IOV_MAX];
	int len = 0;

	(void)t;
	if (r < 0)
		return;
	k->e.bytes = r;
	if (memory_read(k->tid, k->arg[1], iov, count * sizeof(*iov)) < 0)
		count = 0;
	for (int i = 0; i < count && len < DATA_SHOWN && len < r; i++) {
		size_t want = iov[i].iov_len;
		ssize_t got;

		if (want > (size_t)(DATA_SHOWN - len))
			want = DATA_SHOWN - len;
		got = memory_read(k->tid, (uintptr_t)iov[i].iov_base,
				  k->e.data + len, want);
		if (got <= 0)
			break;
		len += got;
	}
	k->e.data_len = len < r ? len : (int)r;
	k->e.data[k->e.data_len] = '\0';
}

/* ---- faults ---- */

static const struct { int signal, code; const char *name; } faults[] = {
	{ SIGSEGV, SEGV_MAPERR, "SEGV_MAPERR" },
	{ SIGSEGV, SEGV_ACCERR, "SEGV_ACCERR" },
	{ SIGBUS, BUS_ADRALN, "BUS_ADRALN" },
	{ SIGBUS, BUS_ADRERR, "BUS_ADRERR" },
	{ SIGBUS, BUS_OBJERR, "BUS_OBJERR" },
};

void
decode_fault(struct tracing *t, struct task *k, struct event *e,
	     const siginfo_t *info)
{
	struct mapping *m;
	uint64_t at = (uintptr_t)info->si_addr;

	if (e->signal != SIGSEGV && e->signal != SIGBUS)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		if (faults[i].signal == info->si_signo &&
		    faults[i].code == info->si_code) {
			args_append(e, "\"code\":\"%s\"", faults[i].name);
			args_append(e, "\"addr\":\"%#llx\"",
				    (unsigned long long)at);
		}
	m = e->args[0] ? maps_at(t, k, at) : NULL;
	if (!m || m->thing < 0)
		return;
	COPY_STR(e->object, thing_name(t, m->thing));
	e->offset = at - m->start + m->offset;
}
