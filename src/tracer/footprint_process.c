/*
 * What processes do to each other: birth, end, waiting, signals, time.
 *
 * Each process has two objects of its own: its children (and threads), and
 * its signals.  Every operation goes on where signals reach it, so whoever
 * sends one touches all that the other does.
 */
#include "config.h"

#include "tracer/footprint_inside.h"

#include "event/sigset.h"
#include "probe/probe.h"
#include "tracer/pending.h"
#include "tracer/things.h"

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- birth ---- */

/* The child has a copy of the memory, as it is now.  */
void
foot_forks(struct foot *f)
{
	if (f->k->clone_flags & CLONE_THREAD) {
		foot_own(f, ACT_CREATE, SPACE_PROCESS, f->k);
		return;
	}
	foot_own(f, ACT_FORK, SPACE_PROCESS, f->k);
	if (foot_is_threaded(f->k))
		foot_own(f, ACT_LOAD, SPACE_MEMORY, f->k);
}

/* All its other threads are ended.  */
static void
end_siblings(struct foot *f)
{
	if (foot_is_threaded(f->k))
		foot_own(f, ACT_SIGNAL_SEND, SPACE_SIGNALS, f->k)->value =
			SIGKILL;
}

static void
close_all(struct foot *f, bool at_exec)
{
	struct descriptors *fds = f->k->fds;

	if (!fds || fds->refs > 1)
		return;
	for (size_t i = 0; i < fds->room; i++) {
		struct descriptor *d = descriptors_get(fds, (int)i);

		if (d && (!at_exec || d->cloexec))
			foot_close(f, (int)i);
	}
}

static void
detach_all(struct foot *f)
{
	struct mapping *m;
	int n;

	/* Where nothing of System V was made there is no segment.  */
	if (!f->k->leader->maps_shared || !f->t->search->made)
		return;
	n = maps_of(f->t, f->k, &m);
	for (int i = 0; i < n; i++)
		if (m[i].thing >= 0 && thing_id(f->t, m[i].thing) >= 0)
			foot_thing(f, ACT_ATTACH, m[i].thing);
}

void
foot_executes(struct foot *f)
{
	bool at = f->call->arg[0].kind == ARG_DIRFD;

	foot_own(f, ACT_EXEC, SPACE_PROCESS, f->k);
	end_siblings(f);
	foot_gives_robust(f, true);
	foot_name(f, at ? 0 : -1, at ? 1 : 0);
	close_all(f, true);
	detach_all(f);
}

/* ---- the end ---- */

static struct task *
task_numbered(struct tracing *t, int number)
{
	for (struct task *o = t->first; o; o = o->next)
		if (o->number == number)
			return o;
	return NULL;
}

/* Its parent gets SIGCHLD.  One that neither handles nor blocks it does not
 * notice, but for a change of that.  */
static void
tell_parent(struct foot *f)
{
	int number = f->k->leader->parent;
	struct task *parent = task_numbered(f->t, number);
	bool heeds;

	if (number)
		foot_touch(f, ACT_EXIT, number_of(SPACE_PROCESS,
			   (uint32_t)number))->value = f->k->leader->number;
	if (!parent || parent->phase == PHASE_ENDED)
		return;
	heeds = sigset_has(parent->leader->caught, SIGCHLD) ||
		parent->phase == PHASE_ASLEEP ||
		sigset_has(pending_mask(parent), SIGCHLD);
	foot_own(f, heeds ? ACT_SIGNAL_SEND : ACT_SIGNAL_LOST, SPACE_SIGNALS,
		 parent)->value = SIGCHLD;
}

void
foot_end_process(struct foot *f)
{
	struct task *k = f->k;

	foot_own(f, ACT_EXIT_GROUP, SPACE_PROCESS, k);
	foot_own(f, ACT_SIGNAL_SEND, SPACE_SIGNALS, k)->value = SIGKILL;
	tell_parent(f);
	/* Who lives when the first process ends is looked at.  */
	if (k->pid != f->t->first_pid &&
	    k->leader->parent != f->t->first->number)
		foot_own(f, ACT_EXIT, SPACE_PROCESS, f->t->first)->value =
			k->leader->number;
	foot_undoes(f);
	close_all(f, false);
	detach_all(f);
}

void
foot_exits(struct foot *f)
{
	bool alone = f->nr == SYS_exit && foot_threads(f->t, f->k) > 1;

	f->o->ends = true;
	foot_gives_robust(f, !alone);
	if (alone)
		foot_own(f, ACT_EXIT, SPACE_PROCESS, f->k)->value =
			f->k->number;
	else
		foot_end_process(f);
}

