/*
 * What touches memory, semaphores and locks: accesses that the runtime tells
 * of, operations of the C library, futex(2), semop(2), mappings.
 *
 * The words of glibc's structures are where foresee_lock.c says.
 */
#include "config.h"

#include "tracer/footprint_inside.h"

#include "tracer/runtime.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>

/* ---- memory ---- */

/* Private memory of a process that has threads.  */
static struct touch *
touch_private(struct foot *f, enum act act, uint64_t at, uint64_t size)
{
	struct touch *touch = foot_own(f, act, SPACE_MEMORY, f->k);

	touch->from = at;
	touch->to = at + size;
	return touch;
}

void
foot_access(struct foot *f)
{
	static const enum act acts[] = { ACT_LOAD, ACT_STORE, ACT_RMW };
	enum act act = acts[f->nr - RT_LOAD];
	struct touch *touch;

	f->o->due = (f->arg[2] & RT_DUE) != 0;
	f->o->asks = f->o->due && f->arg[2] & (RT_ATOMIC | RT_VOLATILE);
	if (f->k->thing >= 0) {
		touch = foot_thing(f, act, f->k->thing);
		touch->from = (uint64_t)f->k->e.offset;
		touch->to = touch->from + f->arg[1];
	} else if (foot_is_threaded(f->k)) {
		touch = touch_private(f, act, f->arg[0], f->arg[1]);
	} else {
		return;
	}
	touch->atomic = (f->arg[2] & RT_ATOMIC) != 0;
}

/* New memory is nobody's yet, but for threads: it may take the place of old. */
void
foot_maps(struct foot *f)
{
	if (foot_is_threaded(f->k))
		foot_own(f, ACT_MAP, SPACE_MEMORY, f->k);
}

/* What a thread takes away is gone for the others of its process.  */
void
foot_unmaps(struct foot *f)
{
	foot_maps(f);
	if (foot_is_threaded(f->k) && f->k->thing >= 0)
		foot_thing(f, ACT_MAP, f->k->thing);
}

static void
touch_key(struct foot *f, enum common keys, uint64_t flags)
{
	if ((key_t)f->arg[0] != IPC_PRIVATE)
		foot_common(f, flags & IPC_CREAT ? ACT_NAME_CHANGE :
			    ACT_NAME_LOOK, keys);
}

void
foot_shmget(struct foot *f)
{
	touch_key(f, COMMON_SEGMENT_KEYS, f->arg[2]);
}

void
foot_shmat(struct foot *f)
{
	foot_unmaps(f);
	if (f->k->thing >= 0)
		foot_thing(f, ACT_ATTACH, f->k->thing);
	else
		foot_common(f, ACT_NAME_LOOK, COMMON_SEGMENT_KEYS);
}

void
foot_shmctl(struct foot *f)
{
	int op = (int)f->arg[1] & 0xff;

	foot_common(f, op == IPC_RMID ? ACT_NAME_CHANGE : ACT_NAME_LOOK,
		    COMMON_SEGMENT_KEYS);
	if (f->k->thing >= 0)
		foot_thing(f, op == IPC_RMID || op == IPC_SET ?
			   ACT_FILE_RESIZE : ACT_FILE_LOOK, f->k->thing);
}

/* ---- System V semaphores ---- */

void
foot_semget(struct foot *f)
{
	touch_key(f, COMMON_SET_KEYS, f->arg[2]);
}

static void
touch_op(struct foot *f, const struct sembuf *op)
{
	bool gives_up = op->sem_flg & IPC_NOWAIT;
	enum act act = op->sem_op > 0 ? ACT_SEM_POST :
		       op->sem_op == 0 ? ACT_SEM_LOOK :
		       gives_up ? ACT_SEM_TRY : ACT_SEM_WAIT;
	struct touch *touch = foot_thing(f, act, f->k->thing);

	touch->from = op->sem_num;
	touch->to = touch->from + 1;
	touch->value = op->sem_op < 0 ? -op->sem_op : op->sem_op;
	touch->gives_up = gives_up;
	if (op->sem_flg & SEM_UNDO)
		foot_owes(f->k, f->k->thing);
}

