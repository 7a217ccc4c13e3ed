/*
 * Accesses to memory.  The runtime tells of one before it is made.  What is
 * loaded is read when the call ends, for nobody else moves until then.  What
 * is stored is not known before it is: it is read when the task stops next,
 * and the event is told then, before anything else of that stop.  In a free
 * run others move meanwhile, and the value may be theirs.
 */
#include "config.h"

#include "tracer/runtime.h"

#include "tracer/source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
	NUMBER_MAX = 8,		/* bytes that are told as a number */
	NEAR = 4096,		/* to what points to it, in private memory */
};

static bool
is_write(const struct task *k)
{
	return k->nr == RT_STORE || k->nr == RT_RMW;
}

/* ---- what the runtime asks ---- */

static int64_t
answer_mapping(struct tracing *t, struct task *k)
{
	struct rt_mapping answer = { .start = 0 };
	struct mapping m;

	/* It asks because its mappings may have changed: in a search, where
	 * all such calls are seen, because it is new to it.  */
	if (!t->quiet)
		maps_changed(k);
	if (!maps_ask(k, k->arg[0], &m))
		return -EFAULT;
	answer.start = m.start;
	answer.end = m.end;
	answer.flags = (m.perms[3] == 's' ? RT_SHARED : 0) |
		       (m.perms[1] == 'w' ? RT_WRITABLE : 0) |
		       (m.ino ? RT_FILE : 0);
	return memory_write(k->tid, k->arg[1], &answer, sizeof(answer))
	       ? 0 : -EFAULT;
}

/* What is executed later is told all of: only what the subject begins with
 * can be a server, and learn.  */
static int64_t
answer_hello(struct tracing *t, struct task *k)
{
	int64_t wishes = t->serves && k->tid == t->first_pid ?
			 RT_SERVE | RT_LEARN : 0;

	/* To let it fault costs at each stop as much as the stop itself. */
	if (wishes && !maps_read_counter(k->tid))
		wishes |= RT_COUNTER;

	if (k->arg[0] != RT_VERSION)
		return -ENOSYS;
	k->leader->has_runtime = true;
	if (t->search)
		t->search->has_runtime = true;
	return RT_TRACED | wishes;
}

void
runtime_answer(struct tracing *t, struct task *k)
{
	k->answer = k->nr == RT_MAPPING ? answer_mapping(t, k)
		    : answer_hello(t, k);
	k->skipped = true;
	regs_skip_call(k->tid);
}

uint64_t
runtime_pc(const struct task *k)
{
	return k->nr >= RT_HELLO && k->nr < RT_AFTER_OPERATIONS ? k->arg[3] : 0;
}

/* ---- before the access ---- */

/* The shared memory at an address, -1.  The last mapping is remembered: the
 * runtime asks anew when it may have changed.  */
static int
memory_at(struct tracing *t, struct task *k, uint64_t at, int64_t *offset)
{
	struct task *l = k->leader;
	struct mapping *m;

	if (at < l->accessed.start || at >= l->accessed.end) {
		m = maps_at(t, k, at);
		if (!m || m->perms[3] != 's')
			return -1;
		l->accessed.start = m->start;
		l->accessed.end = m->end;
		l->accessed.offset = m->offset;
		l->accessed.thing = thing_of_mapping(t, k, m, true);
	}
	*offset = at - l->accessed.start + l->accessed.offset;
	return l->accessed.thing;
}

/* Asking takes as long as a step: in a search only where it is shown.  */
static bool
wants_names(const struct tracing *t)
{
	return !t->search || t->sources_on;
}

/* Where it is in the object, or in the memory of its own process: the same in
 * each driven run.  An address says nothing to people.  */
static void
tell_distance(struct tracing *t, struct task *k, char *out, size_t room)
{
	if (k->thing >= 0)
		snprintf(out, room, "%s+%lld", thing_name(t, k->thing),
			 (long long)k->e.offset);
	else if (!wants_names(t) ||
		 !source_spot(t->sources, k->pid, k->arg[0], out, room))
		snprintf(out, room, "%#llx", (unsigned long long)k->arg[0]);
}

/* What the program calls it, or where it is.  */
static void
tell_place(struct tracing *t, struct task *k)
{
	struct where where = {
		.pc = k->arg[3], .address = k->arg[0], .size = k->arg[1],
		.low = k->thing < 0 ? NEAR < k->arg[0] ? k->arg[0] - NEAR : 0
				    : k->leader->accessed.start,
	};
	char name[48];

	if (!wants_names(t) ||
	    !source_variable(t->sources, k->pid, k->tid, &where, name,
			     sizeof(name)))
		tell_distance(t, k, name, sizeof(name));
	args_append(&k->e, "\"place\":\"%s\"", name);
}

static void
tell_access(struct tracing *t, struct task *k)
{
	tell_place(t, k);
	args_append(&k->e, "\"size\":%llu", (unsigned long long)k->arg[1]);
	if (k->arg[2] & RT_ATOMIC)
		args_append(&k->e, "\"atomic\":true");
}

void
decode_entry_access(struct tracing *t, struct task *k)
{
	if (k->arg[2] & RT_LEARNED && t->learned &&
	    learned_add(t->learned, k->arg[0], k->arg[0] + k->arg[1]) &&
	    t->search)
		t->search->taught = true;
	k->thing = memory_at(t, k, k->arg[0], &k->e.offset);
	COPY_STR(k->e.object, thing_name(t, k->thing));
	if (!t->quiet)
		tell_access(t, k);
	k->e.bytes = k->arg[1];
	k->e.end = (is_write(k) ? MODE_WRITE : 0) |
		   (k->nr != RT_STORE ? MODE_READ : 0);
}

/* ---- after it ---- */

static int64_t
as_signed(uint64_t value, uint64_t size)
{
	int unused = 64 - 8 * (int)size;

	return size ? (int64_t)(value << unused) >> unused : 0;
}

/* The bytes as they are now: into data, and the number that they are.  */
static bool
read_bytes(struct tracing *t, struct task *k, int64_t *number)
{
	struct event *e = &k->e;
	size_t n = k->arg[1] < t->config.data_max ? k->arg[1]
						  : t->config.data_max;
	uint64_t value = 0;

	*number = NO_VALUE;
	if (n > DATA_MAX_LEN)
		n = DATA_MAX_LEN;
	e->data_len = -1;
	if (k->arg[1] <= NUMBER_MAX) {
		if (memory_read(k->tid, k->arg[0], &value, k->arg[1]) !=
		    (ssize_t)k->arg[1])
			return false;
		*number = as_signed(value, k->arg[1]);
		return true;
	}
	if (memory_read(k->tid, k->arg[0], e->data, n) != (ssize_t)n)
		return false;
	e->data_len = n;
	return true;
}

void
decode_exit_access(struct tracing *t, struct task *k, int64_t result)
{
	struct event *e = &k->e;
	int64_t number;

	(void)result;
	/* The kernel says ENOSYS: the call is none of its.  */
	e->has_result = false;
	e->result = e->error = 0;
	k->stored = is_write(k);
	if (k->nr == RT_STORE)
		return;
	read_bytes(t, k, &number);
	if (k->nr == RT_RMW && number != NO_VALUE)
		args_append(e, "\"found\":%lld", (long long)number);
	else
		e->value = number;
}

void
runtime_stored(struct tracing *t, struct task *k)
{
	int64_t number = NO_VALUE;

	k->stored = false;
	read_bytes(t, k, &number);
	k->e.value = number;
	COPY_STR(k->e.source, k->source);
	out_event(t, &k->e);
}
