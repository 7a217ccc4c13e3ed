/*
 * A driven run: one task moves at a time, chosen from outside.
 *
 * A step lets the chosen task make its call and go on to its next point.
 * The kernel decides what blocks: a task that went into a call and whose
 * state (proc(5)) is sleeping, with no report of it due, sleeps.  What its
 * move woke moves too, as it would, but only to its own next point, one
 * after the other in order of birth.  When everybody is held, sleeps or has
 * ended, the step is over: the run is a function of its choices.
 */
#include "config.h"

#include "probe/probe.h"
#include "schedule/choice.h"
#include "tracer/source.h"
#include "tracer/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SPINS = 30,		/* looks before we wait for a signal instead */
	NAP_MS = 5,		/* ... with a look in between */
};

static bool read_commands(struct tracing *t, bool wait);

/* ---- points ---- */

static bool
on_system_path(struct task *k)
{
	char path[PATH_MAX_LEN];

	for (int i = 0; i < 6; i++)
		if (k->call->arg[i].kind == ARG_PATH)
			return memory_string(k->tid, k->arg[i], path,
					     sizeof(path)) &&
			       path_is_system(path);
	return false;
}

static bool
on_own_thing(struct tracing *t, struct task *k)
{
	enum object_kind kind = thing_kind(t, k->thing);

	return k->thing >= 0 && kind != KIND_DIRECTORY &&
	       !thing_is_system(t, k->thing);
}

/* A shell tries one folder of PATH after the other: only the last try, which
 * finds the program, is worth a choice.  */
static bool
finds_program(struct tracing *t, struct task *k)
{
	char path[PATH_MAX_LEN];

	return k->nr != SYS_execve ||
	       !path_argument(t, k, -1, 0, path, sizeof(path)) ||
	       access(path, X_OK) == 0;
}

static bool
is_point(struct tracing *t, struct task *k)
{
	unsigned flags = k->call->flags;

	if (k->call->does == DOES_EXEC)
		return finds_program(t, k);

	if (flags & CALL_POINT)
		return true;
	/* The C library asks every stream whether it can seek. */
	if (k->call->does == DOES_SEEK &&
	    thing_kind(t, k->thing) != KIND_FILE)
		return false;
	if (flags & CALL_FD_POINT)
		return on_own_thing(t, k);
	return (flags & CALL_PATH_POINT) && !on_system_path(k);
}

bool
drive_entry(struct tracing *t, struct task *k)
{
	virtual_entry(t, k);
	return !k->skipped && t->exec_done && !t->free && is_point(t, k);
}

/* ---- telling ---- */

static void
tell_point(struct tracing *t, struct task *k)
{
	struct event *e = out_begin(t, k, WHAT_POINT);

	if (t->sources_on && !k->source_told) {
		source_find(t->sources, k->tid, k->source, sizeof(k->source));
		k->source_told = true;
	}
	COPY_STR(e->call, k->e.call);
	COPY_STR(e->args, k->e.args);
	COPY_STR(e->object, k->e.object);
	COPY_STR(e->object2, k->e.object2);
	COPY_STR(e->source, k->source);
	e->end = k->e.end;
	e->fd = k->e.fd;
	e->description = k->e.description;
	e->would_block = k->would_block;
	k->point_told = true;
	out_event(t, e);
}

/* What others did may have changed whether a call would sleep.  */
static void
tell_points(struct tracing *t)
{
	for (struct task *k = t->first; k; k = k->next) {
		bool now;

		if (k->phase != PHASE_POINT)
			continue;
		now = foresee_sleep(t, k);
		if (k->point_told && now == k->would_block)
			continue;
		k->would_block = now;
		tell_point(t, k);
	}
}

