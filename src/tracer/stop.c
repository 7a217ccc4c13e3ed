/*
 * What the kernel reports of a task (wait4(2) and ptrace(2)), turned into
 * events and a phase.  Here stands all that is the same in free and driven
 * runs.
 */
#include "config.h"

#include "event/names.h"
#include "event/sigset.h"
#include "probe/probe.h"
#include "tracer/decode.h"
#include "tracer/footprint.h"
#include "tracer/pending.h"
#include "tracer/runtime.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* Results of a call that a signal broke off, which the kernel will make
 * again or turn into EINTR (include/linux/errno.h).  */
enum {
	ERESTARTSYS_NR = 512,		/* again, if SA_RESTART says so */
	ERESTARTNOINTR_NR = 513,	/* again, always */
	ERESTARTNOHAND_NR = 514,	/* again, unless a handler ran */
	ERESTART_LAST = 516,		/* ERESTART_RESTARTBLOCK: as 514 */
};

static bool
is_restart(int64_t result)
{
	return result <= -ERESTARTSYS_NR && result >= -ERESTART_LAST;
}

/* ---- system calls ---- */

static void
limit_in_virtual_time(struct tracing *t, struct task *k)
{
	int64_t ns = virtual_timeout(t, k);

	k->until = ns < 0 ? -1 : virtual_after(t, ns);
}

static void
call_entry(struct tracing *t, struct task *k)
{
	struct __ptrace_syscall_info info;
	bool again = k->interrupted;
	long before = k->nr;

	k->phase = PHASE_LOOSE;
	if (ptrace(PTRACE_GET_SYSCALL_INFO, k->tid, sizeof(info), &info) <= 0)
		return;
	k->nr = info.seccomp.nr;
	memcpy(k->arg, info.seccomp.args, sizeof(k->arg));
	k->ip = info.instruction_pointer;
	k->sp = info.stack_pointer;
	k->call = call_find(k->nr);
	k->in_call = true;
	k->skipped = k->timed_out = k->foreseen = false;
	k->looked = 0;
	k->until = -1;
	k->interrupted = false;
	k->cut_from = 0;
	k->source[0] = '\0';
	if (k->nr == SYS_exit_group)
		limit_peak(t, k);
	if (confine_takes(t, k)) {
		k->in_call = false;
		return;
	}
	if (operation_entry(t, k))
		return;
	if (k->nr == RT_END) {		/* no end of it is awaited */
		k->in_call = false;
		operation_end(t, k);
		return;
	}
	if (again && before == k->nr && t->config.driven) {
		/* Broken off without effect, made again.  */
		limit_in_virtual_time(t, k);
		return;
	}
	k->point_told = k->blocked_told = k->source_told = false;
	pieces_entry(k);
	search_entry(t, k);
	decode_entry(t, k);
	decode_handlers(k);
	if (!k->call)
		return;
	if (k->call->does == DOES_QUESTION)
		runtime_answer(t, k);
	if (k->call->does == DOES_SERVER)
		server_entry(t, k);
	if (k->call->does == DOES_FORK)
		life_guard_clone(t, k);
	if (k->phase == PHASE_SERVER)
		return;
	k->held = t->config.driven && drive_entry(t, k);
	if (k->held)
		k->phase = PHASE_POINT;
	else if (t->config.driven && t->exec_done && virtual_has_limit(k))
		limit_in_virtual_time(t, k);
}

/* Calls that stop the subject for our own sake only are not told.  */
static bool
is_told(struct tracing *t, struct task *k)
{
	if (!t->exec_done && k->nr != SYS_execve)
		return false;
	if (!k->call || k->call->does == DOES_AFFINITY ||
	    k->call->does == DOES_QUESTION ||
	    k->call->does == DOES_SERVER || k->stored)
		return false;
	/* How the C library opens the file that holds a named semaphore. */
	if (k->beneath && operation_is_of_name(k))
		return false;
	if (k->call->does == DOES_FUTEX)
		return k->thing >= 0;
	/* Of mappings that are nobody else's: those of an object.  */
	if (k->call->flags & CALL_OBJECT_TOLD ||
	    (k->call->flags & CALL_SHARED_MAP && !(k->arg[3] & MAP_SHARED)))
		return k->thing >= 0 && !thing_is_system(t, k->thing);
	if (k->call->flags & CALL_SEARCHED)
		return k->held;
	return !(k->call->flags & CALL_DRIVEN) || k->blocked_told ||
	       (k->call->flags & CALL_POINT);
}