void
foot_semop(struct foot *f)
{
	struct sembuf op[TOUCHES_MAX];
	uint64_t n = f->arg[2];

	if (f->k->thing < 0) {
		foot_common(f, ACT_NAME_LOOK, COMMON_SET_KEYS);
		return;
	}
	if (n > ARRAY_SIZE(op) ||
	    memory_read(f->k->tid, f->arg[1], op, n * sizeof(*op)) !=
	    (ssize_t)(n * sizeof(*op))) {
		foot_unknown(f);
		return;
	}
	for (uint64_t i = 0; i < n; i++)
		touch_op(f, &op[i]);
}

/* Broken off, or over its time: it has looked.  */
static void
waits_failed(struct foot *f)
{
	static const uint8_t tries[ACTS_COUNT] = {
		[ACT_SEM_WAIT] = ACT_SEM_TRY, [ACT_LOCK] = ACT_TRY_LOCK,
		[ACT_READ_LOCK] = ACT_TRY_READ_LOCK,
		[ACT_WRITE_LOCK] = ACT_TRY_WRITE_LOCK,
	};

	for (int i = 0; i < f->o->n; i++)
		if (tries[f->o->touch[i].act])
			f->o->touch[i].act = tries[f->o->touch[i].act];
}

void
foot_semop_after(struct foot *f)
{
	if (f->k->e.result < 0)
		waits_failed(f);
}

void
foot_semctl(struct foot *f)
{
	int op = (int)f->arg[2] & 0xff;
	bool one = op == SETVAL || op == GETVAL || op == GETNCNT ||
		   op == GETZCNT || op == GETPID;
	struct touch *touch;

	foot_common(f, op == IPC_RMID ? ACT_NAME_CHANGE : ACT_NAME_LOOK,
		    COMMON_SET_KEYS);
	if (f->k->thing < 0)
		return;
	touch = foot_thing(f, op == SETVAL || op == SETALL || op == IPC_RMID ||
			   op == IPC_SET ? ACT_SEM_CONTROL : ACT_SEM_LOOK,
			   f->k->thing);
	if (one) {
		touch->from = f->arg[1];
		touch->to = touch->from + 1;
	}
}

/* ---- futex(2) by the program itself, or by a library that does not tell ---- */

void
foot_futex(struct foot *f)
{
	int op = (int)f->arg[1] & FUTEX_CMD_MASK;
	bool waits = op == FUTEX_WAIT || op == FUTEX_WAIT_BITSET;
	uint64_t offset;
	int id;

	if (f->k->thing < 0)
		return;
	foot_thing(f, waits ? ACT_FUTEX_WAIT : ACT_FUTEX_WAKE, f->k->thing);
	f->o->sleeps_inside = waits;
	if (!waits && op != FUTEX_WAKE && op != FUTEX_WAKE_BITSET) {
		foot_unknown(f);
		f->o->sleeps_inside = true;
	}
	if (!waits)
		return;
	id = thing_of_address(f->t, f->k, f->arg[0], &offset);
	if (id >= 0) {
		struct touch *touch = foot_thing(f, ACT_LOAD, id);

		touch->from = offset;
		touch->to = offset + sizeof(uint32_t);
		touch->atomic = true;
	} else {
		touch_private(f, ACT_LOAD, f->arg[0], sizeof(uint32_t))
			->atomic = true;
	}
}

/* ---- operations of the C library ---- */

enum { WORDS = 8, READERS = 0, WRITE_LOCKED = 2, WRITER = 6, OWNER = 2,
       BARRIER_IN = 0, BARRIER_ROUND = 1, BARRIER_COUNT = 2,
       WAITERS_SHIFT = 3, ROBUST = 0x10, MUTEX_KIND = 4 };

static bool
words_at(struct foot *f, uint64_t at, unsigned *word)
{
	return memory_read(f->k->tid, at, word, WORDS * sizeof(*word)) ==
	       WORDS * sizeof(*word);
}

static void
sem_value(struct foot *f, struct touch *touch)
{
	int64_t value = semaphore_value(f->k, f->arg[0]);

	touch->value = 1;
	if (value != NO_VALUE)
		touch->have = value;
}

