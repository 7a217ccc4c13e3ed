/*
 * Calls about signals: who sends which to whom, what is done with them, what
 * is blocked, who takes one without a handler.  (signal(7))
 */
#include "config.h"

#include "event/json.h"
#include "event/names.h"
#include "event/sigset.h"
#include "probe/probe.h"
#include "tracer/decode.h"
#include "tracer/masks.h"
#include "tracer/pending.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	TO_MAX = 200,
	STACK_MAX = 8 << 20,	/* beyond it is another stack */
};

/* ---- sending ---- */

/* The process or, where it is for one thread alone, the thread.  As kill(2):
 * 0 and negative numbers are groups.  */
static pid_t
target(const struct task *k)
{
	switch (k->nr) {
	case SYS_tgkill:
	case SYS_rt_tgsigqueueinfo:
		return (pid_t)k->arg[1];
	case SYS_pidfd_send_signal:
		return probe_pidfd(k->tid, (int)k->arg[0]);
	default:
		return (pid_t)k->arg[0];
	}
}

static bool
is_meant(const struct task *by, const struct task *k, pid_t pid)
{
	if (pid > 0)
		return k->tid == pid;
	if (k->leader != k)
		return false;
	if (pid == -1)		/* everybody but oneself (kill(2), Linux) */
		return k != by->leader;
	return getpgid(k->tid) == (pid ? -pid : getpgid(by->tid));
}

/* The names of those that it is for: "A.1", or "A A.1" for a group.  */
static void
add_targets(struct tracing *t, struct task *k)
{
	char names[TO_MAX] = "";
	pid_t pid = target(k);
	size_t len = 0;

	for (struct task *o = t->first; o; o = o->next) {
		int n;

		if (o->phase == PHASE_ENDED || !is_meant(k, o, pid))
			continue;
		n = snprintf(names + len, sizeof(names) - len, "%s%s",
			     len ? " " : "", o->name);
		if (n < 0 || len + n >= sizeof(names))
			return;
		len += n;
	}
	if (len)
		args_append(&k->e, "\"to\":\"%s\"", names);
}

/*
 * Whom a fellow ends so was ended on purpose, and did not crash.  These are the
 * signals whose one use is to end somebody; another one that ends somebody came
 * before its handler was set.  Who means a group means itself, too.
 */
void
decode_puts_down(struct tracing *t, struct task *k)
{
	static const uint64_t ending =
		UINT64_C(1) << (SIGKILL - 1) | UINT64_C(1) << (SIGTERM - 1) |
		UINT64_C(1) << (SIGINT - 1) | UINT64_C(1) << (SIGHUP - 1) |
		UINT64_C(1) << (SIGQUIT - 1);
	pid_t pid = target(k);
	uint64_t set = 0;

	for (int i = 0; i < 6; i++)
		if (k->call->arg[i].kind == ARG_SIGNAL)
			set |= sigset_bit((int)k->arg[i]) & ending;
	for (struct task *o = t->first; set && o; o = o->next)
		if ((o->leader != k->leader || pid <= 0) &&
		    is_meant(k, o, pid))
			o->leader->put_down |= set;
}

void
decode_entry_kill(struct tracing *t, struct task *k)
{
	siginfo_t info;

	if (k->nr == SYS_pidfd_send_signal)
		decode_on_fd(t, k, (int)k->arg[0]);
	for (int i = 0; i < 6; i++)
		if (k->call->arg[i].kind == ARG_SIGINFO && k->arg[i] &&
		    memory_read(k->tid, k->arg[i], &info, sizeof(info)) ==
		    sizeof(info))
			k->e.value = info.si_value.sival_int;
	add_targets(t, k);
}

void
decode_exit_kill(struct tracing *t, struct task *k, int64_t r)
{
	(void)k;
	if (r == 0)
		t->signals_moved = true;
}

/* ---- what is done with them ---- */

void
decode_exit_sigaction(struct tracing *t, struct task *k, int64_t r)
{
	uint64_t action[2];	/* handler, flags: the kernel's layout */
	uint64_t bit = sigset_bit((int)k->arg[0]);

	t->signals_moved = true;	/* ignored: what waited is gone */
	if (r < 0 || !k->arg[1] || !bit ||
	    memory_read(k->tid, k->arg[1], action, sizeof(action)) < 0)
		return;
	k->leader->restarts &= ~bit;
	k->leader->caught &= ~bit;
	if (action[0] > (uintptr_t)SIG_IGN)
		k->leader->caught |= bit;
	if (action[1] & SA_RESTART)
		k->leader->restarts |= bit;
}