/* The sleep of an operation of the C library: the operation is told.  */
static bool
is_part(const struct task *k)
{
	return k->beneath && k->nr == SYS_futex;
}

static void
restore_arguments(struct task *k)
{
	regs_set_args(k->tid, 1, 4, &k->arg[1]);
	k->clone_rewritten = false;
}

/* The child that a successful wait4 or waitid took away, 0: none.  */
static pid_t
waited_for(struct task *k)
{
	siginfo_t info;

	if (!k->call || k->call->does != DOES_WAIT || k->e.result < 0)
		return 0;
	if (k->nr == SYS_wait4)
		return k->e.result;
	if (k->arg[3] & WNOWAIT || !k->arg[2] ||
	    memory_read(k->tid, k->arg[2], &info, sizeof(info)) !=
	    sizeof(info))
		return 0;
	return info.si_pid;
}

static void
tell_reaped(struct tracing *t, struct task *k)
{
	pid_t pid = waited_for(k);

	for (struct task *o = t->first; pid > 0 && o; o = o->next)
		if (o->tid == pid && o->phase == PHASE_ENDED && !o->reaped) {
			struct event *e = out_begin(t, o, WHAT_REAP);

			o->reaped = true;
			out_event(t, e);
			return;
		}
}

/*
 * A signal before the call: the call is skipped, and its end is made to look
 * as if it had been broken off without effect.  So the kernel delivers the
 * signal, and has the call made again (ERESTARTNOINTR) when the handler has
 * returned: to the program it comes as if between two instructions.
 */
void
stop_deliver(struct tracing *t, struct task *k)
{
	(void)t;
	regs_skip_call(k->tid);
	k->delivering = true;
	k->phase = PHASE_LOOSE;
}

void
stop_make_again(struct task *k)
{
	regs_set_call(k->tid, k->nr);
	regs_set_result(k->tid, -ERESTARTNOINTR_NR);
}

static void
put_off_call(struct task *k)
{
	if (k->clone_rewritten)
		restore_arguments(k);
	if (!pieces_end(k))
		stop_make_again(k);
	k->delivering = k->in_call = false;
}

/*
 * A traced task is woken by signals that it ignores, too: ptrace(2) wants to
 * see them.  Calls that are never made again (semop, msgrcv, epoll_wait,
 * signal(7)) then fail with EINTR, which they would not do untraced: where no
 * signal that matters waits, they are made again.
 */
static void
call_exit(struct tracing *t, struct task *k)
{
	struct __ptrace_syscall_info info;
	int64_t result;

	k->phase = PHASE_LOOSE;
	if (ptrace(PTRACE_GET_SYSCALL_INFO, k->tid, sizeof(info), &info) <= 0)
		return;
	/* Not asked for: the stop at an entry.  */
	if (!k->in_call || info.op != PTRACE_SYSCALL_INFO_EXIT)
		return;
	result = info.exit.rval;
	if (k->delivering) {
		put_off_call(k);
		return;
	}
	/* semop(2) and sigtimedwait(2) are never made again. */
	if (k->timed_out && (is_restart(result) || result == -EINTR)) {
		result = virtual_time_over(k);
		regs_set_result(k->tid, result);
	}
	if (k->skipped) {
		result = k->answer;
		regs_set_result(k->tid, result);
	} else if (result == -EINTR && k->call &&
		   k->call->flags & CALL_MAY_SLEEP && !stop_signal_waits(k)) {
		result = -ERESTARTNOINTR_NR;
		regs_set_result(k->tid, result);
	}
	if (k->clone_rewritten)
		restore_arguments(k);
	if (k->cut_from)
		regs_set_arg(k->tid, 2, k->cut_from);
	if (k->timeout_arg >= 0)
		virtual_time_left(t, k);
	virtual_socket_time_over(k);
	result = pieces_exit(k, result);
	k->in_call = false;
	if (is_restart(result) && t->config.driven) {
		/* Again, unless a handler runs: but as the same call, not by
		 * restart_syscall(2), which would go on without us.  */
		if (result == -ERESTART_LAST) {
			result = -ERESTARTNOHAND_NR;
			regs_set_result(k->tid, result);
		}
		/* Told when it is known to matter: signal_stop().  */
		k->interrupted = true;
		k->broken_off = -result;
		return;
	}
	if (is_part(k)) {
		operation_slept(k);
		return;
	}
	if (k->call && k->call->does == DOES_OPERATION_BEGIN) {
		operation_begin(t, k);
		return;
	}
	made_exit(t, k, result);
	decode_exit(t, k, result, result < 0 && result >= -4095);
	step_done(t, k);
	if (t->config.driven)
		virtual_exit(t, k);
	COPY_STR(k->e.source, k->source);
	if (is_told(t, k)) {
		out_event(t, &k->e);
		tell_reaped(t, k);
	}
	k->until = -1;
}

