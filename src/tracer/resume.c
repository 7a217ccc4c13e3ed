/*
 * Letting a task go on, and what is to be known beforehand of the call that it
 * goes into.
 */
#include "config.h"

#include "tracer/decode.h"
#include "tracer/footprint.h"
#include "tracer/pending.h"
#include "tracer/runtime.h"

#include <poll.h>
#include <sys/ptrace.h>

enum { HANDED_MS = 2000 };

/*
 * When the subject's first process ends its terminal is hung up, and what was
 * printed and not yet handed to the other side is thrown away
 * (tty_ldisc_hangup() in the kernel).  poll(2) there hands it over, but only
 * where nothing that was handed over before waits to be read (n_tty_poll()):
 * so we wait until the lab has read that, up to HANDED_MS.
 */
static void
save_output(struct tracing *t, struct task *k)
{
	struct pollfd master = { .fd = t->master, .events = POLLIN };
	bool ends = k->inject ||
		    (k->in_call && k->call && k->call->does == DOES_EXIT);

	if (t->master < 0 || k->pid != t->first_pid || !ends)
		return;
	for (int ms = 0; ms < HANDED_MS && poll(&master, 1, 0) > 0 &&
	     master.revents & POLLIN; ms++)
		poll(NULL, 0, 1);
}

/* In a search: what it is let go into may move others, or put it to sleep. */
static void
note_going(struct tracing *t, struct task *k)
{
	enum call_does does = k->call ? k->call->does : DOES_NOTHING;
	bool ends = does == DOES_EXIT || does == DOES_EXEC;
	bool deadly = does == DOES_KILL ||
		      (ends && (t->config.tty || (search_siblings(t, k) &&
						  !search_leaves(k))));

	k->sleepy = false;
	if (k->inject && pending_matters(k, k->inject))
		search_stir(t);
	if (does != DOES_ACCESS)
		t->search->changes++;
	if (!k->in_call || k->skipped || does == DOES_ACCESS ||
	    does == DOES_OPERATION_BEGIN)
		return;
	if (does == DOES_KILL)
		decode_puts_down(t, k);
	t->search->stirred = true;
	t->search->deadly |= deadly;
	k->sleepy = deadly || ends || !k->call ||
		    (does == DOES_FORK && is_vfork(k)) ||
		    (k->call->flags & CALL_MAY_SLEEP && !k->foreseen);
}

/*
 * In a search: the end of this call is nobody's concern, so that it needs no
 * stop.  The kernel answers calls that it does not have by itself; those that
 * we answer it skips, and leaves the result that we set.
 */
static bool
passes(struct tracing *t, struct task *k)
{
	if (!t->quiet || !k->in_call || k->delivering || !k->call)
		return false;
	switch (k->call->does) {
	case DOES_ACCESS:
	case DOES_OPERATION_BEGIN:
		return true;
	case DOES_CLOCK:
	case DOES_RANDOM:
	case DOES_QUESTION:
	case DOES_SERVER:
		return k->skipped;
	case DOES_SIGMASK:
	case DOES_SIGACTION:
		return t->search->went != k || k->beneath;
	case DOES_MPROTECT:
	case DOES_MUNMAP:
		return (t->search->went != k || k->beneath) && k->thing < 0;
	default:
		return false;
	}
}

static void
pass(struct tracing *t, struct task *k)
{
	k->in_call = false;
	k->passing = true;
	if (k->skipped)
		regs_set_result(k->tid, k->answer);
	if (k->call->does == DOES_OPERATION_BEGIN)
		operation_begin(t, k);
	else if (!k->skipped && k->call->does != DOES_ACCESS)
		decode_exit(t, k, 0, false);
}

void
resume_passed(struct tracing *t, struct task *k)
{
	k->passing = false;
	if (k->call->does == DOES_ACCESS)
		step_done(t, k);
}

void
stop_resume(struct tracing *t, struct task *k)
{
	int request = k->in_call ? PTRACE_SYSCALL : PTRACE_CONT;
	int signal = k->inject;

	if (t->search)
		note_going(t, k);
	if (passes(t, k)) {
		request = PTRACE_CONT;
		pass(t, k);
	}

	/* These do not come back: their end is told before it happens.  */
	if (k->in_call && k->call && k->call->does == DOES_EXIT &&
	    k->e.n == 0) {
		if (t->config.driven)
			k->e.time = t->now - t->began;
		COPY_STR(k->e.source, k->source);
		out_event(t, &k->e);
	}
	save_output(t, k);
	everybody_kill(t, k);
	virtual_port(t, k);
	made_entry(t, k);
	k->inject = 0;
	k->moved_at = ++t->moves;
	k->phase = PHASE_RUNNING;
	/* ESRCH: it was killed meanwhile, and its end will be reported. */
	ptrace(request, k->tid, NULL, (void *)(long)signal);
}
