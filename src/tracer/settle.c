/*
 * Until everybody stands still.
 *
 * The kernel decides what blocks: a task that went into a call and whose
 * state (proc(5)) is sleeping, with no report of it due, sleeps.  What a move
 * woke moves too, as it would, but only to its own next point, one after the
 * other in order of birth.
 */
#include "config.h"

#include "base/i18n.h"
#include "probe/probe.h"
#include "tracer/drive.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SPINS = 30,		/* looks before we wait for a signal instead */
	NAP_MS = 5,		/* ... with a look in between */
	RINGS_MAX = 1000,	/* in one step */
};

bool
reap_reports(struct tracing *t)
{
	bool any = false;
	int status;
	pid_t tid;

	while ((tid = waitpid(-1, &status, __WALL | WNOHANG)) > 0) {
		stop_handle(t, tid, status);
		any = true;
	}
	return any;
}

/* The reports of one task alone.  Others may have been woken by it and report
 * at the same time, in no order that a second run would repeat: they wait
 * their turn.  One that is gone under its number (exec by a thread) or that
 * the kernel holds until we take note of others (exec, too) needs them all;
 * not so who is held until others have died of its signal (core(5)).  */
static bool
reap_own_reports(struct tracing *t, struct task *k, bool stuck)
{
	int status;
	pid_t tid = waitpid(k->tid, &status, __WALL | WNOHANG);

	if (tid > 0)
		stop_handle(t, tid, status);
	else if (tid < 0 || (stuck && k->in_call && k->call &&
			     k->call->does == DOES_EXEC &&
			     task_state(k) == 'D'))
		return reap_reports(t);
	return tid > 0;
}

/* Asleep in a call that the table does not have: learn its name.  */
static void
name_call(struct task *k)
{
	struct probe_task p;

	if (k->in_call)
		return;
	event_init(&k->e, WHAT_CALL);
	COPY_STR(k->e.actor, k->name);
	if (probe_task(k->tid, &p, NULL) == 0 && p.call >= 0)
		COPY_STR(k->e.call, call_name(p.call));
	k->thing = -1;
	k->blocked_told = false;
}

bool
is_vfork(const struct task *k)
{
#ifdef SYS_vfork
	if (k->in_call && k->nr == SYS_vfork)
		return true;
#endif
	return k->in_call && k->call && k->call->does == DOES_FORK &&
	       k->clone_flags & CLONE_VFORK;
}

static bool
writes_terminal(struct tracing *t, struct task *k)
{
	return k->in_call && k->e.end == MODE_WRITE &&
	       thing_kind(t, k->thing) == KIND_TERMINAL;
}

static bool
other_threads_live(struct tracing *t, struct task *k)
{
	for (struct task *o = t->first; o; o = o->next)
		if (o != k && o->leader == k->leader &&
		    o->phase != PHASE_ENDED)
			return true;
	return false;
}

bool
stands_still(struct tracing *t, struct task *k)
{
	switch (task_state(k)) {
	case 'S':
		/* The lab empties the terminal: it will go on by itself. */
		return !writes_terminal(t, k);
	case 'D':
		return is_vfork(k);
	case 'Z':	/* a first thread that ended before the others */
		return k->leader == k && other_threads_live(t, k);
	default:
		return false;
	}
}

void
nap(struct tracing *t)
{
	struct pollfd fds[] = {
		{ .fd = t->child_signals, .events = POLLIN },
		{ .fd = t->commands, .events = POLLIN },
	};
	char info[128];

	out_flush(t);
	poll(fds, 2, NAP_MS);
	if (fds[0].revents)
		while (read(t->child_signals, info, sizeof(info)) > 0)
			;
	if (fds[1].revents)
		read_commands(t, false);
}

/*
 * In a search, which runs on one processor with its subject: who cannot fall
 * asleep is simply waited for.  The timer of the search (driver.c) breaks the
 * wait off now and then, for the case that it did after all.
 */
static bool
await_report(struct tracing *t, struct task *k)
{
	int status;
	pid_t tid = waitpid(k->tid, &status, __WALL);

	if (tid > 0)
		stop_handle(t, tid, status);
	else if (errno != EINTR)
		return reap_reports(t);
	k->sleepy = tid <= 0;
	return tid > 0 || watch_memory(t, k);
}

/* Who dies does not fall asleep: broken off by the timer, as where others want
 * the processor, it is waited for again.  */
static void
await_end(struct tracing *t, struct task *k)
{
	k->phase = PHASE_RUNNING;
	while (k->phase == PHASE_RUNNING && !t->quit)
		if (!await_report(t, k) && watch(t, k))
			return;
}

/* The end of a process is that of all its threads, and of the first it is
 * told last (ptrace(2)).  */
static void
await_siblings(struct tracing *t, struct task *k)
{
	for (struct task *o = t->first; o; o = o->next)
		if (o != k && o->leader == k->leader && o != o->leader &&
		    o->phase != PHASE_ENDED)
			await_end(t, o);
	if (k->leader != k && k->phase == PHASE_RUNNING)
		await_end(t, k);
}

