/*
 * What would make two runs of one schedule differ, under our control in
 * driven runs: time, randomness, and the auxiliary vector (getauxval(3)).
 *
 * The clock stands still but for sleeping and for being read: each look at
 * it takes a microsecond, so that a program that waits for the time to pass
 * sees it pass.  The vDSO, which would answer without a system call, is
 * hidden at each exec, so that the C library makes the calls.
 */
#include "config.h"

#include "base/random.h"
#include "tracer/namespace.h"
#include "tracer/trace.h"

#include <elf.h>
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)

/* 2026-01-01 00:00:00 UTC, when every driven run begins.  */
#define EPOCH_NS (INT64_C(1767225600) * SECOND)
/* The machine was started that long before (CLOCK_MONOTONIC).  */
#define UPTIME_NS (1000 * SECOND)

/* The longest sleep, and the end of all time, in 2116.  */
#define LONGEST (INT64_MAX / 4)
#define END_NS (INT64_MAX / 2)

enum { LOOK_NS = 1000, AUX_MAX = 64 };

void
virtual_init(struct tracing *t)
{
	t->now = t->began = EPOCH_NS;
}

static uint64_t
first_random(const struct tracing *t, const struct task *k)
{
	uint64_t r = random_mix(t->config.seed, sizeof(k->name));

	for (const char *c = k->name; *c; c++)
		r = random_mix(r, (unsigned char)*c);
	return r ? r : 1;
}

void
virtual_random(struct tracing *t, struct task *k, void *to, size_t n)
{
	unsigned char *p = to;

	if (!k->random)
		k->random = first_random(t, k);
	while (n > 0) {
		uint64_t r = random_next(&k->random);
		size_t some = n < sizeof(r) ? n : sizeof(r);

		memcpy(p, &r, some);
		p += some;
		n -= some;
	}
}

/* The stack after exec: argc, argv, NULL, envp, NULL, pairs (elf(5)).  */
static uint64_t
auxv_at(pid_t tid, uint64_t sp)
{
	uint64_t at, word;
	int nulls = 0;

	for (at = sp + sizeof(word); nulls < 2; at += sizeof(word)) {
		if (memory_read(tid, at, &word, sizeof(word)) != sizeof(word))
			return 0;
		nulls += word == 0;
	}
	return at;
}

static void
patch_pair(struct tracing *t, struct task *k, uint64_t at, uint64_t *pair)
{
	char bytes[16];

	if (pair[0] == AT_SYSINFO_EHDR) {
		pair[0] = AT_IGNORE;
		memory_write(k->tid, at, pair, 2 * sizeof(*pair));
	} else if (pair[0] == AT_RANDOM) {
		virtual_random(t, k, bytes, sizeof(bytes));
		memory_write(k->tid, pair[1], bytes, sizeof(bytes));
	}
}

void
virtual_exec(struct tracing *t, struct task *k)
{
	struct __ptrace_syscall_info info;
	uint64_t at, pair[2];

	if (ptrace(PTRACE_GET_SYSCALL_INFO, k->tid, sizeof(info), &info) <= 0)
		return;
	at = auxv_at(k->tid, info.stack_pointer);
	for (int i = 0; at && i < AUX_MAX; i++, at += sizeof(pair)) {
		if (memory_read(k->tid, at, pair, sizeof(pair)) !=
		    sizeof(pair) || pair[0] == AT_NULL)
			break;
		patch_pair(t, k, at, pair);
	}
}

void
virtual_answer(struct task *k, int64_t value)
{
	regs_skip_call(k->tid);
	k->skipped = true;
	k->answer = value;
}

/* ---- clocks ---- */

int64_t
virtual_clock(struct tracing *t, int clock)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_TAI:
		return t->now;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME:
		return t->now - t->began + UPTIME_NS;
	default:	/* processor time */
		return t->now - t->began;
	}
}

static bool
put_timespec(struct task *k, uint64_t at, int64_t ns)
{
	struct timespec ts = { ns / SECOND, ns % SECOND };

	return !at || memory_write(k->tid, at, &ts, sizeof(ts));
}

