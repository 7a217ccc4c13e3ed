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

static void
answer_alarm(struct tracing *t, struct task *k)
{
	struct task *l = k->leader;
	int64_t left = l->alarm >= 0 ? l->alarm - t->now : 0;

	l->alarm = k->arg[0] ? t->now + (int64_t)(unsigned)k->arg[0] * SECOND
			     : -1;
	l->alarm_every = 0;
	virtual_answer(k, (left + SECOND - 1) / SECOND);
}

static int64_t
timeval_ns(const struct timeval *tv)
{
	return tv->tv_sec * SECOND + tv->tv_usec * 1000;
}

static void
alarm_left(struct tracing *t, const struct task *l, struct itimerval *v)
{
	int64_t left = l->alarm >= 0 ? l->alarm - t->now : 0;

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
	struct itimerval new, old;
	struct task *l = k->leader;

	if (!k->arg[1] || memory_read(k->tid, k->arg[1], &new, sizeof(new)) !=
			  sizeof(new)) {
		virtual_answer(k, -EFAULT);
		return;
	}
	alarm_left(t, l, &old);
	l->alarm = timeval_ns(&new.it_value);
	l->alarm = l->alarm > 0 ? t->now + l->alarm : -1;
	l->alarm_every = timeval_ns(&new.it_interval);
	if (k->arg[2])
		memory_write(k->tid, k->arg[2], &old, sizeof(old));
	virtual_answer(k, 0);
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

static void
put_left(struct tracing *t, struct task *k, const struct virtual_timer *v,
	 uint64_t at)
{
	int64_t left = v->at >= 0 ? v->at - t->now : 0;
	struct itimerspec s = {
		.it_value = { left / SECOND, left % SECOND },
		.it_interval = { v->every / SECOND, v->every % SECOND },
	};

	if (at)
		memory_write(k->tid, at, &s, sizeof(s));
}

static int64_t
timespec_ns(const struct timespec *ts)
{
	return ts->tv_sec * SECOND + ts->tv_nsec;
}

static void
settime(struct tracing *t, struct task *k, struct virtual_timer *v)
{
	struct itimerspec s;
	int64_t ns;

	/* What is not in order the kernel refuses.  */
	if (memory_read(k->tid, k->arg[2], &s, sizeof(s)) != sizeof(s) ||
	    s.it_value.tv_nsec < 0 || s.it_value.tv_nsec >= SECOND ||
	    s.it_interval.tv_nsec < 0 || s.it_interval.tv_nsec >= SECOND)
		return;
	put_left(t, k, v, k->arg[3]);
	ns = timespec_ns(&s.it_value);
	v->every = timespec_ns(&s.it_interval);
	if (ns > 0 && ((int)k->arg[1] & TIMER_ABSTIME))
		ns -= virtual_clock(t, v->clock);
	v->at = timespec_ns(&s.it_value) == 0 ? -1
		: t->now + (ns > 0 ? ns : 0);
	v->late = 0;
	virtual_answer(k, 0);
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
		put_left(t, k, v, k->arg[1]);
		virtual_answer(k, 0);
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

static void
ring_alarm(struct tracing *t, struct task *l)
{
	kill(l->pid, SIGALRM);
	t->signals_moved = true;
	l->alarm = l->alarm_every > 0 ? t->now + l->alarm_every : -1;
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
	int64_t missed = v->every > 0 ? (t->now - v->at) / v->every : 0;

	v->at = v->every > 0 ? v->at + (missed + 1) * v->every : -1;
	v->late += missed;
	if (v->notify == SIGEV_NONE)
		return;
	if (still_waits(l, v->signal)) {
		v->late++;
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

/* The first of all, rung if it is due by then; false: none is.  */
static bool
ring_first(struct tracing *t, int64_t by)
{
	struct virtual_timer *which = NULL;
	struct task *whose = NULL;
	int64_t at = first_due(t, &whose, &which);
	int64_t fd_at = virtual_timerfd_due(t);
	bool is_fd = fd_at >= 0 && (at < 0 || fd_at < at);

	if (is_fd)
		at = fd_at;
	if (at < 0 || at > by)
		return false;
	if (t->now < at)
		t->now = at;
	if (t->search)
		t->search->stirred = t->search->deadly = true;
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
	struct virtual_timer *which;
	struct task *whose;
	int64_t at = first_due(t, &whose, &which);

	return at >= 0 && at < time && virtual_next_alarm(t);
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
