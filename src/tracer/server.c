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
};

struct server {
	pid_t pid;
	struct tracing *t;	/* as it stood before main() */
	uint64_t table;
	size_t room;
	size_t known;		/* granules that it has been told of */
};

/* ---- it asks ---- */

/* Not to be forked: it is told what is learned, and goes on.  */
static int64_t
answer_stay(struct tracing *t, struct task *k)
{
	size_t n = learned_put(t->learned, k->tid, k->arg[0], k->arg[1],
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

/* At a call; true: it stands and asks again.  */
static bool
server_call(pid_t pid)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) <= 0)
		return false;
	if (info.seccomp.nr == SYS_clone)
		regs_set_arg(pid, 0, info.seccomp.args[0] | CLONE_PARENT);
	return info.seccomp.nr == RT_SERVER;
}

/* Until it asks again; *child: what it has forked, if anything.  */
static bool
run_to_question(pid_t pid, pid_t *child)
{
	unsigned long message = 0;
	int status;

	while (let_go(pid, &status)) {
		switch (status >> 16) {
		case PTRACE_EVENT_SECCOMP:
			if (server_call(pid))
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
	return run_to_question(s->pid, child);
}

/* All that was learned, if that is more than it was told.  */
static bool
teach(struct server *s, const struct learned *l)
{
	pid_t none = -1;
	size_t n;

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
}

pid_t
server_fork(struct server *s, struct tracing *t)
{
	pid_t child = -1;
	int status;

	if (!teach(s, t->learned) || !answer(s, 1, &child) || child < 0)
		return -1;
	if (!await_stop(child, &status)) {
		kill(child, SIGKILL);
		return -1;
	}
	inherit(t, s, child);
	return child;
}

/* ---- its life ---- */

struct server *
server_start(struct tracing *t)
{
	struct server *s;
	struct task *k;

	settle(t);
	k = t->first;
	if (t->quit || !k || k->next || k->phase != PHASE_SERVER)
		return NULL;
	s = xcalloc(1, sizeof(*s));
	s->pid = k->tid;
	s->t = t;
	s->table = k->arg[0];
	s->room = k->arg[1];
	maps_prepare(k);
	return s;
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
	tracing_release(s->t);
	free(s->t);
	free(s);
}
