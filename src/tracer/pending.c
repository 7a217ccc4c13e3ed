/* Signals that wait, as the kernel shows them.  */
#include "config.h"

#include "tracer/pending.h"

#include "event/sigset.h"
#include "probe/probe.h"

#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>

enum { PEEK_MAX = STATE_ITEMS_MAX };

/* Signals whose default is to do nothing (signal(7)).  */
static const uint64_t harmless =
	UINT64_C(1) << (SIGCHLD - 1) | UINT64_C(1) << (SIGURG - 1) |
	UINT64_C(1) << (SIGWINCH - 1) | UINT64_C(1) << (SIGCONT - 1);

/* Faults of its own making come first, then the lowest number (signal(7),
 * and SYNCHRONOUS_MASK in the kernel).  */
static const uint64_t synchronous =
	UINT64_C(1) << (SIGSEGV - 1) | UINT64_C(1) << (SIGBUS - 1) |
	UINT64_C(1) << (SIGILL - 1) | UINT64_C(1) << (SIGTRAP - 1) |
	UINT64_C(1) << (SIGFPE - 1) | UINT64_C(1) << (SIGSYS - 1);

static bool
is_stopped(const struct task *k)
{
	return k->phase == PHASE_POINT || k->phase == PHASE_TIMED ||
	       k->phase == PHASE_LOOSE;
}

uint64_t
pending_mask(struct task *k)
{
	uint64_t set = 0;

	ptrace(PTRACE_GETSIGMASK, k->tid, sizeof(set), &set);
	return set;
}

static int
peek(struct task *k, bool shared, siginfo_t *list)
{
	struct __ptrace_peeksiginfo_args a = {
		.flags = shared ? PTRACE_PEEKSIGINFO_SHARED : 0,
		.nr = PEEK_MAX,
	};
	long n = ptrace(PTRACE_PEEKSIGINFO, k->tid, &a, list);

	return n > 0 ? (int)n : 0;
}

static uint64_t
peeked(struct task *k, bool shared)
{
	siginfo_t list[PEEK_MAX];
	uint64_t set = 0;

	for (int i = peek(k, shared, list); i-- > 0;)
		set |= sigset_bit(list[i].si_signo);
	return set;
}

uint64_t
pending_set(struct task *k)
{
	return peeked(k, false) | peeked(k, true);
}

/* Of these, those that the mask lets through and that do something.  */
static uint64_t
effective(struct task *k, uint64_t set, uint64_t mask)
{
	struct probe_signals p;

	set &= ~mask;
	if (!(set & (~harmless | k->leader->caught)))
		return 0;
	if (!set || probe_signals(k->tid, &p, NULL) < 0)
		return set;
	return set & ~p.ignored & (p.caught | ~harmless);
}

bool
pending_matters(const struct task *k, int signal)
{
	return signal == SIGCONT ||	/* its parent may be told (wait(2)) */
	       !sigset_has(harmless & ~k->leader->caught, signal);
}

bool
pending_wakes(struct task *k, uint64_t mask)
{
	return effective(k, pending_set(k), mask);
}

int
pending_first(struct task *k)
{
	uint64_t mask = pending_mask(k), own, all;

	own = effective(k, peeked(k, false), mask);
	all = own ? own : effective(k, peeked(k, true), mask);
	if (all & synchronous)
		all &= synchronous;
	return all ? __builtin_ctzll(all) + 1 : 0;
}

/* ---- telling ---- */

static void
add_item(struct tracing *t, struct object_state *s, const siginfo_t *info,
	 bool shared)
{
	struct state_item *i = object_state_add(s);
	struct task *from;

	s->messages++;
	if (!i)
		return;
	i->number = info->si_signo;
	if (info->si_code == SI_QUEUE || info->si_code == SI_TIMER ||
	    info->si_code == SI_MESGQ)
		i->value = info->si_value.sival_int;
	/* Who sent it, if an actor did, and not the kernel.  */
	from = info->si_code <= 0 && info->si_code != SI_TIMER
	       ? task_find(t, info->si_pid) : NULL;
	if (from)
		i->pid = info->si_pid;
	i->data_len = shared ? 7 : 6;
	memcpy(i->data, shared ? "process" : "thread", 8 - !shared);
}

