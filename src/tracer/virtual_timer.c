/*
 * Timers that send a signal, on the virtual clock of driven runs: alarm(2),
 * setitimer(2) with ITIMER_REAL, and those of timer_create(2).
 *
 * The kernel makes the POSIX timers, so that ids and errors are its own, but
 * never sets one: we do, and send its signal when it is due.  One signal of a
 * timer waits at a time; expirations beyond it are counted
 * (timer_getoverrun(2)).
 */
#include "config.h"

#include "event/sigset.h"
#include "probe/probe.h"
#include "tracer/pending.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)

struct virtual_timer {
	struct virtual_timer *next;
	int id, clock;
	int notify, signal, value;	/* of struct sigevent */
	pid_t thread;			/* SIGEV_THREAD_ID, else 0 */
	int64_t at, every;		/* due at; -1: not set */
	int late, overrun;		/* counting; of the last signal */
};

/* ---- alarm, setitimer ---- */

/* How long until then, at least so much: 0 says that none is set.  */
static int64_t
left_until(const struct tracing *t, int64_t at, int64_t least)
{
	if (at < 0)
		return 0;
	return at - t->now > least ? at - t->now : least;
}

/* What is left is told in whole seconds, the nearest, but not 0.  */
static void
answer_alarm(struct tracing *t, struct task *k)
{
	struct task *l = k->leader;
	int64_t left = left_until(t, l->alarm, 1), length;

	length = (int64_t)(unsigned)k->arg[0] * SECOND;
	l->alarm = length > 0 ? virtual_after(t, length) : -1;
	l->alarm_every = 0;
	virtual_answer(k, left > 0 && left < SECOND ? 1
			  : (left + SECOND / 2) / SECOND);
}

static void
alarm_left(struct tracing *t, const struct task *l, struct itimerval *v)
{
	int64_t left = left_until(t, l->alarm, 1000);

	v->it_value.tv_sec = left / SECOND;
	v->it_value.tv_usec = left % SECOND / 1000;
	v->it_interval.tv_sec = l->alarm_every / SECOND;
	v->it_interval.tv_usec = l->alarm_every % SECOND / 1000;
}

static void
answer_getitimer(struct tracing *t, struct task *k)
{
	struct itimerval v;

	alarm_left(t, k->leader, &v);
	virtual_answer(k, memory_write(k->tid, k->arg[1], &v, sizeof(v))
		       ? 0 : -EFAULT);
}

static void
answer_setitimer(struct tracing *t, struct task *k)
{
	struct itimerval new = { { 0, 0 }, { 0, 0 } }, old;
	struct task *l = k->leader;
	int64_t length, every;

	/* Without a new value it is stopped (getitimer(2), "BUGS").  */
	if (k->arg[1] && memory_read(k->tid, k->arg[1], &new, sizeof(new)) !=
			 sizeof(new)) {
		virtual_answer(k, -EFAULT);
		return;
	}
	length = virtual_length_timeval(&new.it_value);
	every = virtual_length_timeval(&new.it_interval);
	if (length < 0 || every < 0) {
		virtual_answer(k, -EINVAL);
		return;
	}
	alarm_left(t, l, &old);
	l->alarm = length > 0 ? virtual_after(t, length) : -1;
	l->alarm_every = every;
	virtual_answer(k, k->arg[2] && !memory_write(k->tid, k->arg[2], &old,
						     sizeof(old))
		       ? -EFAULT : 0);
}

/* ---- POSIX timers ---- */

static struct virtual_timer *
find(const struct task *k)
{
	struct virtual_timer *v = k->leader->timers;

	while (v && v->id != (int)k->arg[0])
		v = v->next;
	return v;
}

/* Processor time is the kernel's.  */
static bool
is_virtual(int clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC ||
	       clock == CLOCK_BOOTTIME || clock == CLOCK_TAI ||
	       clock == CLOCK_REALTIME_ALARM || clock == CLOCK_BOOTTIME_ALARM;
}

static void
created(struct task *k)
{
	struct virtual_timer *v;
	struct sigevent e;
	int id;

	if (!is_virtual((int)k->arg[0]) ||
	    memory_read(k->tid, k->arg[2], &id, sizeof(id)) != sizeof(id))
		return;
	v = xcalloc(1, sizeof(*v));
	*v = (struct virtual_timer){ .next = k->leader->timers, .id = id,
		.clock = (int)k->arg[0], .notify = SIGEV_SIGNAL,
		.signal = SIGALRM, .value = id, .at = -1 };
	k->leader->timers = v;
	if (!k->arg[1] || memory_read(k->tid, k->arg[1], &e, sizeof(e)) !=
			  sizeof(e))
		return;
	v->notify = e.sigev_notify;
	v->signal = e.sigev_signo;
	v->value = e.sigev_value.sival_int;
	if (e.sigev_notify == SIGEV_THREAD_ID)
		v->thread = e._sigev_un._tid;
}