/* Wait until k is held, asleep or gone.  */
static void
await(struct tracing *t, struct task *k)
{
	if (t->search && k->in_call && k->nr == SYS_exit_group)
		await_siblings(t, k);
	while (t->search && !k->sleepy && k->phase == PHASE_RUNNING &&
	       await_report(t, k) && !t->quit)
		;
	if (t->search && k->phase == PHASE_RUNNING)
		sched_yield();
	for (int spins = 0; k->phase == PHASE_RUNNING && !t->quit; spins++) {
		if (reap_own_reports(t, k, spins >= SPINS))
			continue;
		if (stands_still(t, k)) {
			/* It may have stopped between the two looks. */
			if (reap_own_reports(t, k, false) ||
			    !stands_still(t, k))
				continue;
			if (pieces_break(t, k))
				continue;
			name_call(k);
			k->phase = PHASE_ASLEEP;
			unsupported_sleep(t, k);
			if (k->call || !k->in_call)
				tell_block(t, k);
			return;
		}
		if (spins < SPINS)
			sched_yield();
		else if (t->search && watch(t, k))
			return;
		else
			nap(t);
	}
}

/* Held ones stay held, unless they are being killed.  */
static bool
is_moving(struct tracing *t, struct task *k)
{
	switch (k->phase) {
	case PHASE_ASLEEP:
		return !stands_still(t, k);
	case PHASE_STOPPED:
		return task_state(k) == 'R';
	case PHASE_POINT:
	case PHASE_TIMED:
		return (!t->search || t->search->deadly) &&
		       task_state(k) != 't';
	default:
		return false;
	}
}

/* A search wants to know.  */
static void
note_woken(struct tracing *t, struct task *k)
{
	struct searching *s = t->search;

	if (s && s->n_woken < (int)ARRAY_SIZE(s->woken))
		s->woken[s->n_woken++] = k;
}

/* Sleepers that were woken, by whoever, move, in order of birth.  */
static bool
wake(struct tracing *t)
{
	bool any = false;

	for (struct task *k = t->first; k; k = k->next) {
		if (!is_moving(t, k))
			continue;
		k->phase = PHASE_RUNNING;
		await(t, k);
		if (!t->quiet)
			state_tell_memory(t);
		if (k->phase == PHASE_ASLEEP)
			continue;
		any = true;
		note_woken(t, k);
	}
	if (t->search && !any)
		t->search->stirred = t->search->deadly = false;
	return any;
}

void
answer_sleep(struct task *k, int64_t result)
{
	regs_skip_call(k->tid);
	k->skipped = true;
	k->answer = result;
	k->phase = PHASE_LOOSE;
}

static bool
break_sleeps(struct tracing *t)
{
	bool any = false;

	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_TIMED && stop_signal_waits(k)) {
			virtual_sleep_left(t, k);
			answer_sleep(k, -EINTR);
			any = true;
		}
	return any;
}

/* One at a time, the first born first.  */
static bool
move_loose(struct tracing *t)
{
	for (struct task *k = t->first; k && !t->quit; k = k->next) {
		if (k->phase == PHASE_LOOSE)
			stop_resume(t, k);
		else if (k->phase != PHASE_RUNNING)
			continue;
		await(t, k);
		if (!t->quiet)
			state_tell_memory(t);
		return true;
	}
	return false;
}

/* Nobody can go, and a timer is set: time passes until it rings.  One that
 * rings for ever, and nobody goes on, must not keep us for ever.  */
static bool
pass_time(struct tracing *t, int *rings)
{
	if (*rings == RINGS_MAX)
		return false;
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_POINT || k->phase == PHASE_TIMED ||
		    (k->phase == PHASE_ASLEEP && virtual_wakes(t, k) >= 0))
			return false;
	if (!virtual_next_alarm(t))
		return false;
	if (++*rings == RINGS_MAX && !t->rings_told) {
		t->rings_told = true;
		out_note(t, NULL, _("timers rang %d times, and nobody went on: "
				    "they wait for the next step"), RINGS_MAX);
	}
	return true;
}

void
settle(struct tracing *t)
{
	int rings = 0;

	/* Whom a move woke comes out of its call before anybody goes on: so
	 * the order does not depend on the processor.  The last look is for a
	 * task that was seen in the stop that it is just about to report.  */
	while (!t->quit && t->alive > 0) {
		if (t->search && !t->search->stirred) {
			if (!move_loose(t) && !virtual_alarm(t) &&
			    !pass_time(t, &rings))
				break;
			continue;
		}
		if (!wake(t) && !reap_reports(t) && !move_loose(t) &&
		    !break_sleeps(t) && !virtual_alarm(t) &&
		    !pass_time(t, &rings) && !reap_reports(t))
			break;
	}
	if (t->quiet) {
		t->signals_moved = false;
		return;
	}
	tell_touched(t);
	tell_points(t);
}