/* In a search: a clone has a child, so that its end brings nothing new.  */
static void
call_made(struct tracing *t, struct task *k, int64_t result)
{
	if (!k->in_call)
		return;
	if (k->clone_rewritten)
		restore_arguments(k);
	k->in_call = false;
	decode_exit(t, k, result, false);
	step_done(t, k);
}

/* ---- signals ---- */

bool
stop_signal_waits(struct task *k)
{
	/* There is hardly ever one: then the mask need not be asked for. */
	return pending_set(k) && pending_wakes(k, pending_mask(k));
}

/* Will the broken-off call fail with EINTR, now that a handler runs?  */
static bool
ends_call(struct task *k, int signal)
{
	if (k->broken_off == ERESTARTNOINTR_NR)
		return false;
	return k->broken_off != ERESTARTSYS_NR ||
	       !sigset_has(k->leader->restarts, signal);
}

/* What the kernel will do with it (signal(7), "Standard signals").  */
static const char *
action_of(const struct probe_signals *p, int signal)
{
	static const uint64_t stops =
		UINT64_C(1) << (SIGSTOP - 1) | UINT64_C(1) << (SIGTSTP - 1) |
		UINT64_C(1) << (SIGTTIN - 1) | UINT64_C(1) << (SIGTTOU - 1);

	if (sigset_has(p->caught, signal))
		return "handler";
	if (signal == SIGCONT)
		return "continue";
	if (sigset_has(p->ignored, signal) || signal == SIGCHLD ||
	    signal == SIGURG || signal == SIGWINCH)
		return "ignored";
	return sigset_has(stops, signal) ? "stop" : "kill";
}

static void
tell_signal(struct tracing *t, struct task *k, int signal,
	    const struct probe_signals *p)
{
	struct event *e = out_begin(t, k, WHAT_SIGNAL);
	struct buf mask = BUF_INIT;
	siginfo_t info;

	e->signal = signal;
	if (ptrace(PTRACE_GETSIGINFO, k->tid, NULL, &info) == 0) {
		virtual_timer_siginfo(k, &info);
		if (t->quiet)
			return;
		decode_siginfo(t, e, &info);
		decode_fault(t, k, e, &info);
	}
	sigset_write(&mask, p->blocked);
	args_append(e, "\"action\":\"%s\",\"blocked\":\"%s\"",
		    action_of(p, signal), buf_str(&mask));
	buf_release(&mask);
	out_event(t, e);
}

/* One more on the stack; behind the eighth they are not told apart.  */
static void
handler_begins(struct task *k)
{
	struct __ptrace_syscall_info info = { .stack_pointer = UINT64_MAX };

	ptrace(PTRACE_GET_SYSCALL_INFO, k->tid, sizeof(info), &info);
	if (k->handlers < (int)ARRAY_SIZE(k->handler_sp))
		k->handler_sp[k->handlers++] = info.stack_pointer;
}

static void
signal_stop(struct tracing *t, struct task *k, int signal)
{
	struct probe_signals p = { .caught = 0 };

	k->phase = PHASE_LOOSE;
	if (signal == SIGSEGV && t->config.driven && virtual_tsc(t, k))
		return;
	k->inject = signal;
	if (signal == SIGXFSZ)
		limit_file(t, k);
	if (signal == SIGSEGV || signal == SIGBUS || signal == SIGABRT)
		limit_peak(t, k);
	if (!t->quiet || pending_matters(k, signal))
		probe_signals(k->tid, &p, NULL);
	if (k->interrupted && sigset_has(p.caught, signal)) {
		/* The handler's calls are others; if this one is made again
		 * behind it, that is a point again.  */
		k->interrupted = false;
		if (ends_call(k, signal) && !is_part(k)) {
			decode_exit(t, k, -EINTR, true);
			if (is_told(t, k))
				out_event(t, &k->e);
		}
	}
	if (k->op && sigset_has(p.caught, signal))
		operation_interrupted(k);
	if (sigset_has(p.caught, signal)) {
		handler_begins(k);
		unsupported_handler(t, k, signal);
	}
	tell_signal(t, k, signal, &p);
}

