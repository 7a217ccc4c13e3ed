/* Objects without a descriptor: known by an id, or by where they stand in memory.  */
#include "config.h"

#include "probe/probe.h"
#include "tracer/runtime.h"
#include "tracer/source.h"
#include "tracer/things.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>

enum { NEAR = 4096 };		/* to what points to it */

/* No device has such a number: one a kind.  */
static dev_t
id_space(enum object_kind kind)
{
	return (dev_t)-1 - kind;
}

static int
find_or_add(struct tracing *t, struct task *k, enum object_kind kind, dev_t dev,
	    ino_t ino, const char *link)
{
	int id = thing_find(t->things, dev, ino);

	if (id < 0) {
		id = thing_add(t, kind, dev, ino, link);
		thing_tell(t, k, id);
	}
	return id;
}

/* In another IPC namespace than ours the same ids mean other objects, which
 * we cannot look at.  */
static dev_t
id_space_of(struct task *k, enum object_kind kind)
{
	char name[40];
	struct stat st;

	snprintf(name, sizeof(name), "/proc/%d/ns/ipc", k->tid);
	if (probe_same_ipc(k->tid) || stat(name, &st) < 0)
		return id_space(kind);
	return id_space(kind) - (dev_t)st.st_ino * 2 * KIND_MAX;
}

int
thing_with_id(struct tracing *t, struct task *k, enum object_kind kind, int id)
{
	return id < 0 ? -1 : thing_find(t->things, id_space_of(k, kind),
				  (ino_t)id + 1);
}

int
thing_of_id(struct tracing *t, struct task *k, enum object_kind kind, int id)
{
	int known = thing_with_id(t, k, kind, id);

	if (id < 0 || known >= 0)
		return known;
	known = find_or_add(t, k, kind, id_space_of(k, kind), (ino_t)id + 1,
			    "");
	if (thing_id(t, known) < 0)
		out_note(t, k, "%s is in another IPC namespace: what is in it "
			 "is not known", thing_name(t, known));
	return known;
}

int
thing_id(struct tracing *t, int id)
{
	struct thing *th = thing_row(t, id);

	return th && th->dev == id_space(th->kind) ? (int)th->ino - 1 : -1;
}

static enum object_kind
kind_of_mapping(const struct mapping *m)
{
	enum object_kind kind = thing_kind_of_name(m->path);

	return kind == KIND_NONE ? KIND_FILE : kind;
}

/* The map may name another device than stat(2) does: on a file system that
 * lies over others (overlayfs, btrfs).  And what was removed lives on as long
 * as it is mapped.  */
static int
find_mapped(struct tracing *t, const struct mapping *m)
{
	struct things *ts = t->things;
	int id = thing_find(ts, m->dev, m->ino);
	struct stat st;

	if (id < 0 && stat(m->path, &st) == 0 && S_ISREG(st.st_mode))
		id = thing_find(ts, st.st_dev, st.st_ino);
	for (int i = ts->n - 1; id < 0 && strstr(m->path, " (deleted)") &&
	     i >= 0; i--)
		if (ts->thing[i].ino == m->ino && ts->thing[i].dev == m->dev)
			id = i;
	return id;
}

int
thing_of_mapping(struct tracing *t, struct task *k, struct mapping *m,
		 bool may_add)
{
	struct mapping copy = *m;
	int id;

	if (m->thing >= 0)
		return m->thing;
	/* Looked for in vain, and nothing new since then.  */
	if (m->looked == things_count(t) &&
	    (!may_add || m->perms[3] != 's'))
		return -1;
	/* A System V segment's inode is its id: shm_open(3) has none. */
	if (strncmp(m->path, "/SYSV", 5) == 0) {
		copy.dev = id_space(KIND_MEMORY);
		copy.ino++;
		copy.path[0] = '\0';
	}
	if (strncmp(m->path, "anon_inode:", 11) == 0)
		return -1;
	id = find_mapped(t, &copy);
	/* Of the private ones only copies of what is known matter. */
	if (id < 0 && may_add && m->perms[3] == 's') {
		id = thing_add(t, copy.path[0] ? kind_of_mapping(&copy) :
			 KIND_MEMORY, copy.dev, copy.ino, copy.path);
		thing_tell(t, k, id);
		m = maps_at(t, k, copy.start);
	}
	if (m) {
		m->thing = id;
		m->looked = things_count(t);
	}
	return id;
}