/* The C library keeps the first two real-time signals to itself.  */
enum { FIRST_OF_LIBRARY = 32 };

static bool
is_of_library(int signal)
{
	return signal > SIGSYS && signal < SIGRTMIN;
}

/* A handler being installed: a signal may come before, or after.  */
bool
point_sigaction(struct tracing *t, struct task *k)
{
	uint64_t handler;

	(void)t;
	return k->arg[1] && !is_of_library((int)k->arg[0]) &&
	       memory_read(k->tid, k->arg[1], &handler, sizeof(handler)) ==
	       sizeof(handler) && handler > (uintptr_t)SIG_IGN;
}

/* ---- the mask ---- */

/*
 * The C library blocks all signals, its own two as well, which no program can
 * (sigfillset(3) leaves them out), while it starts a thread or a process, and
 * puts the mask back; and all but one of its own where a thread ends: that is
 * none of the program's doing.  Where it did so unseen (masks.h) the kernel
 * knows.
 */
static bool
has_put_off(const struct tracing *t, struct task *k)
{
	return t->masks->pass &&
	       pending_mask(k) & sigset_bit(FIRST_OF_LIBRARY);
}

void
decode_entry_sigmask(struct tracing *t, struct task *k)
{
	uint64_t set;
	bool all;

	bool ours = t->quiet && t->masks && k->leader->has_runtime &&
		    !k->other_program;

	if (!k->arg[1] || memory_read(k->tid, k->arg[1], &set, sizeof(set)) !=
			  sizeof(set))
		return;
	all = set & sigset_bit(FIRST_OF_LIBRARY) &&
	      (int)k->arg[0] != SIG_UNBLOCK;
	if (!all && !k->library_blocks && !(ours && has_put_off(t, k)))
		return;
	args_append(&k->e, "\"library\":true");
	k->library_blocks = all;
	if (ours)
		masks_learn(t->masks, k->ip);
}

bool
point_sigmask(struct tracing *t, struct task *k)
{
	uint64_t set, now, then;

	(void)t;
	if (strstr(k->e.args, "\"library\"") || !k->arg[1] ||
	    memory_read(k->tid, k->arg[1], &set, sizeof(set)) != sizeof(set))
		return false;
	now = pending_mask(k);
	then = (int)k->arg[0] == SIG_BLOCK ? now | set :
	       (int)k->arg[0] == SIG_UNBLOCK ? now & ~set : set;
	return then != now;
}

static void
append_set(struct task *k, const char *name, uint64_t set)
{
	struct buf b = BUF_INIT;

	sigset_write(&b, set);
	args_append(&k->e, "\"%s\":\"%s\"", name, buf_str(&b));
	buf_release(&b);
}

void
decode_exit_sigpending(struct tracing *t, struct task *k, int64_t r)
{
	uint64_t set;

	(void)t;
	if (r == 0 && memory_read(k->tid, k->arg[0], &set, sizeof(set)) ==
		      sizeof(set))
		append_set(k, "set", set);
}

/*
 * A handler can be left by siglongjmp(3), without rt_sigreturn(2): then the
 * stack is shorter than where the handler began.  (It grows downwards.  One
 * on a stack of its own, sigaltstack(2), may lie above: it is not known.)
 */
void
decode_handlers(struct task *k)
{
	int before = k->handlers;

	if (k->nr == SYS_rt_sigreturn) {
		k->handlers -= k->handlers > 0;
		return;
	}
	while (k->handlers > 0 && k->sp >= k->handler_sp[k->handlers - 1] &&
	       k->sp - k->handler_sp[k->handlers - 1] < STACK_MAX)
		k->handlers--;
	if (k->handlers < before)
		args_append(&k->e, "\"handlers\":%d", k->handlers);
}

/* Back from a handler, with the mask that was saved when it began.  */
void
decode_exit_sigreturn(struct tracing *t, struct task *k, int64_t r)
{
	(void)t, (void)r;
	append_set(k, "mask", pending_mask(k));
}