/* An unlock by who does not hold it is an error, or worse.  */
static void
mutex_owner(struct foot *f, struct touch *touch)
{
	unsigned w[WORDS];

	if (!words_at(f, f->arg[0], w) || (pid_t)w[OWNER] != f->k->tid)
		touch->act = ACT_LOCK_CONTROL;
}

static void
mutex_kind(struct foot *f, struct touch *touch)
{
	unsigned w[WORDS];

	(void)touch;
	if (words_at(f, f->arg[0], w) && w[MUTEX_KIND] & ROBUST)
		f->k->leader->robust = true;
}

static void
rwlock_holder(struct foot *f, struct touch *touch)
{
	unsigned w[WORDS];

	if (!words_at(f, f->arg[0], w))
		return;
	if (!(w[READERS] & WRITE_LOCKED))
		touch->value = HELD_TO_READ;
	else if ((pid_t)w[WRITER] == f->k->tid)
		touch->value = HELD_TO_WRITE;
}

/* Those who were signalled and have not left it count as well.  */
static void
cond_waiters(struct foot *f, struct touch *touch)
{
	unsigned wrefs;

	if (memory_read(f->k->tid, f->arg[0] +
			offsetof(pthread_cond_t, __data.__wrefs), &wrefs,
			sizeof(wrefs)) == sizeof(wrefs))
		touch->have = wrefs >> WAITERS_SHIFT;
}

/* Going in lets the mutex go; coming out takes it again.  */
static void
cond_wait(struct foot *f, struct touch *touch)
{
	int mutex = thing_at(f->t, f->k, KIND_MUTEX, f->arg[1]);

	f->o->sleeps_inside = true;
	if (f->asleep) {
		touch->act = ACT_COND_WOKEN;
		foot_thing(f, ACT_LOCK, mutex);
	} else {
		foot_thing(f, ACT_UNLOCK, mutex);
	}
}

static void
barrier_arrived(struct foot *f, struct touch *touch)
{
	unsigned w[WORDS];

	f->o->sleeps_inside = true;
	if (!words_at(f, f->arg[0], w))
		return;
	touch->value = w[BARRIER_COUNT];
	touch->have = w[BARRIER_IN] - w[BARRIER_ROUND];
}

static void
thread_made(struct foot *f, struct touch *touch)
{
	touch->object = number_of(SPACE_PROCESS,
				  (uint32_t)f->k->leader->number);
}

static void
thread_joined(struct foot *f, struct touch *touch)
{
	struct task *o = thread_of(f->t, f->k, f->arg[0]);

	thread_made(f, touch);
	touch->value = o ? o->number : 0;
}

/* It does not wait for the thread's end.  */
static void
thread_tried(struct foot *f, struct touch *touch)
{
	thread_joined(f, touch);
	touch->gives_up = true;
}

static void
thread_cancelled(struct foot *f, struct touch *touch)
{
	touch->object = number_of(SPACE_SIGNALS,
				  (uint32_t)f->k->leader->number);
}

/* What has no kind of its own is known by its place in its process.  */
static void
once(struct foot *f, struct touch *touch)
{
	touch->object = number_of_place(f->t, f->k, f->arg[0]);
}

static void
semaphore_name(struct foot *f, struct touch *touch)
{
	(void)touch;
	f->o->n--;
	foot_semaphore_name(f, f->nr == RT_sem_unlink || f->arg[1] & O_CREAT);
}

static void
nothing(struct foot *f, struct touch *touch)
{
	(void)touch;
	f->o->n--;
}