int
thing_of_address(struct tracing *t, struct task *k, uint64_t at,
		 uint64_t *offset)
{
	struct mapping *m = maps_at(t, k, at);

	*offset = 0;
	if (!m || m->perms[3] != 's')
		return -1;
	*offset = at - m->start + m->offset;
	return thing_of_mapping(t, k, m, true);
}

struct sight *
thing_look(struct tracing *t, int id)
{
	struct thing *th = thing_row(t, id);

	return th ? &th->look : NULL;
}

/* A place in memory: of an object that is shared, or of a process.  */
struct place {
	int memory;		/* -1: private */
	dev_t dev;
	ino_t ino;
};

static struct place
place_of(struct tracing *t, struct task *k, uint64_t at)
{
	struct place p = { .ino = at ^ (ino_t)k->pid << 48 };
	uint64_t offset;

	p.memory = thing_of_address(t, k, at, &offset);
	if (p.memory >= 0) {
		p.dev = ((dev_t)p.memory + 1) * 2 * KIND_MAX;
		p.ino = offset + 1;
	}
	return p;
}

static int
remember_place(struct tracing *t, struct task *k, int id, uint64_t at)
{
	struct thing *th = thing_row(t, id);

	th->pid = k->pid;
	th->at = at;
	return id;
}

/* What the program calls what stands there: "space", "fork_at[1]"; nothing
 * where debug information does not say.  */
static void
variable_at(struct tracing *t, struct task *k, enum object_kind kind,
	    uint64_t at, char *out, size_t room)
{
	static const size_t sizes[KIND_MAX] = {
		[KIND_SEMAPHORE] = sizeof(sem_t),
		[KIND_MUTEX] = sizeof(pthread_mutex_t),
		[KIND_CONDITION] = sizeof(pthread_cond_t),
		[KIND_RWLOCK] = sizeof(pthread_rwlock_t),
		[KIND_BARRIER] = sizeof(pthread_barrier_t),
	};
	struct where where = {
		.pc = runtime_pc(k), .address = at, .size = sizes[kind],
		.low = NEAR < at ? at - NEAR : 0,
	};
	char *inner;

	if (!where.pc || !where.size ||
	    !source_variable(t->sources, k->pid, k->tid, &where, out, room))
		out[0] = '\0';
	else if (out[0] == '*')		/* a pointer to it */
		memmove(out, out + 1, strlen(out));
	/* What it is made of is the C library's affair.  */
	inner = strstr(out, ".__");
	if (!inner)
		inner = strstr(out, "->__");
	if (inner)
		*inner = '\0';
}

int
thing_at(struct tracing *t, struct task *k, enum object_kind kind, uint64_t at)
{
	struct place p = place_of(t, k, at);
	dev_t dev = id_space(KIND_MAX + kind) - p.dev;
	int id = p.memory;

	/* A named semaphore is its file.  */
	if (id < 0 || thing_kind(t, id) != kind)
		id = thing_find(t->things, dev, p.ino);
	if (id < 0) {
		id = thing_add(t, kind, dev, p.ino, "");
		if (!t->quiet)
			variable_at(t, k, kind, at, thing_row(t, id)->path,
				    PATH_MAX_LEN);
		remember_place(t, k, id, at);
		thing_tell(t, k, id);
	}
	return remember_place(t, k, id, at);
}

int
thing_sync_at(struct tracing *t, struct task *k, uint64_t at)
{
	struct place p = place_of(t, k, at);

	if (p.memory >= 0 && thing_kind(t, p.memory) == KIND_SEMAPHORE)
		return remember_place(t, k, p.memory, at);
	for (int kind = KIND_SEMAPHORE; kind < KIND_FUTEX; kind++) {
		int id = thing_find(t->things, id_space(KIND_MAX + kind) - p.dev,
			      p.ino);

		if (id >= 0)
			return remember_place(t, k, id, at);
	}
	return thing_at(t, k, KIND_FUTEX, at);
}

struct task *
thing_place(struct tracing *t, int id, uint64_t *at)
{
	struct thing *th = thing_row(t, id);

	if (!th || !th->at)
		return NULL;
	*at = th->at;
	for (struct task *o = t->first; o; o = o->next)
		if (o->pid == th->pid && o->phase != PHASE_ENDED)
			return o;
	return NULL;
}