static void
tell_block(struct tracing *t, struct task *k)
{
	struct event *e;

	if (k->blocked_told)
		return;
	e = out_begin(t, k, WHAT_BLOCK);
	COPY_STR(e->call, k->e.call);
	COPY_STR(e->args, k->e.args);
	COPY_STR(e->object, k->e.object);
	COPY_STR(e->object2, k->e.object2);
	COPY_STR(e->source, k->source);
	e->end = k->e.end;
	e->fd = k->e.fd;
	e->description = k->e.description;
	e->until = k->until < 0 ? -1 : k->until - t->began;
	/* A large write may have moved some bytes before it fell asleep. */
	decode_state(t, e, k->thing);
	k->blocked_told = true;
	out_event(t, e);
}

/* What the kernel says about every object.  */
static void
tell_checks(struct tracing *t)
{
	for (int id = 0; id < things_count(t); id++) {
		struct event *e = out_begin(t, NULL, WHAT_CHECK);

		COPY_STR(e->object, thing_name(t, id));
		decode_state(t, e, id);
		if (e->state.known)
			out_event(t, e);
	}
}

static void
tell_held(struct tracing *t)
{
	struct event *e;

	/* The last step ends with the run. */
	if (t->alive == 0)
		return;
	if (t->config.check)
		tell_checks(t);
	e = out_begin(t, NULL, WHAT_HELD);
	e->step = t->step;
	out_event(t, e);
	out_flush(t);
}

/* ---- until everybody stands still ---- */

static bool
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
 * the kernel holds until we take note of others (exec, too) needs them all. */
static bool
reap_own_reports(struct tracing *t, struct task *k, bool stuck)
{
	int status;
	pid_t tid = waitpid(k->tid, &status, __WALL | WNOHANG);

	if (tid > 0)
		stop_handle(t, tid, status);
	else if (tid < 0 || (stuck && task_state(k) == 'D'))
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

static bool
is_vfork(const struct task *k)
{
	return k->in_call && k->call && k->call->does == DOES_FORK &&
	       (k->nr != SYS_clone || k->clone_flags & CLONE_VFORK);
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

/* Does its state say that it stands still for now?  */
static bool
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

static void
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

/* Wait until k is held, asleep or gone.  */
static void
await(struct tracing *t, struct task *k)
{
	for (int spins = 0; k->phase == PHASE_RUNNING && !t->quit; spins++) {
		if (reap_own_reports(t, k, spins >= SPINS))
			continue;
		if (stands_still(t, k)) {
			/* It may have stopped between the two looks. */
			if (reap_own_reports(t, k, false) ||
			    !stands_still(t, k))
				continue;
			name_call(k);
			k->phase = PHASE_ASLEEP;
			if (k->call || !k->in_call)
				tell_block(t, k);
			return;
		}
		if (spins < SPINS)
			sched_yield();
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
		return task_state(k) != 't';
	default:
		return false;
	}
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
		any |= k->phase != PHASE_ASLEEP;
	}
	return any;
}

static void
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
		return true;
	}
	return false;
}

/* Nobody can go, and a timer is set: time passes until it rings.  */
static bool
pass_time(struct tracing *t)
{
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_POINT || k->phase == PHASE_TIMED ||
		    (k->phase == PHASE_ASLEEP && k->until >= 0))
			return false;
	return virtual_next_alarm(t);
}

/* The objects whose state could not be told with the call that changed it:
 * somebody was asleep on them and moved at the same time.  */
static void
tell_touched(struct tracing *t)
{
	for (int i = 0; i < t->n_touched; i++) {
		struct event *e = out_begin(t, NULL, WHAT_CHECK);

		COPY_STR(e->object, thing_name(t, t->touched[i]));
		decode_state(t, e, t->touched[i]);
		if (e->state.known)
			out_event(t, e);
	}
	t->n_touched = 0;
}

