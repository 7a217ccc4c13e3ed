/* Birth, change and end of tasks.  */
#include "config.h"

#include "base/i18n.h"
#include "probe/probe.h"
#include "tracer/footprint.h"
#include "tracer/source.h"
#include "tracer/runtime.h"

#include <elf.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void
chain(struct tracing *t, struct task *k)
{
	if (t->last)
		t->last->next = k;
	else
		t->first = k;
	t->last = k;
	t->alive++;
	k->number = ++t->born;
}

/* The descriptors that a process has from its parent, one event each.  */
static void
tell_inherited(struct tracing *t, struct task *k)
{
	struct probe_fd *list;
	int n = probe_fds(k->tid, &list, NULL);

	for (int i = 0; i < n; i++) {
		struct event *e;
		struct descriptor *d;

		/* Ours, open until the exec.  */
		if (list[i].cloexec)
			continue;
		d = thing_of_fd(t, k, list[i].fd);
		if (!d)
			continue;
		e = out_begin(t, k, WHAT_OBJECT);
		COPY_STR(e->object, thing_name(t, d->object));
		e->kind = thing_kind(t, d->object);
		COPY_STR(e->path, thing_path(t, d->object));
		decode_opened(t, k, e, list[i].fd);
		out_event(t, e);
	}
	if (n >= 0)
		free(list);
}

struct task *
life_begin(struct tracing *t, pid_t pid)
{
	struct task *k = task_new(t, pid);

	COPY_STR(k->name, "A");
	k->fds = descriptors_new();
	k->phase = PHASE_RUNNING;
	k->started = true;
	chain(t, k);
	t->first_pid = pid;
	return k;
}

void
life_first(struct tracing *t, pid_t pid)
{
	struct task *k = life_begin(t, pid);
	struct event *e = out_begin(t, k, WHAT_START);

	out_event(t, e);
	if (!t->quiet)
		tell_inherited(t, k);
}

void
life_born(struct tracing *t, struct task *parent, pid_t tid)
{
	struct task *k = task_find(t, tid);
	bool thread = parent->clone_flags & CLONE_THREAD;
	struct event *e;

	if (!k)
		k = task_new(t, tid);
	task_name(k, parent, thread, t->born);
	k->phase = k->started ? PHASE_LOOSE : PHASE_RUNNING;
	if (thread) {
		k->pid = parent->pid;
		k->leader = parent->leader;
	}
	k->fds = parent->clone_flags & CLONE_FILES
		 ? descriptors_share(parent->fds)
		 : descriptors_copy(parent->fds);
	chain(t, k);
	e = out_begin(t, k, WHAT_START);
	COPY_STR(e->parent, parent->name);
	COPY_STR(e->call, parent->e.call);
	e->shares_files = parent->clone_flags & CLONE_FILES;
	out_event(t, e);
	limit_tasks(t);
	if (t->search && !thread)
		maps_inherit(k, parent);
	k->restarts = parent->leader->restarts;
	k->caught = parent->leader->caught;
	k->library_blocks = parent->library_blocks;
	k->other_program = parent->other_program;
	k->system_program = parent->system_program;
	COPY_STR(k->program, parent->program);
	if (!thread) {
		k->handlers = parent->handlers;
		memcpy(k->handler_sp, parent->handler_sp,
		       sizeof(k->handler_sp));
	}
	if (!thread) {
		k->parent = parent->leader->number;
		k->maps_shared = parent->leader->maps_shared;
		k->has_runtime = parent->leader->has_runtime;
	}
	k->tls = thread ? parent->clone_tls : 0;
	if (parent->clone_rewritten && k->started)
		regs_set_args(tid, 1, 4, &parent->arg[1]);
	k->clone_rewritten = parent->clone_rewritten && !k->started;
	memcpy(k->arg, parent->arg, sizeof(k->arg));
}

/*
 * CLONE_UNTRACED would let a child run unseen.  For clone(2) the flags are in
 * a register, where nobody but us can change them now.  clone3(2) reads them
 * from memory, which another thread could change after we looked: so it is
 * made a clone(2) with the same meaning, and where clone(2) cannot say the
 * same, the call fails with ENOSYS, upon which the C library uses clone(2).
 */
static bool
as_clone(const uint64_t *a, size_t size, uint64_t *flags)
{
	uint64_t set_tid_size = size > 72 ? a[9] : 0;

	*flags = a[0] | (a[4] & CSIGNAL);
	return size >= CLONE_ARGS_SIZE_VER0 && !(a[0] >> 32) && !set_tid_size &&
	       !(a[0] & CSIGNAL) &&
	       !((a[0] & CLONE_PIDFD) && (a[0] & CLONE_PARENT_SETTID));
}

static void
rewrite_clone3(struct tracing *t, struct task *k)
{
	uint64_t a[11] = { 0 }, arg[CLONE_ARGS], flags;
	size_t size = k->arg[1] < sizeof(a) ? k->arg[1] : sizeof(a);
	/* pidfd child_tid parent_tid are a[1], a[2], a[3]; stack a[5], its
	 * size a[6], tls a[7].  */
	(void)t;
	if (memory_read(k->tid, k->arg[0], a, size) != (ssize_t)size ||
	    !as_clone(a, size, &flags)) {
		regs_skip_call(k->tid);
		k->skipped = true;
		k->answer = -ENOSYS;
		return;
	}
	k->clone_flags = flags;
	k->clone_tls = a[7];
	k->clone_rewritten = true;
	flags &= ~(uint64_t)CLONE_UNTRACED;
	arg[0] = flags;
	arg[1] = a[5] ? a[5] + a[6] : 0;
	arg[2] = flags & CLONE_PIDFD ? a[1] : a[3];
	arg[CLONE_CHILD_ARG] = a[2];
	arg[CLONE_TLS_ARG] = a[7];
	regs_set_call(k->tid, SYS_clone);
	regs_set_args(k->tid, 0, ARRAY_SIZE(arg), arg);
}