/* ---- taking one ---- */

/* Also one that has ended, even if it was waited for: a signal may wait longer
 * than its sender lives.  Of several that bore the number the last.  */
static struct task *
sender(struct tracing *t, pid_t pid)
{
	struct task *k = task_find(t, pid), *last = NULL;

	for (struct task *o = t->first; pid > 0 && !k && o; o = o->next)
		if (o->tid == pid)
			last = o;
	return k ? k : last;
}

/* The event is of this signal: who sent it, and what along with it.  */
void
decode_siginfo(struct tracing *t, struct event *e, const siginfo_t *info)
{
	struct task *from = NULL;

	e->signal = info->si_signo;
	if (info->si_code == SI_QUEUE || info->si_code == SI_TIMER ||
	    info->si_code == SI_MESGQ)
		e->value = info->si_value.sival_int;
	if (info->si_code == SI_USER || info->si_code == SI_QUEUE ||
	    info->si_code == SI_TKILL || info->si_code == SI_MESGQ ||
	    (info->si_code > 0 && info->si_signo == SIGCHLD))
		from = sender(t, info->si_pid);
	if (from)
		COPY_STR(e->from, from->name);
}

void
decode_exit_sigwait(struct tracing *t, struct task *k, int64_t r)
{
	siginfo_t info;

	if (r <= 0)
		return;
	t->signals_moved = true;
	if (k->arg[1] && memory_read(k->tid, k->arg[1], &info,
				     sizeof(info)) == sizeof(info))
		decode_siginfo(t, &k->e, &info);
	k->e.signal = (int)r;
}

/* A new descriptor, for signals or for a process: the kernel's word on it
 * stands with the call.  */
void
decode_exit_signalfd(struct tracing *t, struct task *k, int64_t r)
{
	decode_exit_new_fd(t, k, r);
	if (r >= 0)
		decode_on_fd(t, k, (int)r);
}

/* What came out of a signalfd(2), one after the other: "USR1 RTMIN+1=7".  The
 * bytes themselves hold process ids, which differ from run to run.  */
void
decode_signalfd(struct tracing *t, struct task *k, int64_t n)
{
	struct signalfd_siginfo s;
	char names[TO_MAX] = "";
	size_t len = 0;

	k->e.data_len = -1;
	t->signals_moved = true;
	for (int64_t at = 0; at + (int64_t)sizeof(s) <= n; at += sizeof(s)) {
		siginfo_t info = { .si_signo = 0 };

		if (memory_read(k->tid, k->arg[1] + at, &s, sizeof(s)) !=
		    sizeof(s))
			break;
		info.si_signo = (int)s.ssi_signo;
		info.si_code = s.ssi_code;
		info.si_pid = (pid_t)s.ssi_pid;
		info.si_value.sival_int = s.ssi_int;
		if (at == 0)
			decode_siginfo(t, &k->e, &info);
		len += snprintf(names + len, sizeof(names) - len, "%s%s",
				len ? " " : "", signal_name(info.si_signo) + 3);
		if (len >= sizeof(names))
			return;
	}
	if (len)
		args_append(&k->e, "\"signals\":\"%s\"", names);
}

/* ---- would it sleep? ---- */

bool
foresee_sigwait(struct tracing *t, struct task *k)
{
	uint64_t set;

	(void)t;
	if (k->arg[2] || memory_read(k->tid, k->arg[0], &set, sizeof(set)) !=
			 sizeof(set))
		return false;
	return !(pending_set(k) & set);
}

/* With the mask that it brings along, which one would wake it?  */
bool
foresee_pause(struct tracing *t, struct task *k)
{
	uint64_t mask;

	(void)t;
	if (k->nr != SYS_rt_sigsuspend ||
	    memory_read(k->tid, k->arg[0], &mask, sizeof(mask)) !=
	    sizeof(mask))
		return true;
	return !pending_wakes(k, mask);
}

/* A signalfd shows to each who looks its own signals: ours would be no
 * answer (signalfd(2), "fork(2) semantics").  */
bool
foresee_signalfd(struct task *k, int fd)
{
	return !(pending_set(k) & probe_signalfd(k->tid, fd));
}
