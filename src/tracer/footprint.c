/*
 * What a task would do, and did, as an operation: a table by kind of call.
 * What is said here may be too much, never too little: an act that is left out
 * makes a search skip what it should have tried.
 */
#include "config.h"

#include "tracer/footprint_inside.h"

#include "tracer/runtime.h"
#include "tracer/things.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>

/* ---- touches ---- */

struct touch *
foot_touch(struct foot *f, enum act act, uint32_t object)
{
	return operation_touch(f->o, act, object);
}

struct touch *
foot_common(struct foot *f, enum act act, enum common which)
{
	return foot_touch(f, act, number_of(SPACE_COMMON, which));
}

struct touch *
foot_thing(struct foot *f, enum act act, int id)
{
	if (id < 0)
		foot_unknown(f);
	return foot_touch(f, act, number_of_thing(f->t, id));
}

struct touch *
foot_own(struct foot *f, enum act act, enum space space, const struct task *of)
{
	return foot_touch(f, act, number_of(space,
					    (uint32_t)of->leader->number));
}

void
foot_unknown(struct foot *f)
{
	f->o->unknown = true;
}

struct touch *
foot_find(struct foot *f, enum act act)
{
	for (int i = 0; i < f->o->n; i++)
		if (f->o->touch[i].act == act)
			return &f->o->touch[i];
	return NULL;
}

bool
foot_is_threaded(const struct task *k)
{
	return k->leader->threads > 0;
}

int
foot_threads(struct tracing *t, const struct task *k)
{
	int n = 0;

	for (const struct task *o = t->first; o; o = o->next)
		n += o->leader == k->leader && o->phase != PHASE_ENDED;
	return n;
}

/* ---- the table ---- */

void
foot_nothing(struct foot *f)
{
	(void)f;
}

