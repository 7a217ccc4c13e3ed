/*
 * Points: where a task of a driven run is held, and the telling of it.  A call
 * is a point when it concerns what the subject communicates through; what the
 * C library and the loader do with the system's own files is not.
 */
#include "config.h"

#include "tracer/decode.h"
#include "tracer/drive.h"
#include "tracer/footprint.h"
#include "tracer/pending.h"
#include "tracer/runtime.h"
#include "tracer/source.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

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
finds_program(struct task *k)
{
	char path[PATH_MAX_LEN];

	return k->nr != SYS_execve ||
	       !path_argument(NULL, k, -1, 0, path, sizeof(path)) ||
	       access(path, X_OK) == 0;
}

static bool
flags_say_point(struct tracing *t, struct task *k)
{
	unsigned flags = k->call->flags;

	if (flags & CALL_POINT)
		return true;
	if (flags & (CALL_FD_POINT | CALL_OBJECT_TOLD))
		return on_own_thing(t, k);
	return (flags & CALL_PATH_POINT) && !on_system_path(k);
}

bool
point_exec(struct tracing *t, struct task *k)
{
	(void)t;
	return finds_program(k);
}

/* The C library asks every stream whether it can seek.  */
bool
point_seek(struct tracing *t, struct task *k)
{
	return thing_kind(t, k->thing) == KIND_FILE && on_own_thing(t, k);
}

/* A shell looks whether it is where it believes to be.  */
static bool
stands_in(const struct tracing *t, const struct task *k)
{
	char path[PATH_MAX_LEN];
	int i = k->call->arg[0].kind == ARG_PATH ? 0 : 1;
	size_t n;

	if (!memory_string(k->tid, k->arg[i], path, sizeof(path)))
		return false;
	n = strlen(path);
	return strcmp(path, ".") == 0 || strcmp(path, "/") == 0 ||
	       (strncmp(path, t->cwd, n) == 0 &&
		(t->cwd[n] == '/' || t->cwd[n] == '\0'));
}

/* What a descriptor stands for the C library asks of each stream: of what is
 * no file of the subject's that is no point, but a part of the step before.  */
static bool
is_own_file(struct tracing *t, const struct task *k)
{
	enum object_kind kind = thing_kind(t, k->thing);

	return (kind == KIND_FILE || kind == KIND_MEMORY) &&
	       !thing_is_system(t, k->thing) && !k->system_program;
}

bool
point_look(struct tracing *t, struct task *k)
{
	if (!decode_is_by_name(k))
		return is_own_file(t, k);
	return !on_system_path(k) && !stands_in(t, k);
}

/* Only threads have one folder to stand in, and one mask.  */
bool
point_enter(struct tracing *t, struct task *k)
{
	if (k->call->arg[0].kind == ARG_PATH)
		return point_change(t, k);
	return k->leader->threads > 0 && !k->system_program;
}

bool
point_change(struct tracing *t, struct task *k)
{
	return k->thing >= 0 ? !thing_is_system(t, k->thing)
			     : !on_system_path(k);
}

bool
point_list(struct tracing *t, struct task *k)
{
	return k->thing >= 0 && !thing_is_system(t, k->thing);
}

/* Shells ask as they begin: what programs of the system do so is a part of the
 * step before.  */
bool
point_process(struct tracing *t, struct task *k)
{
	char proc[64], program[PATH_MAX_LEN];
	ssize_t n;

	(void)t;
	snprintf(proc, sizeof(proc), "/proc/%d/exe", k->tid);
	n = readlink(proc, program, sizeof(program) - 1);
	program[n > 0 ? n : 0] = '\0';
	return !path_is_system(program);
}

/* A library's read-only data may be mapped shared: not between us.  */
bool
point_shared_map(struct tracing *t, struct task *k)
{
	struct descriptor *d;

	if (!(k->arg[3] & MAP_SHARED))
		return false;
	if (k->arg[3] & MAP_ANONYMOUS)
		return true;
	d = thing_of_fd(t, k, (int)k->arg[4]);
	return !d || !thing_is_system(t, d->object);
}

static bool
is_point(struct tracing *t, struct task *k)
{
	const struct decoder *d = decoder_of(k->call);

	return (d->is_point ? d->is_point(t, k) : flags_say_point(t, k)) ||
	       point_remote(t, k);
}

bool
drive_entry(struct tracing *t, struct task *k)
{
	bool point;

	virtual_entry(t, k);
	point = !k->skipped && !k->beneath && t->exec_done && !t->free &&
		is_point(t, k);
	if (!point && t->search && t->exec_done && !k->beneath)
		footprint_beside(t, k, t->search->did);
	return point;
}

/* ---- telling ---- */

/* What the call of k is, as far as it is known before it begins.  */
static void
copy_call(struct event *e, const struct task *k)
{
	COPY_STR(e->call, k->e.call);
	COPY_STR(e->args, k->e.args);
	COPY_STR(e->object, k->e.object);
	COPY_STR(e->object2, k->e.object2);
	COPY_STR(e->source, k->source);
	e->end = k->e.end;
	e->fd = k->e.fd;
	e->description = k->e.description;
}

void
tell_point(struct tracing *t, struct task *k)
{
	struct event *e = out_begin(t, k, WHAT_POINT);

	if (t->sources_on && !k->source_told) {
		if (!source_at(t->sources, k->pid, runtime_pc(k), k->source,
			       sizeof(k->source)))
			source_find(t->sources, k->tid, k->source,
				    sizeof(k->source));
		k->source_told = true;
	}
	copy_call(e, k);
	if (runtime_pc(k)) {
		e->offset = k->e.offset;
		e->bytes = k->e.bytes;
	}
	e->would_block = k->would_block;
	k->point_told = true;
	out_event(t, e);
}

/* What others did may have changed whether a call would sleep.  */
void
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

void
tell_block(struct tracing *t, struct task *k)
{
	struct event *e;

	if (k->blocked_told)
		return;
	k->blocked_told = true;
	if (t->quiet)
		return;
	e = out_begin(t, k, WHAT_BLOCK);
	copy_call(e, k);
	e->until = virtual_wakes(t, k) < 0 ? -1 : virtual_wakes(t, k) - t->began;
	/* A large write may have moved some bytes before it fell asleep. */
	decode_state(t, e, k->thing);
	out_event(t, e);
	if (k->e.end == MODE_WRITE && thing_kind(t, k->thing) == KIND_SOCKET)
		decode_touch(t, decode_destination(t, k));
}

/* What the kernel says about every object.  */
void
tell_checks(struct tracing *t)
{
	for (int id = 0; id < things_count(t); id++) {
		struct event *e = out_begin(t, NULL, WHAT_CHECK);

		COPY_STR(e->object, thing_name(t, id));
		decode_state(t, e, id);
		if (e->state.known)
			out_event(t, e);
	}
	tell_signals(t);
}

void
tell_held(struct tracing *t)
{
	struct event *e;

	/* The last step ends with the run. */
	if (t->alive == 0 || t->quiet)
		return;
	if (t->config.check)
		tell_checks(t);
	e = out_begin(t, NULL, WHAT_HELD);
	e->step = t->step;
	out_event(t, e);
	out_flush(t);
}

/* The objects whose state could not be told with the call that changed it:
 * somebody was asleep on them and moved at the same time.  */
void
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
	tell_pending(t);
}