static bool
put_timeval(struct task *k, uint64_t at, int64_t ns)
{
	struct timeval tv = { ns / SECOND, ns % SECOND / 1000 };

	return !at || memory_write(k->tid, at, &tv, sizeof(tv));
}

static void
answer_clock(struct tracing *t, struct task *k)
{
	int64_t seconds = t->now / SECOND;
	bool ok = true;

	t->now += LOOK_NS;
	switch (k->nr) {
	case SYS_clock_gettime:
		ok = put_timespec(k, k->arg[1],
				  virtual_clock(t, (int)k->arg[0]));
		seconds = 0;
		break;
	case SYS_gettimeofday:
		ok = put_timeval(k, k->arg[0], t->now);
		seconds = 0;
		break;
	default:	/* time(2) */
		if (k->arg[0])
			ok = memory_write(k->tid, k->arg[0], &seconds,
					  sizeof(seconds));
	}
	virtual_answer(k, ok ? seconds : -EFAULT);
}

/* One tick a nanosecond since the machine was started.  */
bool
virtual_tsc(struct tracing *t, struct task *k)
{
	if (!regs_answer_tsc(k->tid, t->now - t->began + UPTIME_NS))
		return false;
	t->now += LOOK_NS;
	return true;
}

static void
answer_random(struct tracing *t, struct task *k)
{
	char bytes[256];
	uint64_t n = k->arg[1] < INT_MAX ? k->arg[1] : INT_MAX;

	for (uint64_t at = 0; at < n; at += sizeof(bytes)) {
		size_t some = n - at < sizeof(bytes) ? n - at : sizeof(bytes);

		virtual_random(t, k, bytes, some);
		if (!memory_write(k->tid, k->arg[0] + at, bytes, some)) {
			virtual_answer(k, -EFAULT);
			return;
		}
	}
	virtual_answer(k, n);
}

/* ---- sleeps and time-outs ---- */

static int64_t
length_of(int64_t seconds, int64_t ns)
{
	if (seconds < 0 || ns < 0 || ns >= SECOND)
		return -1;
	if (seconds > LONGEST / SECOND)
		return LONGEST;
	return seconds * SECOND + ns;
}

int64_t
virtual_length(const struct timespec *ts)
{
	return length_of(ts->tv_sec, ts->tv_nsec);
}

int64_t
virtual_length_timeval(const struct timeval *tv)
{
	if (tv->tv_usec < 0 || tv->tv_usec >= SECOND / 1000)
		return -1;
	return length_of(tv->tv_sec, tv->tv_usec * 1000);
}

int64_t
virtual_after(const struct tracing *t, int64_t length)
{
	int64_t at = t->now + length;

	if (at < END_NS)
		return at;
	return t->now > END_NS ? t->now : END_NS;
}

int64_t
virtual_again(const struct tracing *t, int64_t at, int64_t every,
	      int64_t *missed)
{
	*missed = every > 0 ? (t->now - at) / every : 0;
	if (every <= 0)
		return -1;
	at += (*missed + 1) * every;
	return at < END_NS ? at : -1;
}

static int64_t
timespec_at(struct task *k, uint64_t at)
{
	struct timespec ts;

	if (!at || memory_read(k->tid, at, &ts, sizeof(ts)) != sizeof(ts))
		return -1;
	return virtual_length(&ts);
}

/* select(2) is told more than a million microseconds, too.  */
static int64_t
timeval_at(struct task *k, uint64_t at)
{
	const int64_t million = 1000000;
	struct timeval tv;
	int64_t more;

	if (!at || memory_read(k->tid, at, &tv, sizeof(tv)) != sizeof(tv))
		return -1;
	more = tv.tv_usec / million;
	if (tv.tv_sec < 0 || tv.tv_sec > LONGEST / SECOND)
		return tv.tv_sec < 0 ? -1 : LONGEST;
	return length_of(tv.tv_sec + more, tv.tv_usec % million * 1000);
}