static const struct {
	bool known;
	uint8_t act;
	void (*more)(struct foot *f, struct touch *touch);
} operations[] = {
#define ROW(name, act, more) \
	[RT_##name - RT_FIRST_OPERATION] = { true, ACT_##act, more }
	ROW(sem_init, SEM_CONTROL, NULL),
	ROW(sem_destroy, SEM_CONTROL, NULL),
	ROW(sem_wait, SEM_WAIT, sem_value),
	ROW(sem_trywait, SEM_TRY, sem_value),
	ROW(sem_timedwait, SEM_WAIT, sem_value),
	ROW(sem_clockwait, SEM_WAIT, sem_value),
	ROW(sem_post, SEM_POST, sem_value),
	ROW(sem_getvalue, SEM_LOOK, NULL),
	ROW(sem_open, NAME_LOOK, semaphore_name),
	ROW(sem_close, NAME_LOOK, nothing),
	ROW(sem_unlink, NAME_CHANGE, semaphore_name),
	ROW(pthread_mutex_init, LOCK_CONTROL, NULL),
	ROW(pthread_mutex_destroy, LOCK_CONTROL, NULL),
	ROW(pthread_mutex_lock, LOCK, mutex_kind),
	ROW(pthread_mutex_trylock, TRY_LOCK, mutex_kind),
	ROW(pthread_mutex_timedlock, LOCK, mutex_kind),
	ROW(pthread_mutex_clocklock, LOCK, mutex_kind),
	ROW(pthread_mutex_unlock, UNLOCK, mutex_owner),
	ROW(pthread_mutex_consistent, LOCK_CONTROL, NULL),
	ROW(pthread_cond_init, COND_CONTROL, NULL),
	ROW(pthread_cond_destroy, COND_CONTROL, NULL),
	ROW(pthread_cond_wait, COND_WAIT, cond_wait),
	ROW(pthread_cond_timedwait, COND_WAIT, cond_wait),
	ROW(pthread_cond_clockwait, COND_WAIT, cond_wait),
	ROW(pthread_cond_signal, COND_SIGNAL, cond_waiters),
	ROW(pthread_cond_broadcast, COND_BROADCAST, cond_waiters),
	ROW(pthread_rwlock_init, LOCK_CONTROL, NULL),
	ROW(pthread_rwlock_destroy, LOCK_CONTROL, NULL),
	ROW(pthread_rwlock_rdlock, READ_LOCK, NULL),
	ROW(pthread_rwlock_tryrdlock, TRY_READ_LOCK, NULL),
	ROW(pthread_rwlock_timedrdlock, READ_LOCK, NULL),
	ROW(pthread_rwlock_wrlock, WRITE_LOCK, NULL),
	ROW(pthread_rwlock_trywrlock, TRY_WRITE_LOCK, NULL),
	ROW(pthread_rwlock_timedwrlock, WRITE_LOCK, NULL),
	ROW(pthread_rwlock_unlock, RW_UNLOCK, rwlock_holder),
	ROW(pthread_barrier_init, BARRIER_CONTROL, NULL),
	ROW(pthread_barrier_destroy, BARRIER_CONTROL, NULL),
	ROW(pthread_barrier_wait, BARRIER_ARRIVE, barrier_arrived),
	ROW(pthread_spin_lock, LOCK, NULL),
	ROW(pthread_spin_trylock, TRY_LOCK, NULL),
	ROW(pthread_spin_unlock, UNLOCK, NULL),
	ROW(pthread_create, CREATE, thread_made),
	ROW(pthread_join, JOIN, thread_joined),
	ROW(pthread_rwlock_clockrdlock, READ_LOCK, NULL),
	ROW(pthread_rwlock_clockwrlock, WRITE_LOCK, NULL),
	ROW(pthread_tryjoin_np, JOIN, thread_tried),
	ROW(pthread_timedjoin_np, JOIN, thread_joined),
	ROW(pthread_clockjoin_np, JOIN, thread_joined),
	ROW(pthread_detach, JOIN, thread_tried),
	ROW(pthread_cancel, SIGNAL_SEND, thread_cancelled),
	ROW(pthread_once, ONCE, once),
#undef ROW
};
_Static_assert(ARRAY_SIZE(operations) ==
	       RT_AFTER_OPERATIONS - RT_FIRST_OPERATION,
	       "an operation of the C library has no row");

void
foot_library(struct foot *f)
{
	size_t i = (size_t)(f->nr - RT_FIRST_OPERATION);
	struct touch *touch;
	int id = f->k->thing;

	if (i >= ARRAY_SIZE(operations) || !operations[i].known) {
		foot_unknown(f);
		return;
	}
	touch = foot_touch(f, operations[i].act,
			   id < 0 ? 0 : number_of_thing(f->t, id));
	if (operations[i].more)
		operations[i].more(f, touch);
	else if (id < 0)
		foot_unknown(f);
}

/* Its result is an error: nothing was taken.  */
void
foot_library_after(struct foot *f)
{
	if (f->k->e.error)
		waits_failed(f);
	else if (f->limited)
		foot_library(f);
}
