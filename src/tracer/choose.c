/* Carrying out a choice: one step of a driven run.  */
#include "config.h"

#include "event/names.h"
#include "event/sigset.h"
#include "tracer/drive.h"
#include "tracer/pending.h"
#include "tracer/runtime.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <unistd.h>

static void
cannot(struct tracing *t, const struct choice *c, const char *because)
{
	struct event *e = out_begin(t, NULL, WHAT_DIFFER);

	snprintf(e->text, sizeof(e->text), "step %d: %s cannot be chosen: %s",
		 t->step, c->actor, because);
	out_event(t, e);
}

static void
set_until(struct tracing *t, struct task *k, int64_t ns)
{
	k->until = ns < 0 ? -1 : virtual_after(t, ns);
}

static void
go_from_point(struct tracing *t, struct task *k)
{
	set_until(t, k, virtual_timeout(t, k));
	if (k->call->does == DOES_SLEEP && k->until >= 0) {
		k->phase = PHASE_TIMED;
		tell_block(t, k);
		return;
	}
	k->phase = PHASE_LOOSE;
}

void
expire(struct tracing *t, struct task *k)
{
	if (t->now < k->until)
		t->now = k->until;
	if (k->phase == PHASE_TIMED) {
		answer_sleep(k, 0);
		return;
	}
	k->timed_out = true;
	k->phase = PHASE_RUNNING;
	ptrace(PTRACE_INTERRUPT, k->tid, NULL, NULL);
}

/* Is it before an access to memory, and a handler is due?  The access is made
 * behind what tells of it, and the handler comes in between: so it is told of
 * behind the handler.  */
static bool
is_late(struct task *k)
{
	return k->call->does == DOES_ACCESS && k->leader->caught != 0 &&
	       sigset_has(k->leader->caught, pending_first(k));
}

static bool
choose_go(struct tracing *t, struct task *k, const struct choice *c)
{
	t->went_last = k;
	if (k->phase == PHASE_POINT) {
		if (is_late(k))
			stop_deliver(t, k);
		else
			go_from_point(t, k);
		return true;
	}
	if (k->until >= 0 &&
	    (k->phase == PHASE_TIMED || k->phase == PHASE_ASLEEP)) {
		/* A timer that is due before rings first; it may be what this
		 * sleep is broken off by.  */
		if (!virtual_alarm_before(t, k->until))
			expire(t, k);
		return true;
	}
	if (k->phase == PHASE_ASLEEP && virtual_wakes(t, k) >= 0) {
		virtual_alarm_before(t, virtual_wakes(t, k) + 1);
		return true;
	}
	cannot(t, c, k->phase == PHASE_STOPPED ? "it is stopped"
					       : "it sleeps in a call");
	return false;
}

static bool
choose_signal(struct tracing *t, struct task *k, const struct choice *c)
{
	kill(k->pid, c->number);
	t->signals_moved = true;
	if (k->phase == PHASE_ASLEEP)
		k->phase = PHASE_RUNNING;
	return true;
}

/* Of several the kernel delivers the one that comes first (signal(7)): we do
 * not say which, only that it comes now.  */
static bool
choose_deliver(struct tracing *t, struct task *k, const struct choice *c)
{
	int first = k->phase == PHASE_POINT ? pending_first(k) : 0;
	char because[80];

	if (first == 0) {
		cannot(t, c, k->phase == PHASE_POINT ?
		       "no signal waits that it does not block" :
		       "it is not held before a call");
		return false;
	}
	if (first != c->number) {
		snprintf(because, sizeof(because),
			 "the kernel would deliver %s first",
			 signal_name(first));
		cannot(t, c, because);
		return false;
	}
	t->went_last = k;
	stop_deliver(t, k);
	return true;
}

/* A new pipe may have less room.  A read may always give less.  A write of up to PIPE_BUF bytes to a pipe is
 * all or nothing (pipe(7)).  */
