/*
 * The fork server, our side of it (runtime/abi.h has the other).  The subject
 * stands before main(); each run is a fork of it.  The fork is made a child
 * of ours, with the number that the subject of an executed run would have, so
 * that a run is the same either way.
 *
 * Where there is no server to be had (the program was not built with `ipclab
 * cc`, or does something that is a point before main()), each run executes.
 */
#include "config.h"

#include "base/i18n.h"
#include "sandbox/policy.h"
#include "tracer/beginning.h"
#include "tracer/lend.h"
#include "tracer/run.h"
#include "tracer/runtime.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PATIENCE = 500,		/* ticks (driver.c) */
	STOPS_MAX = 1000,	/* of the server, between two questions */
};

struct server {
	pid_t pid;
	struct tracing *t;	/* as it stood before main() */
	uint64_t table;
	size_t room;
	size_t known;		/* granules that it has been told of */
	uint64_t number;	/* where a fork's own number belongs, 0: it
				   forks by itself */
	long nr;		/* the call that it stands before */
	uint64_t last;		/* ... and what the last by our hand gave */
	bool lends;		/* its memory, not known that it cannot */
	struct lent *lent;	/* as it is to be; NULL: runs have their own */
	bool is_out;		/* ... and somebody has used it */
	struct beginning *beginning;	/* NULL: runs are quiet */
};

/* ---- it asks ---- */

/* Of a schedule.  */
static void
find_learned(struct tracing *t, struct task *k)
{
	struct buf missing = BUF_INIT;

	learned_find(t->learned, k->tid, &missing);
	if (missing.len)
		out_note(t, k, _("the schedule was made with another build of "
				 "this program: in this one there is no %s, "
				 "so the run may go another way"),
			 buf_str(&missing));
	buf_release(&missing);
}

/* Not to be forked: it is told what is learned, and goes on.  */
static int64_t
answer_stay(struct tracing *t, struct task *k)
{
	size_t n;

	find_learned(t, k);
	n = learned_put(t->learned, k->tid, k->arg[0], k->arg[1],
			t->told_granules);

	t->told_granules += n;
	return (int64_t)(1 + n) |
	       (n > 0 && t->told_granules < learned_count(t->learned) ?
		RT_AGAIN : RT_STAY);
}

void
server_entry(struct tracing *t, struct task *k)
{
	if (t->serves && t->search && t->search->serving) {
		k->phase = PHASE_SERVER;
		return;
	}
	regs_skip_call(k->tid);
	k->skipped = true;
	k->answer = t->serves ? answer_stay(t, k) : -ENOSYS;
}

/* ---- it forks ---- */

static bool
await_stop(pid_t pid, int *status)
{
	for (int i = 0; i < PATIENCE; i++) {
		pid_t tid = waitpid(pid, status, __WALL);

		if (tid == pid)
			return WIFSTOPPED(*status);
		if (tid < 0 && errno != EINTR)
			return false;
	}
	return false;
}

static bool
let_go(pid_t pid, int *status)
{
	return ptrace(PTRACE_CONT, pid, NULL, NULL) == 0 &&
	       await_stop(pid, status);
}

/* It makes calls before it forks, and no run is there to be told of them.  */
static bool
refuses(const struct tracing *t, pid_t pid, long nr, const uint64_t *args)
{
	const struct policy *p = t->config.confined ? policy_find(nr, args)
						    : NULL;

	if (!p)
		return false;
	regs_skip_call(pid);
	regs_set_result(pid, -p->error);
	return true;
}

/* At a call; true: it stands and asks again.  */
static bool
server_call(struct server *s)
{
	struct __ptrace_syscall_info info;
	uint64_t args[6];

	if (ptrace(PTRACE_GET_SYSCALL_INFO, s->pid, sizeof(info), &info) <= 0)
		return false;
	memcpy(args, info.seccomp.args, sizeof(args));
	if (refuses(s->t, s->pid, (long)info.seccomp.nr, args))
		return false;
	if (info.seccomp.nr == SYS_clone)
		regs_set_arg(s->pid, 0, info.seccomp.args[0] | CLONE_PARENT);
	s->nr = info.seccomp.nr;
	s->last = info.seccomp.args[0];
	return s->nr == RT_SERVER || s->nr == RT_FORK;
}

/* Until it asks again; *child: what it has forked by itself, if anything.  */
static bool
run_to_question(struct server *s, pid_t *child)
{
	unsigned long message = 0;
	pid_t pid = s->pid;
	int status;

	for (int i = 0; i < STOPS_MAX && let_go(pid, &status); i++) {
		switch (status >> 16) {
		case PTRACE_EVENT_SECCOMP:
			if (server_call(s))
				return true;
			break;
		case PTRACE_EVENT_FORK:
		case PTRACE_EVENT_CLONE:
			ptrace(PTRACE_GETEVENTMSG, pid, NULL, &message);
			*child = (pid_t)message;
			break;
		default:
			return false;
		}
	}
	return false;
}

static bool
answer(struct server *s, int64_t value, pid_t *child)
{
	regs_skip_call(s->pid);
	regs_set_result(s->pid, value);
	return run_to_question(s, child);
}

/* The call that it stands before is made another; what that gave is said with
 * the next.  */
static bool
call_by_hand(struct server *s, long nr, const uint64_t *arg, int n)
{
	pid_t none = -1;

	return regs_set_call(s->pid, nr) == 0 &&
	       regs_set_args(s->pid, 0, n, arg) == 0 &&
	       run_to_question(s, &none) && s->nr == RT_FORK;
}