static void
job_stop(struct tracing *t, struct task *k, int signal)
{
	struct event *e;

	if (signal == SIGTRAP) {	/* first stop, interrupt, or SIGCONT */
		if (k->stopped) {
			k->stopped = false;
			e = out_begin(t, k, WHAT_CONTINUE);
			out_event(t, e);
		}
		if (k->phase != PHASE_EARLY)
			k->phase = PHASE_LOOSE;
		return;
	}
	e = out_begin(t, k, WHAT_STOP);
	e->signal = signal;
	out_event(t, e);
	k->phase = PHASE_STOPPED;
	k->stopped = true;
	/* Stay stopped, but hear of SIGCONT (ptrace(2), PTRACE_LISTEN). */
	ptrace(PTRACE_LISTEN, k->tid, NULL, NULL);
}

/* ---- all of it ---- */

/*
 * A thread that is not the first becomes the first, with its id; what goes on
 * is the process, so the actor that ends is the thread.
 */
static struct task *
take_over(struct tracing *t, struct task *by, struct task *leader)
{
	struct event *e = out_begin(t, by, WHAT_EXIT);
	pid_t tid = leader->tid;

	e->status = 0;
	out_event(t, e);
	COPY_STR(by->name, leader->name);
	by->children = leader->children;
	by->threads = leader->threads;
	by->number = leader->number;
	by->parent = leader->parent;
	by->n_undoes = leader->n_undoes;
	memcpy(by->undoes, leader->undoes, sizeof(by->undoes));
	task_end(t, leader);
	t->alive--;
	task_rename_tid(t, by, tid);
	for (struct task *o = t->first; o; o = o->next)
		if (o->leader == leader)
			o->leader = by;
	return by;
}

static void
exec_stop(struct tracing *t, struct task *k)
{
	unsigned long former = k->tid;
	struct task *by;

	ptrace(PTRACE_GETEVENTMSG, k->tid, NULL, &former);
	by = task_find(t, former);
	if (by && by != k)
		k = take_over(t, by, k);
	k->phase = PHASE_LOOSE;
	life_exec(t, k);
}

static void
event_stop(struct tracing *t, struct task *k, int event, int signal)
{
	unsigned long message = 0;

	switch (event) {
	case PTRACE_EVENT_SECCOMP:
		call_entry(t, k);
		break;
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
	case PTRACE_EVENT_CLONE:
		ptrace(PTRACE_GETEVENTMSG, k->tid, NULL, &message);
		k->phase = PHASE_LOOSE;
		life_born(t, k, message);
		if (t->quiet && event != PTRACE_EVENT_VFORK)
			call_made(t, k, message);
		break;
	case PTRACE_EVENT_EXEC:
		exec_stop(t, k);
		break;
	case PTRACE_EVENT_STOP:
		job_stop(t, k, signal);
		break;
	default:
		k->phase = PHASE_LOOSE;
	}
}

static void
first_stop(struct tracing *t, struct task *k)
{
	(void)t;
	k->started = true;
	if (k->clone_rewritten)
		restore_arguments(k);
	if (k->phase != PHASE_EARLY)
		k->phase = PHASE_LOOSE;
}

/* A signal came between the word of a store and the store itself.  */
static bool
is_before_store(const struct task *k, int status)
{
	struct __ptrace_syscall_info info;

	return WIFSTOPPED(status) && status >> 16 == 0 &&
	       WSTOPSIG(status) != (SIGTRAP | 0x80) &&
	       ptrace(PTRACE_GET_SYSCALL_INFO, k->tid, sizeof(info),
		      &info) > 0 && info.instruction_pointer == k->ip;
}

void
stop_handle(struct tracing *t, pid_t tid, int status)
{
	struct task *k = task_find(t, tid);
	int signal = WIFSTOPPED(status) ? WSTOPSIG(status) : 0;

	if (k && k->stored && !is_before_store(k, status))
		runtime_stored(t, k);
	if (k && k->passing)
		resume_passed(t, k);
	if (WIFEXITED(status) || WIFSIGNALED(status)) {
		if (k)
			life_ended(t, k, status);
		return;
	}
	if (!WIFSTOPPED(status))
		return;
	if (!k)			/* before its parent told of it */
		k = task_new(t, tid);
	if (!k->started) {
		first_stop(t, k);
		return;
	}
	if (signal == (SIGTRAP | 0x80))
		call_exit(t, k);
	else if (status >> 16)
		event_stop(t, k, status >> 16, signal);
	else
		signal_stop(t, k, signal);
}