static bool
put_left(struct tracing *t, struct task *k, const struct virtual_timer *v,
	 uint64_t at)
{
	int64_t left = left_until(t, v->at, 1);
	struct itimerspec s = {
		.it_value = { left / SECOND, left % SECOND },
		.it_interval = { v->every / SECOND, v->every % SECOND },
	};

	return memory_write(k->tid, at, &s, sizeof(s));
}

static void
settime(struct tracing *t, struct task *k, struct virtual_timer *v)
{
	struct itimerspec s;
	int64_t ns, every, from = 0;
	bool told;

	/* What is not in order the kernel refuses.  */
	if (memory_read(k->tid, k->arg[2], &s, sizeof(s)) != sizeof(s))
		return;
	ns = virtual_length(&s.it_value);
	every = virtual_length(&s.it_interval);
	if (ns < 0 || every < 0)
		return;
	told = !k->arg[3] || put_left(t, k, v, k->arg[3]);
	if ((int)k->arg[1] & TIMER_ABSTIME)
		from = virtual_clock(t, v->clock);
	v->every = every;
	v->at = ns == 0 ? -1 : virtual_after(t, ns > from ? ns - from : 0);
	v->late = 0;
	virtual_answer(k, told ? 0 : -EFAULT);
}

static void
deleted(struct task *k)
{
	struct virtual_timer **at = &k->leader->timers, *v;

	while ((v = *at) && v->id != (int)k->arg[0])
		at = &v->next;
	if (!v)
		return;
	*at = v->next;
	free(v);
}

void
virtual_timer_forget(struct task *k)
{
	while (k->timers) {
		struct virtual_timer *v = k->timers;

		k->timers = v->next;
		free(v);
	}
}

void
virtual_timer_entry(struct tracing *t, struct task *k)
{
	struct virtual_timer *v;

	switch (k->nr) {
#ifdef SYS_alarm
	case SYS_alarm: answer_alarm(t, k); return;
#endif
	case SYS_setitimer:
	case SYS_getitimer:
		if ((int)k->arg[0] != ITIMER_REAL)
			return;		/* processor time: the kernel's */
		if (k->nr == SYS_setitimer)
			answer_setitimer(t, k);
		else
			answer_getitimer(t, k);
		return;
	default: break;
	}
	v = k->nr == SYS_timer_create ? NULL : find(k);
	if (!v)
		return;
	if (k->nr == SYS_timer_settime) {
		settime(t, k, v);
	} else if (k->nr == SYS_timer_gettime) {
		virtual_answer(k, put_left(t, k, v, k->arg[1]) ? 0 : -EFAULT);
	} else if (k->nr == SYS_timer_getoverrun) {
		virtual_answer(k, v->overrun);
	}
}

void
virtual_timer_exit(struct tracing *t, struct task *k)
{
	(void)t;
	if (!k->call || k->call->does != DOES_POSIX_TIMER || k->e.result != 0)
		return;
	if (k->nr == SYS_timer_create)
		created(k);
	else if (k->nr == SYS_timer_delete)
		deleted(k);
}

/* ---- ringing ---- */

/* What is ignored the kernel drops, but not under ptrace: there each one that
 * comes again and again would break off calls, for ever.  */
static bool
is_ignored(const struct task *l, int signal)
{
	struct probe_signals p;

	return probe_signals(l->tid, &p, NULL) == 0 &&
	       sigset_has(p.ignored, signal) && !sigset_has(p.blocked, signal);
}

static void
ring_alarm(struct tracing *t, struct task *l)
{
	int64_t missed;

	l->alarm = virtual_again(t, l->alarm, l->alarm_every, &missed);
	if (l->alarm >= 0 && is_ignored(l, SIGALRM))
		return;
	kill(l->pid, SIGALRM);
	t->signals_moved = true;
}

static bool
still_waits(struct task *l, int signal)
{
	struct probe_signals p;

	return probe_signals(l->tid, &p, NULL) == 0 &&
	       sigset_has(p.pending_thread | p.pending_process, signal);
}