static bool
call_for_memory(void *server, long nr, const uint64_t *arg, int n)
{
	struct server *s = server;

	return call_by_hand(s, nr, arg, n) && (int64_t)s->last >= 0;
}

/* ---- it forks by our hand ---- */

/*
 * The call that it stands before is made a clone(2): so it needs neither a stop
 * before that nor, as the child is traced by what the clone is told
 * (CLONE_PTRACE), one for the birth.  The child has the options of the server,
 * which is traced without births.  It does not move before the server stands
 * again: both may be in the same memory.
 */
static bool
fork_by_hand(struct server *s, pid_t *child)
{
	uint64_t arg[CLONE_ARGS] = {
		CLONE_PARENT | CLONE_PTRACE | CLONE_CHILD_SETTID |
		CLONE_CHILD_CLEARTID | (s->lent ? CLONE_VM : 0) | SIGCHLD,
		[CLONE_CHILD_ARG] = s->number,
	};
	int status;

	if (!call_by_hand(s, SYS_clone, arg, CLONE_ARGS) ||
	    (int64_t)s->last <= 0)
		return false;
	*child = (pid_t)s->last;
	s->is_out = s->lent != NULL;
	return await_stop(*child, &status) &&
	       regs_set_result(*child, RT_BORN) == 0 &&
	       ptrace(PTRACE_SETOPTIONS, *child, NULL,
		      (void *)SPAWN_OPTIONS) == 0;
}

/* By itself.  */
static bool
fork_by_itself(struct server *s, pid_t *child)
{
	int status;

	return answer(s, 1, child) && *child > 0 && await_stop(*child, &status);
}

/* From the one question to the other.  */
static bool
begin_by_hand(struct server *s)
{
	pid_t none = -1;

	if (s->nr == RT_FORK)
		return true;
	if (ptrace(PTRACE_SETOPTIONS, s->pid, NULL,
		   (void *)(SPAWN_OPTIONS & ~(long)SPAWN_BIRTHS)) < 0 ||
	    !answer(s, 1 | RT_BY_LAB, &none) || s->nr != RT_FORK)
		return false;
	s->lent = s->lends ? lend_begin(s->pid) : NULL;
	s->lends = s->lent != NULL;
	return true;
}

bool
server_take_back(struct server *s)
{
	if (!s || !s->is_out)
		return true;
	s->is_out = false;
	return lend_back(s->lent, call_for_memory, s);
}

/* All that was learned, if that is more than it was told.  */
static bool
teach(struct server *s, const struct learned *l)
{
	pid_t none = -1;
	size_t n;

	if (s->known < learned_count(l) && s->nr == RT_FORK) {
		lend_end(s->lent);
		s->lent = NULL;
		if (!answer(s, RT_ASK, &none))
			return false;
	}
	for (size_t at = 0; s->known < learned_count(l) &&
	     at < learned_count(l); at += n) {
		n = learned_put(l, s->pid, s->table, s->room, at);
		if (n == 0 || !answer(s, (int64_t)(1 + n) | RT_AGAIN, &none))
			return false;
	}
	s->known = learned_count(l);
	return true;
}

/* What the fork has from the server, as far as we keep it.  */
static void
inherit(struct tracing *t, const struct server *s, pid_t pid)
{
	const struct task *from = s->t->first;
	struct task *k;

	t->exec_done = true;
	t->now = s->t->now;
	if (s->beginning)
		beginning_tell(s->beginning, t, s->t, pid);
	else
		life_first(t, pid);
	k = t->first;
	k->phase = PHASE_LOOSE;
	k->random = from->random;
	k->restarts = from->restarts;
	k->caught = from->caught;
	k->maps_shared = from->maps_shared;
	k->has_runtime = true;
	k->library_blocks = from->library_blocks;
	maps_inherit(k, from);
	if (s->lent)
		maps_lent(k, lend_maps(s->lent));
}

pid_t
server_fork(struct server *s, struct tracing *t)
{
	pid_t child = -1;
	bool forked = teach(s, t->learned) &&
		      (s->number ? begin_by_hand(s) && fork_by_hand(s, &child)
				 : fork_by_itself(s, &child));

	if (!forked) {
		if (child > 0)
			kill(child, SIGKILL);
		return -1;
	}
	setpgid(child, child);	/* kill(0, ...) is not for the server */
	inherit(t, s, child);
	return child;
}

/* ---- its life ---- */

struct server *
server_start(struct tracing *t, bool lends, struct beginning *heard)
{
	struct server *s;
	struct task *k;

	settle(t);
	k = t->first;
	if (t->quit || !k || k->next || k->phase != PHASE_SERVER ||
	    (heard && !beginning_ends(heard, t))) {
		beginning_free(heard);
		return NULL;
	}
	s = xcalloc(1, sizeof(*s));
	s->pid = k->tid;
	s->t = t;
	s->table = k->arg[0];
	s->room = k->arg[1];
	s->number = k->arg[2];
	s->nr = RT_SERVER;
	s->lends = lends && !heard;
	s->beginning = heard;
	if (!heard)
		maps_prepare(k);
	return s;
}

bool
server_is_heard(const struct server *s)
{
	return s->beginning != NULL;
}

pid_t
server_pid(const struct server *s)
{
	return s ? s->pid : -1;
}

void
server_end(struct server *s)
{
	int status;

	if (!s)
		return;
	kill(s->pid, SIGKILL);
	while (waitpid(s->pid, &status, __WALL) == s->pid &&
	       WIFSTOPPED(status))
		;
	lend_end(s->lent);
	driver_release(s->t);
	beginning_free(s->beginning);
	free(s);
}