void
life_guard_clone(struct tracing *t, struct task *k)
{
	k->clone_rewritten = false;
	switch (k->nr) {
	case SYS_clone3:
		rewrite_clone3(t, k);
		break;
	case SYS_clone:
		k->clone_flags = k->arg[0];
		k->clone_tls = k->arg[CLONE_TLS_ARG];
		if (k->arg[0] & CLONE_UNTRACED)
			regs_set_arg(k->tid, 0,
				     k->arg[0] & ~(uint64_t)CLONE_UNTRACED);
		break;
	default:	/* fork, vfork */
		k->clone_flags = 0;
	}
}

/* All other threads of the process are gone, without a word (ptrace(2),
 * "execve(2) under ptrace").  */
static void
drop_siblings(struct tracing *t, struct task *k)
{
	for (struct task *o = t->first; o; o = o->next)
		if (o != k && o->leader == k->leader &&
		    o->phase != PHASE_ENDED)
			life_ended(t, o, 0);
	for (struct task *o = t->first; o; o = o->next)
		if (o->leader == k->leader)
			o->leader = k;
}

static bool
is_foreign(pid_t tid)
{
	struct __ptrace_syscall_info info;

#ifdef __x86_64__
	const uint32_t native = AUDIT_ARCH_X86_64;
#else
	const uint32_t native = AUDIT_ARCH_AARCH64;
#endif
	return ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof(info), &info) > 0 &&
	       info.arch != native;
}

/* What the lab refuses to start, but the subject has started now.  */
static void
tell_odd_program(struct tracing *t, struct task *k, const char *exe,
		 const char *path)
{
	struct stat st;

	if (is_foreign(k->tid)) {
		out_note(t, k, _("%s is a program for another architecture "
				 "(32-bit): its calls cannot be seen, so it "
				 "was ended"), path);
		kill(k->tid, SIGKILL);
	} else if (stat(exe, &st) == 0 && spawn_gains_privilege(&st)) {
		/* The filter needs no_new_privs (seccomp(2)). */
		out_note(t, k, _("%s is setuid or setgid: in the lab it runs "
				 "without that privilege, and may behave "
				 "differently"), path);
	}
}

/* The last part of its path, as one word.  */
static void
take_name(struct task *k, const char *path)
{
	const char *slash = strrchr(path, '/');

	COPY_STR(k->program, slash ? slash + 1 : path);
	for (char *p = k->program; *p; p++)
		if (*p == ' ')
			*p = '_';
}

void
life_exec(struct tracing *t, struct task *k)
{
	struct event *e;
	char proc[64], path[PATH_MAX_LEN];
	ssize_t n;

	drop_siblings(t, k);
	search_program(t, k);
	k->pid = k->tid;
	k->restarts = k->caught = 0;
	virtual_timer_forget(k);
	k->handlers = 0;
	k->robust = k->notified = k->maps_shared = k->has_runtime = false;
	k->accessed.end = k->tls = 0;
	operation_forget(k);
	if (k->fds->refs > 1) {
		struct descriptors *own = descriptors_copy(k->fds);

		descriptors_put(k->fds);
		k->fds = own;
	}
	descriptors_exec(k->fds);
	kept_exec(t, k);
	source_forget(t->sources, k->tid);
	maps_changed(k);
	snprintf(proc, sizeof(proc), "/proc/%d/exe", k->tid);
	n = readlink(proc, path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = '\0';
	take_name(k, path);
	k->system_program = path_is_system(path);
	e = out_begin(t, k, WHAT_EXEC);
	thing_short_path(t, path, e->path, sizeof(e->path));
	COPY_STR(e->args, k->e.args);
	out_event(t, e);
	k->other_program = t->exec_done;
	if (!t->exec_done)	/* what we did before is not the program's */
		virtual_init(t);
	t->exec_done = true;
	tell_odd_program(t, k, proc, path);
	if (t->config.driven)
		virtual_exec(t, k);
}

void
life_ended(struct tracing *t, struct task *k, int status)
{
	struct event *e;

	if (k->phase == PHASE_ENDED)
		return;
	if (k->phase == PHASE_EARLY) {	/* never had a name, nor a place */
		task_end(t, k);
		free(k);
		return;
	}
	t->signals_moved = true;	/* SIGCHLD */
	e = out_begin(t, k, WHAT_EXIT);
	if (WIFSIGNALED(status))
		e->signal = WTERMSIG(status);
	else
		e->status = WEXITSTATUS(status);
	out_event(t, e);
	if (k->tid == t->first_pid && k->tid == k->pid) {
		t->status = status;
		t->status_known = true;
	}
	source_forget(t->sources, k->tid);
	if (t->search)
		kept_end(t, k, status);
	if (t->search && WIFSIGNALED(status))
		footprint_killed(t, k, t->search->did);
	task_end(t, k);
	t->alive--;
	if (t->search)
		search_ended(t, k, status);
}