static bool
choose_cut(struct tracing *t, struct task *k, const struct choice *c)
{
	enum call_does does = k->call ? k->call->does : DOES_NOTHING;

	if (k->phase == PHASE_POINT && does == DOES_PIPE) {
		k->pipe_size = c->number;
		return choose_go(t, k, c);
	}
	if (k->phase != PHASE_POINT ||
	    (does != DOES_READ && does != DOES_WRITE)) {
		cannot(t, c, "it is not before a read, a write or a pipe");
		return false;
	}
	if (c->number < 1 || (uint64_t)c->number >= k->arg[2]) {
		cannot(t, c, "a cut leaves at least 1 byte and less than all");
		return false;
	}
	if (does == DOES_WRITE && k->arg[2] <= PIPE_BUF) {
		cannot(t, c, "a write of up to PIPE_BUF bytes is never cut");
		return false;
	}
	k->cut_from = k->arg[2];
	regs_set_arg(k->tid, 2, c->number);
	return choose_go(t, k, c);
}

/* The kernel does nothing, and the call fails: as it might, where memory or
 * room or time is short.  */
static bool
choose_fail(struct tracing *t, struct task *k, const struct choice *c)
{
	if (k->phase != PHASE_POINT || k->nr >= RT_HELLO ||
	    k->call->does == DOES_EXIT || k->call->does == DOES_FORK) {
		cannot(t, c, "it is not before a call that could fail so");
		return false;
	}
	t->went_last = k;
	answer_sleep(k, -c->number);
	return true;
}

/* The runtime is told that it need not wait.  */
static bool
choose_wake(struct tracing *t, struct task *k, const struct choice *c)
{
	if (k->phase != PHASE_POINT || (k->nr != RT_pthread_cond_wait &&
					k->nr != RT_pthread_cond_timedwait &&
					k->nr != RT_pthread_cond_clockwait)) {
		cannot(t, c, "it is not before a wait for a condition variable");
		return false;
	}
	t->went_last = k;
	answer_sleep(k, RT_SPURIOUS);
	return true;
}

/*
 * The kernel hands what is typed to the other side in a work queue, some time
 * later.  poll(2) there waits for that (n_tty_poll() in the kernel), so that
 * the step ends the same way each time.
 */
static bool
choose_type(struct tracing *t, struct task *k, const struct choice *c)
{
	struct pollfd slave = { .fd = -1, .events = POLLIN };
	ssize_t done;

	(void)k;
	if (t->master < 0) {
		cannot(t, c, "the run has no terminal of its own");
		return false;
	}
	done = write(t->master, c->typed, c->typed_len);
	if (done < c->typed_len)
		out_note(t, NULL, "the program's terminal took %zd of %d "
			 "bytes: nothing reads there", done < 0 ? 0 : done,
			 c->typed_len);
	slave.fd = open(t->config.tty, O_RDONLY | O_NOCTTY | O_CLOEXEC |
				       O_NONBLOCK);
	if (slave.fd >= 0) {
		poll(&slave, 1, 0);
		close(slave.fd);
	}
	return true;
}

static bool (*const choosers[])(struct tracing *t, struct task *k,
				const struct choice *c) = {
	[CHOICE_GO] = choose_go,
	[CHOICE_SIGNAL] = choose_signal,
	[CHOICE_DELIVER] = choose_deliver,
	[CHOICE_CUT] = choose_cut,
	[CHOICE_EXPIRE] = choose_go,
	[CHOICE_FAIL] = choose_fail,
	[CHOICE_WAKE] = choose_wake,
	[CHOICE_TYPE] = choose_type,
};

static void
tell_choice(struct tracing *t, const struct choice *c)
{
	struct event *e = out_begin(t, NULL, WHAT_CHOICE);
	struct buf text = BUF_INIT;

	choice_write(&text, c);
	e->step = t->step;
	COPY_STR(e->choice, buf_str(&text));
	buf_release(&text);
	out_event(t, e);
}

void
choose(struct tracing *t, const struct choice *c)
{
	struct task *k = c->kind == CHOICE_TYPE
			 ? NULL : task_by_name(t, c->actor);

	t->step++;
	if (c->kind == CHOICE_SIGNAL)
		search_stir(t);
	if (!t->quiet)
		tell_choice(t, c);
	if (!k && c->kind != CHOICE_TYPE) {
		cannot(t, c, "there is no such actor now");
		t->step--;
	} else if (!choosers[c->kind](t, k, c)) {
		t->step--;
	}
	settle(t);
	tell_held(t);
}