/* ---- parents, groups, sessions ---- */

struct task *
foot_process(struct foot *f, pid_t pid)
{
	for (struct task *o = f->t->first; o; o = o->next)
		if (o->tid == pid && o->leader == o && !o->reaped)
			return o;
	return NULL;
}

/* It is asked for, and may not be there.  */
static void
look_at_process(struct foot *f, const struct task *o)
{
	foot_own(f, ACT_PROCESS_LOOK, SPACE_PROCESS, o);
	if (o->leader != f->k->leader)
		foot_own(f, ACT_SIGNAL_LOOK, SPACE_SIGNALS, o);
}

/* Who has no parent any more has the one that adopts orphans, for good.  */
static void
look_at_parent(struct foot *f)
{
	struct task *parent = task_numbered(f->t, f->k->leader->parent);

	if (parent && parent->phase != PHASE_ENDED)
		foot_own(f, ACT_PROCESS_LOOK, SPACE_PROCESS, parent);
}

void
foot_asks_process(struct foot *f)
{
	pid_t pid = f->call->arg[0].kind == ARG_PID ? (pid_t)f->arg[0] : 0;
	struct task *o = pid ? foot_process(f, pid) : f->k->leader;

	if (f->nr == SYS_getppid)
		look_at_parent(f);
	else if (o)
		look_at_process(f, o);
}

/* A group is there as long as somebody is in it.  */
static void
look_at_group(struct foot *f, pid_t group)
{
	for (struct task *o = f->t->first; o; o = o->next)
		if (o->leader == o && !o->reaped &&
		    (o->tid == group || getpgid(o->tid) == group))
			look_at_process(f, o);
}

/* setpgid(2), setsid(2): who is in which group, seen by all who wait for one,
 * or send a signal to one.  */
void
foot_groups(struct foot *f)
{
	pid_t pid = f->nr == SYS_setpgid ? (pid_t)f->arg[0] : 0;
	pid_t group = f->nr == SYS_setpgid ? (pid_t)f->arg[1] : 0;
	struct task *o = pid ? foot_process(f, pid) : f->k->leader;

	if (!o)
		return;
	look_at_process(f, o);
	foot_own(f, ACT_PROCESS_CONTROL, SPACE_PROCESS, o);
	look_at_group(f, group ? group : o->tid);
}

/* Of those that it waits for by their group.  */
static void
look_at_children(struct foot *f)
{
	bool by_group = f->nr == SYS_wait4 ?
			(pid_t)f->arg[0] < -1 || (pid_t)f->arg[0] == 0 :
			f->arg[0] == P_PGID;

	for (struct task *o = f->t->first; by_group && o; o = o->next)
		if (o->leader == o && !o->reaped &&
		    o->parent == f->k->leader->number)
			foot_own(f, ACT_PROCESS_LOOK, SPACE_PROCESS, o);
}

/* ---- waiting ---- */

static struct task *
wanted_child(struct foot *f)
{
	pid_t pid = 0;

	if (f->nr == SYS_wait4)
		pid = (pid_t)f->arg[0];
	else if (f->arg[0] == P_PID)
		pid = (pid_t)f->arg[1];
	else if (f->arg[0] == 3)	/* P_PIDFD of newer headers */
		pid = probe_pidfd(f->k->tid, (int)f->arg[1]);
	if (pid <= 0)
		return NULL;
	for (struct task *o = f->t->first; o; o = o->next)
		if (o->tid == pid && o->leader == o && !o->reaped)
			return o;
	return NULL;
}

static uint64_t
wait_options(const struct foot *f)
{
	return f->arg[f->nr == SYS_wait4 ? 2 : 3];
}

void
foot_waits(struct foot *f)
{
	uint64_t options = wait_options(f);
	struct task *child = wanted_child(f);
	struct touch *touch;

	touch = foot_own(f, options & WNOHANG ? ACT_WAIT_LOOK : ACT_WAIT,
			 SPACE_PROCESS, f->k);
	touch->value = child ? child->number : 0;
	touch->gives_up = (options & WNOHANG) != 0;
	look_at_children(f);
	/* One that is stopped or continued is told of as well.  */
	if (!(options & (WUNTRACED | WCONTINUED)))
		return;
	touch->value = 0;
	for (struct task *o = f->t->first; o; o = o->next)
		if (o->leader == o && o->phase != PHASE_ENDED &&
		    o->parent == f->k->leader->number)
			foot_own(f, ACT_SIGNAL_CONTROL, SPACE_SIGNALS, o);
}