static void
settle(struct tracing *t)
{
	/* Whom a move woke comes out of its call before anybody goes on: so
	 * the order does not depend on the processor.  The last look is for a
	 * task that was seen in the stop that it is just about to report.  */
	while (!t->quit && t->alive > 0)
		if (!wake(t) && !reap_reports(t) && !move_loose(t) &&
		    !break_sleeps(t) && !virtual_alarm(t) && !pass_time(t) &&
		    !reap_reports(t))
			break;
	tell_touched(t);
	tell_points(t);
}

/* ---- choices ---- */

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
	k->until = ns < 0 ? -1 : t->now + ns;
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

static void
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

static bool
choose_go(struct tracing *t, struct task *k, const struct choice *c)
{
	t->went_last = k;
	if (k->phase == PHASE_POINT) {
		go_from_point(t, k);
		return true;
	}
	if (k->until >= 0 &&
	    (k->phase == PHASE_TIMED || k->phase == PHASE_ASLEEP)) {
		expire(t, k);
		return true;
	}
	cannot(t, c, k->phase == PHASE_STOPPED ? "it is stopped"
					       : "it sleeps in a call");
	return false;
}

static bool
choose_signal(struct tracing *t, struct task *k, const struct choice *c)
{
	(void)t;
	kill(k->pid, c->number);
	if (k->phase == PHASE_ASLEEP)
		k->phase = PHASE_RUNNING;
	return true;
}

/* A read may always give less.  A write of up to PIPE_BUF bytes to a pipe is
 * all or nothing (pipe(7)).  */
static bool
choose_cut(struct tracing *t, struct task *k, const struct choice *c)
{
	enum call_does does = k->call ? k->call->does : DOES_NOTHING;

	if (k->phase != PHASE_POINT ||
	    (does != DOES_READ && does != DOES_WRITE)) {
		cannot(t, c, "it is not before a read or a write");
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

static bool
choose_type(struct tracing *t, struct task *k, const struct choice *c)
{
	/* The lab has written the bytes to its side of the terminal; the
	 * kernel hands them over in a moment of its own.  */
	(void)k, (void)c;
	for (int i = 0; i < 20 && !t->quit; i++) {
		nap(t);
		if (reap_reports(t))
			break;
	}
	return true;
}

static bool (*const choosers[])(struct tracing *t, struct task *k,
				const struct choice *c) = {
	[CHOICE_GO] = choose_go,
	[CHOICE_SIGNAL] = choose_signal,
	[CHOICE_CUT] = choose_cut,
	[CHOICE_EXPIRE] = choose_go,
	[CHOICE_TYPE] = choose_type,
};

static void
choose(struct tracing *t, const struct choice *c)
{
	struct task *k = c->kind == CHOICE_TYPE
			 ? NULL : task_by_name(t, c->actor);
	struct buf text = BUF_INIT;
	struct event *e;

	t->step++;
	choice_write(&text, c);
	e = out_begin(t, NULL, WHAT_CHOICE);
	e->step = t->step;
	COPY_STR(e->choice, buf_str(&text));
	buf_release(&text);
	out_event(t, e);
	if (!k && c->kind != CHOICE_TYPE) {
		cannot(t, c, "there is no such actor now");
		t->step--;
	} else if (!choosers[c->kind](t, k, c)) {
		t->step--;
	}
	settle(t);
	tell_held(t);
}

/* ---- free running, for a while ---- */

static void
set_free(struct tracing *t)
{
	t->free = true;
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_POINT || k->phase == PHASE_TIMED)
			k->phase = PHASE_LOOSE;
		else if (k->phase == PHASE_ASLEEP && k->until >= 0)
			expire(t, k);
}

static void
run_free(struct tracing *t)
{
	while (t->free && !t->quit && t->alive > 0) {
		bool any = reap_reports(t);

		for (struct task *k = t->first; k; k = k->next)
			if (k->phase == PHASE_LOOSE)
				stop_resume(t, k);
		if (!any)
			nap(t);
	}
}

/* ---- commands ---- */

static void
command_source(struct tracing *t, const char *rest)
{
	t->sources_on = strcmp(rest, "on") == 0;
	if (!t->sources_on)
		return;
	/* Tell now what was not looked up before.  */
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_POINT && !k->source_told)
			tell_point(t, k);
	out_flush(t);
}

