/*
 * The arguments of calls about signals and timers: sets, actions, what is
 * sent along, times.  (rt_sigaction(2), sigqueue(3), timer_create(2))
 */
#include "config.h"

#include "event/json.h"
#include "event/names.h"
#include "event/sigset.h"
#include "tracer/flags.h"
#include "tracer/show_signal.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

/* As the kernel has it, not the C library (rt_sigaction(2), "C library/kernel
 * differences"): the same on x86_64 and aarch64.  */
struct kernel_action {
	uint64_t handler, flags, restorer, mask;
};

static void
add_set(struct buf *b, uint64_t set)
{
	buf_addc(b, '"');
	sigset_write(b, set);
	buf_addc(b, '"');
}

static void
add_pointer(struct buf *b, uint64_t at)
{
	buf_adds(b, at ? "\"ADDR\"" : "null");
}

void
show_sigset(struct tracing *t, struct task *k, struct buf *b, int i)
{
	uint64_t set;

	(void)t;
	if (k->arg[i] && memory_read(k->tid, k->arg[i], &set, sizeof(set)) ==
			 sizeof(set))
		add_set(b, set);
	else
		add_pointer(b, k->arg[i]);
}

void
show_sigaction(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct kernel_action a;

	(void)t;
	if (!k->arg[i] || memory_read(k->tid, k->arg[i], &a, sizeof(a)) !=
			  sizeof(a)) {
		add_pointer(b, k->arg[i]);
		return;
	}
	buf_addf(b, "{\"handler\":\"%s\",\"flags\":",
		 a.handler == (uintptr_t)SIG_DFL ? "SIG_DFL" :
		 a.handler == (uintptr_t)SIG_IGN ? "SIG_IGN" : "ADDR");
	flags_write(b, FLAGS_SIGACTION, a.flags);
	buf_adds(b, ",\"mask\":");
	add_set(b, a.mask);
	buf_addc(b, '}');
}

/* What is sent along with sigqueue(3): its value.  */
void
show_siginfo(struct tracing *t, struct task *k, struct buf *b, int i)
{
	siginfo_t info;

	(void)t;
	if (!k->arg[i] || memory_read(k->tid, k->arg[i], &info,
				      sizeof(info)) != sizeof(info))
		add_pointer(b, k->arg[i]);
	else
		buf_addf(b, "{\"value\":%d}", info.si_value.sival_int);
}

void
show_itimerval(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct itimerval v;

	(void)t;
	if (!k->arg[i] || memory_read(k->tid, k->arg[i], &v, sizeof(v)) !=
			  sizeof(v)) {
		add_pointer(b, k->arg[i]);
		return;
	}
	buf_addf(b, "{\"interval\":\"%lld.%06lld\",\"value\":\"%lld.%06lld\"}",
		 (long long)v.it_interval.tv_sec,
		 (long long)v.it_interval.tv_usec,
		 (long long)v.it_value.tv_sec, (long long)v.it_value.tv_usec);
}

void
show_itimerspec(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct itimerspec v;

	(void)t;
	if (!k->arg[i] || memory_read(k->tid, k->arg[i], &v, sizeof(v)) !=
			  sizeof(v)) {
		add_pointer(b, k->arg[i]);
		return;
	}
	buf_addf(b, "{\"interval\":\"%lld.%09ld\",\"value\":\"%lld.%09ld\"}",
		 (long long)v.it_interval.tv_sec, v.it_interval.tv_nsec,
		 (long long)v.it_value.tv_sec, v.it_value.tv_nsec);
}

void
show_sigevent(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct sigevent e;

	(void)t;
	/* The kernel takes 64 bytes, as the C library has them.  */
	if (!k->arg[i] || memory_read(k->tid, k->arg[i], &e, sizeof(e)) !=
			  sizeof(e)) {
		add_pointer(b, k->arg[i]);
		return;
	}
	buf_addc(b, '{');
	/* For a thread these are the C library's own (mq_notify(3)).  */
	if (e.sigev_notify != SIGEV_THREAD && e.sigev_notify != SIGEV_NONE) {
		buf_addf(b, "\"value\":%d,\"signo\":",
			 e.sigev_value.sival_int);
		if (e.sigev_signo)
			json_text(b, signal_name(e.sigev_signo));
		else
			buf_adds(b, "0");
		buf_addc(b, ',');
	}
	buf_adds(b, "\"notify\":");
	flags_write(b, FLAGS_SIGEV, (unsigned)e.sigev_notify);
	buf_addc(b, '}');
}

void
show_sigstack(struct tracing *t, struct task *k, struct buf *b, int i)
{
	stack_t s;

	(void)t;
	if (!k->arg[i] || memory_read(k->tid, k->arg[i], &s, sizeof(s)) !=
			  sizeof(s)) {
		add_pointer(b, k->arg[i]);
		return;
	}
	buf_adds(b, "{\"flags\":");
	flags_write(b, FLAGS_SIGSTACK, (unsigned)s.ss_flags);
	buf_addf(b, ",\"size\":%zu}", s.ss_size);
}