/* Whoever was waited for cannot be sent a signal any more.  */
void
foot_waits_after(struct foot *f)
{
	pid_t pid = f->k->e.result > 0 ? (pid_t)f->k->e.result : 0;
	struct task *last = NULL;

	for (struct task *o = f->t->first; pid && o; o = o->next)
		if (o->tid == pid && o->leader == o)
			last = o;
	if (last)
		foot_own(f, ACT_SIGNAL_CONTROL, SPACE_SIGNALS, last);
}

/* ---- signals ---- */

static bool
is_stop(int signal)
{
	return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN ||
	       signal == SIGTTOU;
}

static void
send_to(struct foot *f, const struct task *to, int signal)
{
	foot_own(f, signal ? ACT_SIGNAL_SEND : ACT_SIGNAL_LOOK,
		 SPACE_SIGNALS, to)->value = signal;
	/* Its parent gets SIGCHLD where it is stopped or goes on.  */
	if (signal == SIGCONT || is_stop(signal))
		foot_touch(f, ACT_SIGNAL_SEND, number_of(SPACE_SIGNALS,
			   (uint32_t)to->leader->parent))->value = SIGCHLD;
}

static int
signal_sent(const struct foot *f)
{
	for (int i = 0; i < 6; i++)
		if (f->call->arg[i].kind == ARG_SIGNAL)
			return (int)f->arg[i];
	return 0;
}

/* To a group, or to all: who is in it is looked at.  */
static void
send_to_group(struct foot *f, int signal)
{
	for (struct task *o = f->t->first; o; o = o->next)
		if (o->leader == o && o->phase != PHASE_ENDED) {
			foot_own(f, ACT_PROCESS_CONTROL, SPACE_PROCESS, o);
			send_to(f, o, signal);
		}
}

void
foot_kills(struct foot *f)
{
	int signal = signal_sent(f);
	pid_t pid = (pid_t)f->arg[0];

	if (f->nr == SYS_pidfd_send_signal)
		pid = probe_pidfd(f->k->tid, (int)f->arg[0]);
	else if (f->nr == SYS_tgkill || f->nr == SYS_rt_tgsigqueueinfo)
		pid = (pid_t)f->arg[1];
	if (pid <= 0) {
		send_to_group(f, signal);
		return;
	}
	for (struct task *o = f->t->first; o; o = o->next)
		if (o->tid == pid && !o->reaped)
			send_to(f, o, signal);
}

/* What the C library blocks while it starts a thread, and lets through again
 * behind that, is as before; signals that come between wait, as in any step.  */
static bool
is_of_library(const struct foot *f)
{
	return f->call && f->call->does == DOES_SIGMASK &&
	       strstr(f->k->e.args, "\"library\":true");
}

void
foot_masks(struct foot *f)
{
	if (is_of_library(f))
		return;
	foot_own(f, ACT_SIGNAL_CONTROL, SPACE_SIGNALS, f->k);
}

void
foot_awaits_signal(struct foot *f)
{
	foot_own(f, ACT_SIGNAL_WAIT, SPACE_SIGNALS, f->k);
	f->o->sleeps_inside = true;
}

/* Also pidfd_open(2), which wants the process to be there.  */
void
foot_signalfd(struct foot *f)
{
	foot_makes_fd(f);
	if (f->nr != SYS_pidfd_open) {
		foot_masks(f);
		return;
	}
	for (struct task *o = f->t->first; o; o = o->next)
		if (o->tid == (pid_t)f->arg[0] && !o->reaped)
			send_to(f, o, 0);
}

/* ---- time ---- */

void
foot_sleeps(struct foot *f)
{
	foot_common(f, ACT_CLOCK, COMMON_TIME);
}

void
foot_timer(struct foot *f)
{
	foot_common(f, ACT_TIMER, COMMON_TIME);
}

void
foot_time_passes(struct foot *f, int64_t until)
{
	if (!foot_find(f, ACT_CLOCK))
		foot_common(f, ACT_CLOCK, COMMON_TIME);
	for (struct task *o = f->t->first; o; o = o->next) {
		bool rings = o->alarm >= 0 && o->alarm <= until;

		if (o->phase != PHASE_ENDED && (rings || o->timers))
			send_to(f, o, SIGALRM);
	}
	if (virtual_timerfd_due(f->t) >= 0 &&
	    virtual_timerfd_due(f->t) <= until)
		foot_unknown(f);
}