static int64_t
sleep_length(struct tracing *t, struct task *k)
{
	int64_t ns;

	if (k->nr == SYS_nanosleep)
		return timespec_at(k, k->arg[0]);
	ns = timespec_at(k, k->arg[2]);
	if (ns >= 0 && ((int)k->arg[1] & TIMER_ABSTIME)) {
		ns -= virtual_clock(t, (int)k->arg[0]);
		if (ns < 0)
			ns = 0;
	}
	return ns;
}

/* The argument that holds a poll's time-out, and how.  */
static int64_t
poll_length(struct task *k, int *index, bool *pointer)
{
	for (int i = 0; i < 6; i++) {
		*index = i;
		*pointer = true;
		switch (k->call->arg[i].kind) {
		case ARG_TIMESPEC:
			return timespec_at(k, k->arg[i]);
		case ARG_TIMEVAL:
			return timeval_at(k, k->arg[i]);
		default:
			break;
		}
		if (k->call->arg[i].name &&
		    strcmp(k->call->arg[i].name, "timeout") == 0) {
			*pointer = false;
			return (int)k->arg[i] < 0 ? -1 :
			       (int)k->arg[i] * (SECOND / 1000);
		}
	}
	return -1;
}

/* An absolute time of that clock, as a length from now.  One that is over is
 * told as the next one: the kernel's clock may not have come to it.  */
static int64_t
until_time(struct tracing *t, struct task *k, uint64_t at, int clock)
{
	int64_t ns = timespec_at(k, at), now = virtual_clock(t, clock);

	return ns < 0 ? -1 : ns > now ? ns - now : 1;
}

/* futex(2): FUTEX_WAIT counts from now, the others to a time.  */
static int64_t
futex_length(struct tracing *t, struct task *k)
{
	int op = (int)k->arg[1] & FUTEX_CMD_MASK;
	int clock = (int)k->arg[1] & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME
							  : CLOCK_MONOTONIC;

	switch (op) {
	case FUTEX_WAIT: return timespec_at(k, k->arg[3]);
	case FUTEX_WAIT_BITSET:
		return until_time(t, k, k->arg[3], clock);
	case FUTEX_LOCK_PI:
		return until_time(t, k, k->arg[3], CLOCK_REALTIME);
	default: return -1;	/* it is a number there, or not used */
	}
}

static int64_t
semtimedop_length(struct tracing *t, struct task *k)
{
	(void)t;
	return k->nr == SYS_semtimedop ? timespec_at(k, k->arg[3]) : -1;
}

static int64_t
mqueue_length(struct tracing *t, struct task *k)
{
	return until_time(t, k, k->arg[4], CLOCK_REALTIME);
}

static int64_t
sigwait_length(struct tracing *t, struct task *k)
{
	(void)t;
	return timespec_at(k, k->arg[2]);
}

/* Calls that wait with a limit of time, at the address in an argument, and
 * what they return when it is over.  */
static const struct limited {
	enum call_does does;
	int arg;
	int64_t (*length)(struct tracing *t, struct task *k);
	int result;
} limited[] = {
	{ DOES_FUTEX, 3, futex_length, -ETIMEDOUT },
	{ DOES_SEMOP, 3, semtimedop_length, -EAGAIN },
	{ DOES_MQ_SEND, 4, mqueue_length, -ETIMEDOUT },
	{ DOES_MQ_RECEIVE, 4, mqueue_length, -ETIMEDOUT },
	{ DOES_SIGWAIT, 2, sigwait_length, -EAGAIN },
};

static const struct limited *
limited_call(const struct task *k)
{
	for (size_t i = 0; i < ARRAY_SIZE(limited); i++)
		if (k->call && limited[i].does == k->call->does)
			return &limited[i];
	return NULL;
}

int
virtual_time_over(const struct task *k)
{
	const struct limited *l = limited_call(k);

	return l ? l->result : virtual_socket_result(k);
}

bool
virtual_has_limit(const struct task *k)
{
	const struct limited *l = limited_call(k);

	return l && k->arg[l->arg] && !(l->does == DOES_SEMOP &&
					k->nr != SYS_semtimedop);
}

/*
 * A sleep is held, not made: it ends when it is chosen.  The time-out of a
 * poll, a futex and the like is taken away: the call sleeps in the kernel
 * until what it waits for is there, or until its time-out is chosen and
 * drive.c breaks it off.
 */