static const struct foot_row rows[DOES_MAX] = {
	[DOES_NOTHING] = { foot_nothing, NULL },
	[DOES_READ] = { foot_reads, foot_reads_after },
	[DOES_READV] = { foot_reads_parts, foot_reads_after },
	[DOES_WRITE] = { foot_writes, foot_writes_after },
	[DOES_WRITEV] = { foot_writes_parts, foot_writes_after },
	[DOES_OPEN] = { foot_opens, NULL },
	[DOES_CLOSE] = { foot_closes, NULL },
	[DOES_CLOSE_RANGE] = { foot_closes_range, NULL },
	[DOES_DUP] = { foot_dups, foot_dups_after },
	[DOES_FCNTL] = { foot_fcntl, NULL },
	[DOES_SEEK] = { foot_seeks, NULL },
	[DOES_LOCK] = { foot_flocks, NULL },
	[DOES_PIPE] = { foot_makes_fd, NULL },
	[DOES_MOVE] = { foot_moves, NULL },
	[DOES_RENAME] = { foot_renames, NULL },
	[DOES_LINK] = { foot_links, NULL },
	[DOES_UNLINK] = { foot_unlinks, NULL },
	[DOES_TRUNCATE] = { foot_truncates, NULL },
	[DOES_MKNOD] = { foot_makes_node, NULL },
	[DOES_LOOK] = { foot_looks, NULL },
	[DOES_MKDIR] = { foot_makes_name, NULL },
	[DOES_RMDIR] = { foot_rmdirs, NULL },
	[DOES_SYMLINK] = { foot_makes_name, NULL },
	[DOES_CHANGE] = { foot_changes, NULL },
	[DOES_CHDIR] = { foot_enters, NULL },
	[DOES_LIST] = { foot_lists, NULL },
	[DOES_POLL] = { foot_polls, NULL },
	[DOES_EPOLL_CTL] = { foot_registers, NULL },
	[DOES_FORK] = { foot_forks, NULL },
	[DOES_EXEC] = { foot_executes, NULL },
	[DOES_EXIT] = { foot_exits, NULL },
	[DOES_WAIT] = { foot_waits, foot_waits_after },
	[DOES_ASK_PROCESS] = { foot_asks_process, NULL },
	[DOES_GROUP] = { foot_groups, NULL },
	[DOES_KILL] = { foot_kills, NULL },
	[DOES_SLEEP] = { foot_sleeps, NULL },
	[DOES_PAUSE] = { foot_awaits_signal, NULL },
	[DOES_CLOCK] = { foot_nothing, NULL },
	[DOES_RANDOM] = { foot_nothing, NULL },
	[DOES_TIMER] = { foot_timer, NULL },
	[DOES_AFFINITY] = { foot_nothing, NULL },
	[DOES_NEW_FD] = { foot_makes_fd, NULL },
	[DOES_SIGACTION] = { foot_masks, NULL },
	[DOES_SIGMASK] = { foot_masks, NULL },
	[DOES_SIGPENDING] = { foot_masks, NULL },
	[DOES_SIGWAIT] = { foot_awaits_signal, NULL },
	[DOES_SIGRETURN] = { foot_masks, NULL },
	[DOES_SIGNALFD] = { foot_signalfd, NULL },
	[DOES_POSIX_TIMER] = { foot_timer, NULL },
	[DOES_MSGGET] = { foot_msgget, NULL },
	[DOES_MSGSND] = { foot_msgsnd, NULL },
	[DOES_MSGRCV] = { foot_msgrcv, NULL },
	[DOES_MSGCTL] = { foot_msgctl, NULL },
	[DOES_MQ_OPEN] = { foot_mq_opens, NULL },
	[DOES_MQ_UNLINK] = { foot_mq_unlinks, NULL },
	[DOES_MQ_SEND] = { foot_mq_sends, NULL },
	[DOES_MQ_RECEIVE] = { foot_mq_receives, NULL },
	[DOES_MQ_NOTIFY] = { foot_mq_notifies, NULL },
	[DOES_MQ_ATTR] = { foot_mq_attributes, NULL },
	[DOES_MMAP] = { foot_maps, NULL },
	[DOES_MUNMAP] = { foot_unmaps, NULL },
	[DOES_MREMAP] = { foot_unmaps, NULL },
	[DOES_MPROTECT] = { foot_unmaps, NULL },
	[DOES_MSYNC] = { foot_nothing, NULL },
	[DOES_SHMGET] = { foot_shmget, NULL },
	[DOES_SHMAT] = { foot_shmat, NULL },
	[DOES_SHMDT] = { foot_shmat, NULL },
	[DOES_SHMCTL] = { foot_shmctl, NULL },
	[DOES_VM] = { foot_remote_memory, NULL },
	[DOES_TRACE] = { foot_traces, NULL },
	[DOES_SEMGET] = { foot_semget, NULL },
	[DOES_SEMOP] = { foot_semop, foot_semop_after },
	[DOES_SEMCTL] = { foot_semctl, NULL },
	[DOES_FUTEX] = { foot_futex, NULL },
	[DOES_SOCKET] = { foot_makes_fd, NULL },
	[DOES_SOCKETPAIR] = { foot_makes_fd, NULL },
	[DOES_BIND] = { foot_binds, NULL },
	[DOES_LISTEN] = { foot_binds, NULL },
	[DOES_ACCEPT] = { foot_accepts, NULL },
	[DOES_CONNECT] = { foot_connects, NULL },
	[DOES_SHUTDOWN] = { foot_shuts_down, NULL },
	[DOES_SEND] = { foot_sends, NULL },
	[DOES_SENDMSG] = { foot_sends, NULL },
	[DOES_RECEIVE] = { foot_receives, NULL },
	[DOES_RECVMSG] = { foot_receives, NULL },
	[DOES_SOCKOPT] = { foot_asks_socket, NULL },
	[DOES_SOCKNAME] = { foot_asks_socket, NULL },
	[DOES_IOCTL] = { foot_asks_device, NULL },
	[DOES_TIMERFD] = { foot_sets_timerfd, NULL },
	[DOES_ACCESS] = { foot_access, NULL },
	[DOES_OPERATION_BEGIN] = { foot_library, foot_library_after },
};

