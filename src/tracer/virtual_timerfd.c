/*
 * Timers that are descriptors (timerfd_create(2)), on the virtual clock of
 * driven runs.  The kernel's own timer is never set: when one of ours is due,
 * the kernel is told how often it has expired (ioctl_tfd: TFD_IOC_SET_TICKS,
 * timerfd_create(2)), so that reads, polls and sleeps see the real thing.
 */
#include "config.h"

#include "probe/handle.h"
#include "probe/probe.h"
#include "tracer/trace.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)
#define SET_TICKS _IOW('T', 0, uint64_t)

struct virtual_timerfd {
	struct virtual_timerfd *next;
	int thing;
	int64_t at, every;	/* due at; -1: not set */
};

static struct virtual_timerfd *
timer_of(struct tracing *t, int thing, bool make)
{
	struct virtual_timerfd *f = t->timerfds;

	while (f && f->thing != thing)
		f = f->next;
	if (f || !make)
		return f;
	f = xcalloc(1, sizeof(*f));
	f->thing = thing;
	f->at = -1;
	f->next = t->timerfds;
	return t->timerfds = f;
}

static struct timespec
timespec_of(int64_t ns)
{
	return (struct timespec){ ns / SECOND, ns % SECOND };
}

static struct itimerspec
left_of(struct tracing *t, const struct virtual_timerfd *f)
{
	struct itimerspec v = { { 0, 0 }, { 0, 0 } };

	if (!f)
		return v;
	v.it_interval = timespec_of(f->every);
	if (f->at >= 0)
		v.it_value = timespec_of(f->at > t->now ? f->at - t->now : 1);
	return v;
}

/* The clock that it was made for (fdinfo, proc(5)).  */
static int
clock_of(struct task *k)
{
	struct object_state s;

	object_state_init(&s);
	return probe_timerfd(k->tid, k->e.fd, &s, NULL) == 0 &&
	       s.item[0].number != NO_VALUE ? (int)s.item[0].number
					    : CLOCK_MONOTONIC;
}

/* What was counted and not read is forgotten when it is set.  */
static void
forget_ticks(struct task *k)
{
	struct itimerspec none = { { 0, 0 }, { 0, 0 } };
	int flags, copy = handle_take(k->tid, k->e.fd, &flags, NULL);

	if (copy < 0)
		return;
	timerfd_settime(copy, 0, &none, NULL);
	close(copy);
}

static void
set(struct tracing *t, struct task *k, const struct itimerspec *v)
{
	struct virtual_timerfd *f = timer_of(t, k->thing, true);
	int64_t length = virtual_length(&v->it_value);

	if (length == 0)
		f->at = -1;
	else if (k->arg[1] & TFD_TIMER_ABSTIME)
		f->at = virtual_after(t, length -
					 virtual_clock(t, clock_of(k)));
	else
		f->at = virtual_after(t, length);
	f->every = virtual_length(&v->it_interval);
	forget_ticks(k);
}

void
virtual_timerfd_entry(struct tracing *t, struct task *k)
{
	struct itimerspec new, old;

	/* Not one of these, or bad arguments: the kernel says so.  */
	if (thing_kind(t, k->thing) != KIND_TIMERFD)
		return;
	old = left_of(t, timer_of(t, k->thing, false));
	if (k->nr == SYS_timerfd_gettime) {
		virtual_answer(k, memory_write(k->tid, k->arg[1], &old,
					       sizeof(old)) ? 0 : -EFAULT);
		return;
	}
	if (memory_read(k->tid, k->arg[2], &new, sizeof(new)) != sizeof(new) ||
	    virtual_length(&new.it_value) < 0 ||
	    virtual_length(&new.it_interval) < 0 ||
	    k->arg[1] & ~(uint64_t)(TFD_TIMER_ABSTIME |
				    TFD_TIMER_CANCEL_ON_SET))
		return;
	k->timerfd = new;
	virtual_answer(k, k->arg[3] && !memory_write(k->tid, k->arg[3], &old,
						     sizeof(old))
		       ? -EFAULT : 0);
}

void
virtual_timerfd_exit(struct tracing *t, struct task *k)
{
	if (k->nr == SYS_timerfd_settime && k->skipped && k->e.result == 0)
		set(t, k, &k->timerfd);
}

int64_t
virtual_timerfd_due(struct tracing *t)
{
	int64_t at = -1;

	for (struct virtual_timerfd *f = t->timerfds; f; f = f->next)
		if (f->at >= 0 && (at < 0 || f->at < at))
			at = f->at;
	return at;
}

static void
expire(struct tracing *t, struct virtual_timerfd *f)
{
	int64_t missed;
	struct object_state s;
	struct task *k;
	uint64_t ticks;
	int fd, flags, copy;

	f->at = virtual_again(t, f->at, f->every, &missed);
	if (!thing_holder(t, f->thing, MODE_READ | MODE_WRITE, &k, &fd)) {
		f->at = -1;	/* closed by all: it is gone */
		return;
	}
	object_state_init(&s);
	probe_timerfd(k->tid, fd, &s, NULL);
	ticks = (s.value == NO_VALUE ? 0 : (uint64_t)s.value) +
		(uint64_t)missed + 1;
	copy = handle_take(k->tid, fd, &flags, NULL);
	if (copy >= 0) {
		ioctl(copy, SET_TICKS, &ticks);
		close(copy);
	}
}

void
virtual_timerfd_ring(struct tracing *t)
{
	int64_t at = virtual_timerfd_due(t);

	for (struct virtual_timerfd *f = t->timerfds; f; f = f->next)
		if (f->at == at) {
			expire(t, f);
			return;
		}
}

void
virtual_timerfd_free(struct tracing *t)
{
	while (t->timerfds) {
		struct virtual_timerfd *f = t->timerfds;

		t->timerfds = f->next;
		free(f);
	}
}