int64_t
virtual_timeout(struct tracing *t, struct task *k)
{
	const struct limited *l = limited_call(k);
	bool pointer = true;
	int64_t ns;
	int i;

	if (!k->call)
		return -1;
	if (k->call->does == DOES_SLEEP)
		return sleep_length(t, k);
	if (!l && k->call->does != DOES_POLL)
		return virtual_socket_timeout(t, k);
	i = l ? l->arg : -1;
	ns = l ? l->length(t, k) : poll_length(k, &i, &pointer);
	if (ns <= 0)	/* over at once: the kernel says so itself */
		return -1;
	regs_set_arg(k->tid, i, pointer ? 0 : (uint64_t)-1);
	k->timeout_arg = i;
	return ns;
}

/* select, pselect6 and ppoll write back how much of the time is left
 * (select(2), "timeout"; the C library hides it for the other two).  */
void
virtual_time_left(struct tracing *t, struct task *k)
{
	int64_t left = k->until > t->now ? k->until - t->now : 0;
	int i = k->timeout_arg;

	if (i < 0)
		return;
	k->timeout_arg = -1;
	regs_set_arg(k->tid, i, k->arg[i]);
	if (k->call->arg[i].kind == ARG_TIMEVAL)
		put_timeval(k, k->arg[i], left);
	else if (k->nr == SYS_pselect6 || k->nr == SYS_ppoll)
		put_timespec(k, k->arg[i], left);
}

void
virtual_sleep_left(struct tracing *t, struct task *k)
{
	int64_t left = k->until > t->now ? k->until - t->now : 0;

	if (k->nr == SYS_nanosleep)
		put_timespec(k, k->arg[1], left);
	else if (!((int)k->arg[1] & TIMER_ABSTIME))
		put_timespec(k, k->arg[3], left);
}

void
virtual_entry(struct tracing *t, struct task *k)
{
	if (!k->call)
		return;
	switch (k->call->does) {
	case DOES_CLOCK: answer_clock(t, k); break;
	case DOES_RANDOM: answer_random(t, k); break;
	case DOES_TIMER:
	case DOES_POSIX_TIMER: virtual_timer_entry(t, k); break;
	case DOES_TIMERFD: virtual_timerfd_entry(t, k); break;
	default: break;
	}
}

/*
 * A socket without a port gets one from the kernel (ip(7), "Ephemeral ports"),
 * chosen by chance, and by what the whole machine did before.  In a network of
 * the run's own the choice is ours: one port is left to choose, the next.
 */
void
virtual_port(struct tracing *t, struct task *k)
{
	if (t->ports < 0 || !k->in_call)
		return;
	switch (k->nr) {
	case SYS_bind:
	case SYS_listen:
	case SYS_connect:
	case SYS_sendto:
	case SYS_sendmsg:
	case SYS_sendmmsg:
		namespace_next_port(t->ports, &t->ports_given);
		break;
	default: break;
	}
}

/* Bytes from the random devices are replaced by ours.  */
void
virtual_exit(struct tracing *t, struct task *k)
{
	const char *path = thing_path(t, k->thing);
	char bytes[256];
	int64_t n = k->e.result;

	if (k->call && k->call->does == DOES_TIMERFD)
		virtual_timerfd_exit(t, k);
	virtual_timer_exit(t, k);
	if (!k->call || k->call->does != DOES_READ ||
	    (strcmp(path, "/dev/urandom") && strcmp(path, "/dev/random")))
		return;
	for (int64_t at = 0; at < n; at += sizeof(bytes)) {
		size_t some = n - at < (int64_t)sizeof(bytes)
			      ? (size_t)(n - at) : sizeof(bytes);

		virtual_random(t, k, bytes, some);
		memory_write(k->tid, k->arg[1] + at, bytes, some);
		if (at == 0 && k->e.data_len > 0)
			memcpy(k->e.data, bytes,
			       (size_t)k->e.data_len < some
			       ? (size_t)k->e.data_len : some);
	}
}
