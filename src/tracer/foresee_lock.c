/*
 * Would an operation of the C library sleep?  Said by the memory of the
 * semaphore or lock, as glibc lays them out (sysdeps/nptl/internaltypes.h,
 * bits/struct_mutex.h, bits/struct_rwlock.h of 2.36; the same on x86_64 and
 * aarch64).  One with a limit of time never counts as asleep.
 */
#include "config.h"

#include "tracer/runtime.h"

#include <pthread.h>
#include <semaphore.h>
#include <string.h>

/* Words of the structures, counted in ints.  */
enum {
	SEM_VALUE = 0,		/* of the low half of 64 bits */
	SEM_SHARED = 2,		/* 0: of the threads of one process */
	MUTEX_LOCK = 0, MUTEX_OWNER = 2, MUTEX_KIND = 4,
	RWLOCK_READERS = 0, RWLOCK_WRITER = 6,
	BARRIER_IN = 0, BARRIER_ROUND = 1, BARRIER_COUNT = 2,
	WORDS_MAX = 8,
};
/* __readers: its bits (nptl/pthread_rwlock_common.c).  */
enum { WRITE_PHASE = 1, WRITE_LOCKED = 2, READER_SHIFT = 3 };
/* __kind: below it, the type (nptl/pthreadP.h).  */
enum { TYPE_MASK = 3, PSHARED = 128, OWNER_DIED = 0x40000000 };

enum { BLOCK_MAX = 4096 };	/* of a thread: struct pthread */

static bool
words(struct task *k, unsigned *word)
{
	return memory_read(k->tid, k->arg[0], word,
			   WORDS_MAX * sizeof(*word)) ==
	       WORDS_MAX * sizeof(*word);
}

int64_t
semaphore_value(struct task *k, uint64_t at)
{
	unsigned value;

	return memory_read(k->tid, at, &value, sizeof(value)) == sizeof(value)
	       ? (int64_t)value : NO_VALUE;
}

static bool
sem_wait_sleeps(struct tracing *t, struct task *k)
{
	(void)t;
	return semaphore_value(k, k->arg[0]) == 0;
}

/* Its owner may take a recursive one again, and an error-checking one says
 * EDEADLK; whose owner died, a robust one is given.  */
static bool
mutex_sleeps(struct tracing *t, struct task *k)
{
	unsigned w[WORDS_MAX];
	unsigned type;

	(void)t;
	if (!words(k, w) || w[MUTEX_LOCK] == 0 || w[MUTEX_LOCK] & OWNER_DIED)
		return false;
	type = w[MUTEX_KIND] & TYPE_MASK;
	return !((type == PTHREAD_MUTEX_RECURSIVE_NP ||
		  type == PTHREAD_MUTEX_ERRORCHECK_NP) &&
		 (pid_t)w[MUTEX_OWNER] == k->tid);
}

static bool
always_sleeps(struct tracing *t, struct task *k)
{
	(void)t, (void)k;
	return true;
}

static bool
rdlock_sleeps(struct tracing *t, struct task *k)
{
	unsigned w[WORDS_MAX];

	(void)t;
	return words(k, w) && w[RWLOCK_READERS] & WRITE_PHASE &&
	       w[RWLOCK_READERS] & WRITE_LOCKED &&
	       (pid_t)w[RWLOCK_WRITER] != k->tid;	/* EDEADLK */
}

static bool
wrlock_sleeps(struct tracing *t, struct task *k)
{
	unsigned w[WORDS_MAX];

	(void)t;
	return words(k, w) && (w[RWLOCK_READERS] & WRITE_LOCKED ||
			       w[RWLOCK_READERS] >> READER_SHIFT) &&
	       (pid_t)w[RWLOCK_WRITER] != k->tid;
}

/* The last one who arrives lets all go.  */
static bool
barrier_sleeps(struct tracing *t, struct task *k)
{
	unsigned w[WORDS_MAX];

	(void)t;
	return words(k, w) && w[BARRIER_IN] + 1 < w[BARRIER_ROUND] +
						  w[BARRIER_COUNT];
}

static bool
spin_sleeps(struct tracing *t, struct task *k)
{
	int word;

	(void)t;
	if (memory_read(k->tid, k->arg[0], &word, sizeof(word)) !=
	    sizeof(word))
		return false;
#ifdef __x86_64__
	return word <= 0;
#else
	return word != 0;
#endif
}

/* A pthread_t is the address of the thread's own block, at or a little below
 * what clone(2) was told of (CLONE_SETTLS).  */
struct task *
thread_of(struct tracing *t, struct task *k, uint64_t thread)
{
	struct task *found = NULL;

	for (struct task *o = t->first; o; o = o->next)
		if (o->leader == k->leader && o->tls >= thread &&
		    o->tls - thread < BLOCK_MAX &&
		    (!found || o->tls <= found->tls))
			found = o;
	return found;
}

static bool
join_sleeps(struct tracing *t, struct task *k)
{
	struct task *o = thread_of(t, k, k->arg[0]);

	return o && o->phase != PHASE_ENDED;
}

/* Somebody runs the initialiser, and is not telling that it has run it
 * (nptl/pthreadP.h: __PTHREAD_ONCE_INPROGRESS, __PTHREAD_ONCE_DONE).  */
static bool
once_sleeps(struct tracing *t, struct task *k)
{
	enum { RUNS = 1, DONE = 2 };
	unsigned word;

	(void)t;
	return k->arg[2] == 0 &&
	       memory_read(k->tid, k->arg[0], &word, sizeof(word)) ==
	       sizeof(word) && (word & (RUNS | DONE)) == RUNS;
}

static bool (*const sleeps[])(struct tracing *t, struct task *k) = {
#define AT(name) [RT_##name - RT_FIRST_OPERATION]
	AT(sem_wait) = sem_wait_sleeps,
	AT(pthread_mutex_lock) = mutex_sleeps,
	AT(pthread_cond_wait) = always_sleeps,
	AT(pthread_rwlock_rdlock) = rdlock_sleeps,
	AT(pthread_rwlock_wrlock) = wrlock_sleeps,
	AT(pthread_barrier_wait) = barrier_sleeps,
	AT(pthread_spin_lock) = spin_sleeps,
	AT(pthread_join) = join_sleeps,
	AT(pthread_once) = once_sleeps,
#undef AT
};

bool
foresee_operation(struct tracing *t, struct task *k)
{
	size_t i = k->nr - RT_FIRST_OPERATION;

	return i < ARRAY_SIZE(sleeps) && sleeps[i] && sleeps[i](t, k);
}

/* Made for the threads of one process, it wakes nobody in another: who sleeps
 * there may sleep for ever (sem_init(3), pthread_mutexattr_getpshared(3)).  */
bool
lock_is_misplaced(struct tracing *t, struct task *k)
{
	unsigned w[WORDS_MAX];
	uint64_t offset;
	bool is_private;

	if (k->nr != RT_sem_wait && k->nr != RT_pthread_mutex_lock)
		return false;
	if (!words(k, w))
		return false;
	is_private = k->nr == RT_sem_wait ? w[SEM_SHARED] == 0
					  : !(w[MUTEX_KIND] & PSHARED);
	return is_private && thing_of_address(t, k, k->arg[0], &offset) >= 0;
}