/* ---- what every operation is ---- */

/* A signal that arrives before it, or after it, finds another place; and all
 * threads are ended at once by one of them.  */
static void
touch_signals(struct foot *f)
{
	foot_own(f, ACT_SIGNAL_REACH, SPACE_SIGNALS, f->k);
}

/* A program that was not built with `ipclab cc` uses memory between two calls,
 * unseen: what it shares, and where it has threads, all.  */
static void
touch_unseen_memory(struct foot *f)
{
	struct mapping *m;
	int n;

	if (f->k->leader->has_runtime)
		return;
	if (foot_is_threaded(f->k))
		foot_own(f, ACT_RMW, SPACE_MEMORY, f->k);
	if (!f->k->leader->maps_shared)
		return;
	n = maps_of(f->t, f->k, &m);
	for (int i = 0; i < n; i++) {
		bool shared = m[i].perms[3] == 's';
		int id = shared ? thing_of_mapping(f->t, f->k, &m[i], true)
				: -1;

		if (id >= 0 && !thing_is_system(f->t, id))
			foot_thing(f, m[i].perms[1] == 'w' ? ACT_RMW :
				   ACT_LOAD, id);
	}
}

/* The descriptor that it works on: another thread may close it.  */
static void
touch_table(struct foot *f)
{
	struct touch *touch;
	int fd = -1;

	if (!foot_is_threaded(f->k) || !f->call)
		return;
	for (int i = 0; i < 6; i++) {
		if (f->call->arg[i].kind != ARG_FD)
			continue;
		fd = (int)f->arg[i];
		touch = foot_own(f, ACT_FD_USE, SPACE_TABLE, f->k);
		touch->from = (uint64_t)(unsigned)fd;
		touch->to = (uint64_t)(unsigned)fd + 1;
	}
}

/* With a limit of time it may end without what it waits for: then it has
 * looked whether it is there.  */
static void
give_up(struct operation *o)
{
	static const uint8_t tries[ACTS_COUNT] = {
		[ACT_SEM_WAIT] = ACT_SEM_TRY,
		[ACT_LOCK] = ACT_TRY_LOCK,
		[ACT_READ_LOCK] = ACT_TRY_READ_LOCK,
		[ACT_WRITE_LOCK] = ACT_TRY_WRITE_LOCK,
		[ACT_FILE_LOCK] = ACT_FILE_TRY_LOCK,
		[ACT_WAIT] = ACT_WAIT_LOOK,
	};

	for (int i = 0; i < o->n; i++) {
		struct touch *touch = &o->touch[i];

		touch->gives_up = true;
		if (tries[touch->act])
			touch->act = tries[touch->act];
	}
}

/* ---- writing it ---- */

static struct foot
foot_of(struct tracing *t, struct task *k, struct operation *o)
{
	struct foot f = {
		.t = t, .k = k, .o = o, .call = k->call, .nr = k->nr,
		.arg = k->arg,
		.asleep = k->phase == PHASE_ASLEEP || k->phase == PHASE_TIMED,
	};

	/* Asleep in an operation of the C library.  */
	if (k->beneath && k->op) {
		operation_called(k, &f.nr, &f.arg);
		f.call = call_find(f.nr);
	}
	f.limited = k->until >= 0 || (f.asleep ? virtual_wakes(t, k) >= 0 :
		    f.nr >= RT_FIRST_OPERATION ? f.arg[4] != 0 :
		    virtual_has_limit(k));
	return f;
}