/* A process's own are told with its first thread.  */
static void
peek_all(struct tracing *t, struct task *k, struct object_state *s)
{
	siginfo_t list[PEEK_MAX];
	uint64_t mask = pending_mask(k);

	for (int shared = 0; shared < 1 + (k->leader == k); shared++) {
		int n = peek(k, shared, list);
		uint64_t set = 0;

		for (int i = 0; i < n; i++)
			set |= sigset_bit(list[i].si_signo);
		set = (set & mask) | effective(k, set, mask);
		for (int i = 0; i < n; i++)
			if (sigset_has(set, list[i].si_signo))
				add_item(t, s, &list[i], shared);
	}
}

/* Of one that sleeps only the sets can be had, neither values nor numbers. */
static void
look_at_sets(struct task *k, struct object_state *s)
{
	struct probe_signals p;

	if (probe_signals(k->tid, &p, NULL) < 0)
		return;
	s->derived = true;
	for (int shared = 0; shared < 1 + (k->leader == k); shared++) {
		uint64_t set = shared ? p.pending_process : p.pending_thread;

		set &= p.blocked | (~p.ignored & (p.caught | ~harmless));
		for (int n = 1; n <= SIGNAL_LAST; n++) {
			struct state_item *i;

			if (!sigset_has(set, n) || !(i = object_state_add(s)))
				continue;
			s->messages++;
			i->number = n;
			i->data_len = shared ? 7 : 6;
			memcpy(i->data, shared ? "process" : "thread",
			       8 - !shared);
		}
	}
}

static uint64_t
hash_of(const struct object_state *s)
{
	uint64_t h = s->derived;

	for (int i = 0; i < s->n_items; i++) {
		const struct state_item *it = &s->item[i];

		h = h * 1099511628211u + it->number;
		h = h * 1099511628211u + it->value;
		h = h * 1099511628211u + it->pid;
		h = h * 1099511628211u + it->data_len;
	}
	return s->n_items ? h | 1 : 0;
}

static struct event *
look(struct tracing *t, struct task *k)
{
	struct event *e = out_begin(t, k, WHAT_CHECK);

	e->state.known = true;
	e->state.messages = 0;
	if (is_stopped(k))
		peek_all(t, k, &e->state);
	else
		look_at_sets(k, &e->state);
	return e;
}

void
tell_pending(struct tracing *t)
{
	for (struct task *k = t->first; k; k = k->next) {
		struct event *e;
		uint64_t h;

		if (k->phase == PHASE_ENDED || k->phase == PHASE_EARLY ||
		    (!is_stopped(k) && !t->signals_moved))
			continue;
		e = look(t, k);
		h = hash_of(&e->state);
		if (h == k->pending_told)
			continue;
		k->pending_told = h;
		out_event(t, e);
	}
	t->signals_moved = false;
}

static void
add_set(struct event *e, const char *name, uint64_t set)
{
	struct buf b = BUF_INIT;

	sigset_write(&b, set);
	args_append(e, "\"%s\":\"%s\"", name, buf_str(&b));
	buf_release(&b);
}

void
tell_signals(struct tracing *t)
{
	for (struct task *k = t->first; k; k = k->next) {
		struct probe_signals p;
		struct event *e;

		if (k->phase == PHASE_ENDED || k->phase == PHASE_EARLY ||
		    probe_signals(k->tid, &p, NULL) < 0)
			continue;
		e = look(t, k);
		add_set(e, "blocked", p.blocked);
		add_set(e, "ignored", p.ignored);
		add_set(e, "caught", p.caught);
		out_event(t, e);
	}
}