static void
ring_timer(struct tracing *t, struct task *l, struct virtual_timer *v)
{
	siginfo_t info = { .si_signo = v->signal };
	int64_t missed;

	v->at = virtual_again(t, v->at, v->every, &missed);
	v->late = missed < INT_MAX - v->late ? v->late + (int)missed : INT_MAX;
	if (v->notify == SIGEV_NONE ||
	    (v->at >= 0 && is_ignored(l, v->signal)))
		return;
	if (still_waits(l, v->signal)) {
		v->late += v->late < INT_MAX;
		return;
	}
	info.si_code = SI_TIMER;
	info.si_timerid = v->id;
	info.si_value.sival_int = v->value;
	t->signals_moved = true;
	if (v->thread)
		syscall(SYS_rt_tgsigqueueinfo, l->pid, v->thread, v->signal,
			&info);
	else
		syscall(SYS_rt_sigqueueinfo, l->pid, v->signal, &info);
}

void
virtual_timer_siginfo(struct task *k, siginfo_t *info)
{
	if (info->si_code == SI_USER && info->si_signo == SIGALRM &&
	    info->si_pid == getpid()) {
		/* alarm(2) is the kernel's.  */
		info->si_code = SI_KERNEL;
		info->si_pid = 0;
		info->si_uid = 0;
	} else if (info->si_code == SI_TIMER) {
		for (struct virtual_timer *v = k->leader->timers; v;
		     v = v->next)
			if (v->id == info->si_timerid) {
				v->overrun = v->late;
				v->late = 0;
				info->si_overrun = v->overrun;
			}
	} else {
		return;
	}
	ptrace(PTRACE_SETSIGINFO, k->tid, NULL, info);
}

/* The one that is due first, of all: a leader and, of a POSIX timer, that;
 * its time, -1: none is set.  */
static int64_t
first_due(struct tracing *t, struct task **whose, struct virtual_timer **which)
{
	int64_t at = -1;

	for (struct task *k = t->first; k; k = k->next) {
		if (k->phase == PHASE_ENDED)
			continue;
		if (k->alarm >= 0 && (at < 0 || k->alarm < at)) {
			at = k->alarm;
			*whose = k;
			*which = NULL;
		}
		for (struct virtual_timer *v = k->timers; v; v = v->next)
			if (v->at >= 0 && (at < 0 || v->at < at)) {
				at = v->at;
				*whose = k;
				*which = v;
			}
	}
	return at;
}

static void
ring(struct tracing *t, struct task *whose, struct virtual_timer *which)
{
	if (which)
		ring_timer(t, whose, which);
	else
		ring_alarm(t, whose);
}

/* A tick of a descriptor is noticed by who sleeps in the kernel; anybody else
 * finds it, with all that were counted, at the next call.  */
static bool
ticks_are_noticed(const struct tracing *t)
{
	for (const struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_ASLEEP)
			return true;
	return false;
}

/* The first of all, rung if it is due by then; false: none is.  */
static bool
ring_first(struct tracing *t, int64_t by)
{
	struct virtual_timer *which = NULL;
	struct task *whose = NULL;
	int64_t at = first_due(t, &whose, &which);
	int64_t fd_at = virtual_timerfd_due(t);
	bool is_fd = fd_at >= 0 && (at < 0 || fd_at < at) &&
		     (fd_at <= t->now || ticks_are_noticed(t));

	if (is_fd)
		at = fd_at;
	if (at < 0 || at > by)
		return false;
	if (t->now < at)
		t->now = at;
	search_stir(t);
	if (is_fd)
		virtual_timerfd_ring(t);
	else
		ring(t, whose, which);
	return true;
}

bool
virtual_alarm(struct tracing *t)
{
	return ring_first(t, t->now);
}

bool
virtual_alarm_before(struct tracing *t, int64_t time)
{
	return ring_first(t, time - 1);
}

/* Who has no handler for it has set it for the worst case, which is none of
 * the cases that are looked for.  */
int64_t
virtual_wakes(const struct tracing *t, const struct task *k)
{
	if (!t->config.looks || k->until >= 0 || !k->call ||
	    k->call->does != DOES_PAUSE ||
	    !sigset_has(k->leader->caught, SIGALRM))
		return k->until;
	return k->leader->alarm;
}

bool
virtual_alarm_is_set(struct tracing *t)
{
	struct virtual_timer *which;
	struct task *whose;

	return first_due(t, &whose, &which) >= 0 || virtual_timerfd_due(t) >= 0;
}

bool
virtual_next_alarm(struct tracing *t)
{
	return ring_first(t, INT64_MAX);
}