static uint64_t
mix(uint64_t hash, uint64_t x)
{
	hash = (hash ^ x) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

/* Each round of a loop makes its calls with the same stack.  What registers
 * hold beyond the arguments is chance.  */
uint64_t
footprint_spot(const struct task *k)
{
	uint64_t hash = mix(mix(k->nr, k->ip), k->sp);

	for (int i = 0; k->call && i < 6 && k->call->arg[i].kind; i++)
		hash = mix(hash, k->arg[i]);
	return hash;
}

/* What the runtime tells of is called for by the program.  */
uint64_t
footprint_place(const struct task *k)
{
	return mix(k->nr, runtime_pc(k) ? runtime_pc(k) : k->ip);
}

static void
begin(struct foot *f)
{
	struct operation *o = f->o;

	o->n = 0;
	o->ends = o->nothing = o->failed = false;
	o->unknown = o->sleeps_inside = false;
	o->due = o->asks = false;
	copy_str(o->call, sizeof(o->call), f->call ? f->call->name :
		 f->k->e.call);
	o->pc = f->nr >= RT_HELLO && f->nr < RT_AFTER_OPERATIONS ? f->arg[3]
								 : 0;
}

void
footprint_before(struct tracing *t, struct task *k, struct operation *o)
{
	struct foot f = foot_of(t, k, o);
	const struct foot_row *row = f.call ? &rows[f.call->does] : NULL;

	begin(&f);
	if (!row || !row->before || (f.asleep && !k->in_call)) {
		foot_unknown(&f);
		o->sleeps_inside = true;
		return;
	}
	row->before(&f);
	foot_remote_files(&f);
	if (f.limited)
		give_up(o);
	if (f.asleep && virtual_wakes(t, k) >= 0)
		foot_time_passes(&f, virtual_wakes(t, k));
	touch_signals(&f);
	touch_table(&f);
	touch_unseen_memory(&f);
}

/* Those that are no points although others might notice.  What is done to
 * private memory and with the system's files nobody does.  */
static const bool beside[DOES_MAX] = {
	[DOES_SEEK] = true, [DOES_CLOSE_RANGE] = true, [DOES_IOCTL] = true,
	[DOES_EPOLL_CTL] = true, [DOES_SOCKOPT] = true,
	[DOES_SOCKNAME] = true, [DOES_SIGACTION] = true,
	[DOES_SIGMASK] = true, [DOES_SIGPENDING] = true,
	[DOES_LOOK] = true, [DOES_ASK_PROCESS] = true, [DOES_GROUP] = true,
};

void
footprint_beside(struct tracing *t, struct task *k, struct operation *o)
{
	struct operation call;
	struct foot f = foot_of(t, k, &call);

	if (!f.call || !beside[f.call->does] || thing_is_system(t, k->thing))
		return;
	begin(&f);
	rows[f.call->does].before(&f);
	o->unknown |= call.unknown;
	for (int i = 0; i < call.n; i++) {
		struct touch *touch = operation_touch(o, call.touch[i].act,
						      call.touch[i].object);

		*touch = call.touch[i];
	}
}

void
footprint_killed(struct tracing *t, struct task *k, struct operation *o)
{
	struct foot f = { .t = t, .k = k, .o = o };

	if (k->leader != k)
		return;
	foot_end_process(&f);
	if (k->robust)		/* its memory is gone already */
		foot_unknown(&f);
}

static bool
gave_up(const struct event *e)
{
	return e->error == EAGAIN || e->error == ENOMSG ||
	       e->result == -EAGAIN || e->result == -ENOMSG;
}

void
footprint_after(struct tracing *t, struct task *k, struct operation *o)
{
	struct foot f = foot_of(t, k, o);
	const struct foot_row *row = f.call ? &rows[f.call->does] : NULL;

	if (!row || strcmp(o->call, f.call->name) != 0)
		return;
	o->nothing = o->n && o->touch[0].gives_up && gave_up(&k->e);
	/* A lock whose owner died is taken all the same.  */
	o->failed = k->e.error && k->e.error != EOWNERDEAD;
	if (row->after)
		row->after(&f);
}