static void
command_probe(struct tracing *t, const char *rest)
{
	(void)rest;
	tell_checks(t);
	out_flush(t);
}

static void
command_free(struct tracing *t, const char *rest)
{
	(void)rest;
	set_free(t);
}

static void
command_hold(struct tracing *t, const char *rest)
{
	(void)rest;
	if (!t->free)
		return;
	t->free = false;
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_ASLEEP)
			k->phase = PHASE_RUNNING;
	settle(t);
	tell_held(t);
}

static void
command_quit(struct tracing *t, const char *rest)
{
	(void)rest;
	t->quit = true;
}

static const struct {
	const char *name;
	void (*run)(struct tracing *t, const char *rest);
	bool always;	/* also in the middle of a step */
} tracer_commands[] = {
	{ "source", command_source, false },
	{ "probe", command_probe, false },
	{ "free", command_free, false },
	{ "hold", command_hold, false },
	{ "quit", command_quit, true },
};

/* One line.  False: not now, keep it.  */
static bool
obey(struct tracing *t, const char *line, bool busy)
{
	struct choice c;
	char *why = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(tracer_commands); i++) {
		size_t n = strlen(tracer_commands[i].name);

		if (strncmp(line, tracer_commands[i].name, n) ||
		    (line[n] && line[n] != ' '))
			continue;
		if (busy && !tracer_commands[i].always)
			return false;
		tracer_commands[i].run(t, line + n + (line[n] == ' '));
		return true;
	}
	if (busy)
		return false;
	if (choice_parse(line, &c, &why) < 0) {
		out_note(t, NULL, "%s", why);
		out_flush(t);
	} else {
		choose(t, &c);
	}
	free(why);
	return true;
}

/* Take what there is; a lab that is gone ends the run.  */
static void
fill_commands(struct tracing *t)
{
	char text[4096];
	ssize_t n = read(t->commands, text, sizeof(text));

	if (n > 0)
		buf_add(&t->command_text, text, n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		t->quit = true;
}

static bool
obey_lines(struct tracing *t, bool busy)
{
	struct buf *b = &t->command_text;
	bool any = false;
	char *end;

	while (!t->quit && b->len && (end = memchr(b->data, '\n', b->len))) {
		struct buf line = BUF_INIT;
		bool done;

		buf_add(&line, b->data, end - b->data);
		/* First out of the buffer: obeying may come back here. */
		if (busy && !obey(t, buf_str(&line), true)) {
			buf_release(&line);
			return any;
		}
		buf_drop(b, end - b->data + 1);
		done = busy || obey(t, buf_str(&line), false);
		buf_release(&line);
		any |= done;
	}
	return any;
}

static bool
read_commands(struct tracing *t, bool wait)
{
	fill_commands(t);
	return obey_lines(t, !wait);
}

void
drive_loop(struct tracing *t)
{
	char info[128];

	settle(t);
	tell_held(t);
	while (t->alive > 0 && !t->quit && !t->out_broken) {
		struct pollfd fds[] = {
			{ .fd = t->child_signals, .events = POLLIN },
			{ .fd = t->commands, .events = POLLIN },
		};

		if (t->free) {
			run_free(t);
			continue;
		}
		obey_lines(t, false);
		if (t->free || t->quit || t->alive == 0)
			continue;
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			break;
		if (fds[0].revents) {
			while (read(t->child_signals, info,
				    sizeof(info)) > 0)
				;
			/* Somebody outside woke a sleeper.  */
			if (reap_reports(t)) {
				settle(t);
				tell_held(t);
			}
		}
		if (fds[1].revents)
			fill_commands(t);
	}
	if (t->quit || t->out_broken)
		kill_all(t);
}
