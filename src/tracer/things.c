/*
 * Objects and their names: "pipe 1" is the first pipe that the run showed.
 * An object is known by kind, device and inode, which the kernel tells for
 * any open descriptor (stat(2) through /proc/PID/fd).
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/trace.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { BUCKETS = 1024 };

struct thing {
	enum object_kind kind;
	dev_t dev;
	ino_t ino;
	int next;		/* in the bucket, -1 */
	bool locked;		/* somebody locked it once */
	bool removed;		/* its name is gone: inode may be reused */
	bool system;
	pid_t pid;		/* of what stands in memory: where it was */
	uint64_t at;		/* last seen; 0: it does not */
	char name[NAME_MAX_LEN];
	char path[PATH_MAX_LEN];
	struct sight look;
};

/* A descriptor on its way through a socket (SCM_RIGHTS, unix(7)).  */
struct sent {
	int thing, description;
};

struct things {
	int n;
	size_t room;
	struct thing *thing;
	int n_sent;
	size_t room_sent;
	struct sent *sent;
	int bucket[BUCKETS];
	int of_kind[2][KIND_MAX];	/* named so far, [1]: the system's */
};

void
things_init(struct tracing *t)
{
	t->things = xcalloc(1, sizeof(*t->things));
	for (int i = 0; i < BUCKETS; i++)
		t->things->bucket[i] = -1;
}

void
things_free(struct tracing *t)
{
	free(t->things->thing);
	free(t->things->sent);
	free(t->things);
	t->things = NULL;
}

int
things_count(struct tracing *t)
{
	return t->things->n;
}

static struct thing *
thing(struct tracing *t, int id)
{
	return id >= 0 && id < t->things->n ? &t->things->thing[id] : NULL;
}

const char *
thing_name(struct tracing *t, int id)
{
	struct thing *th = thing(t, id);

	return th ? th->name : "";
}

enum object_kind
thing_kind(struct tracing *t, int id)
{
	struct thing *th = thing(t, id);

	return th ? th->kind : KIND_NONE;
}

const char *
thing_path(struct tracing *t, int id)
{
	struct thing *th = thing(t, id);

	return th ? th->path : "";
}

bool
thing_is_system(struct tracing *t, int id)
{
	struct thing *th = thing(t, id);

	return th && th->system;
}

bool
path_is_system(const char *path)
{
	static const char *const folders[] = {
		"/usr/", "/lib/", "/lib64/", "/etc/", "/proc/", "/sys/",
		"/dev/", "/bin/", "/sbin/", "/run/", "/var/cache/",
		"/var/lib/",
	};

	if (strncmp(path, "/dev/shm/", 9) == 0 ||
	    strncmp(path, "/dev/mqueue/", 12) == 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		if (strncmp(path, folders[i], strlen(folders[i])) == 0)
			return true;
	return false;
}

void
thing_short_path(struct tracing *t, const char *path, char *out, size_t room)
{
	size_t n = strlen(t->cwd);

	if (n > 1 && strncmp(path, t->cwd, n) == 0 && path[n] == '/')
		path += n + 1;
	copy_str(out, room, path);
}

static enum object_kind
kind_of(const struct stat *st, const char *link)
{
	switch (st->st_mode & S_IFMT) {
	case S_IFIFO: return link[0] == '/' ? KIND_FIFO : KIND_PIPE;
	case S_IFREG: return KIND_FILE;
	case S_IFDIR: return KIND_DIRECTORY;
	case S_IFSOCK: return KIND_SOCKET;
	case S_IFCHR:
		if (major(st->st_rdev) == 4 || major(st->st_rdev) == 5 ||
		    (major(st->st_rdev) >= 136 && major(st->st_rdev) <= 143))
			return KIND_TERMINAL;
		return KIND_DEVICE;
	case S_IFBLK: return KIND_DEVICE;
	default: return KIND_OTHER;
	}
}

/* What a link of /proc/PID/fd begins with, where the mode does not say what
 * it is.  */
static const struct {
	const char *start;
	enum object_kind kind;
} links[] = {
	{ "anon_inode:[eventfd]", KIND_EVENTFD },
	{ "anon_inode:[timerfd]", KIND_TIMERFD },
	{ "anon_inode:[signalfd]", KIND_SIGNALFD },
	{ "anon_inode:[pidfd]", KIND_PIDFD },
	{ "pidfd:", KIND_PIDFD },
	{ "anon_inode:[eventpoll]", KIND_EPOLL },
	{ "anon_inode:inotify", KIND_INOTIFY },
	{ "anon_inode:[io_uring]", KIND_IO_URING },
	{ "/memfd:", KIND_MEMORY },
	{ "/dev/shm/sem.", KIND_SEMAPHORE },
	{ "/dev/shm/", KIND_MEMORY },
	{ "/dev/zero (deleted)", KIND_MEMORY },
	{ "/SYSV", KIND_MEMORY },
};

enum { MQUEUE_FS = 0x19800202 };	/* MQUEUE_MAGIC of <linux/magic.h> */

static enum object_kind
kind_of_link(const struct stat *st, const char *proc, const char *link)
{
	struct statfs fs;

	for (size_t i = 0; i < ARRAY_SIZE(links); i++)
		if (strncmp(link, links[i].start, strlen(links[i].start)) == 0)
			return links[i].kind;
	if (S_ISREG(st->st_mode) && statfs(proc, &fs) == 0 &&
	    fs.f_type == MQUEUE_FS)
		return KIND_MQUEUE;
	return kind_of(st, link);
}

static int
find(struct things *ts, dev_t dev, ino_t ino)
{
	int id = ts->bucket[(ino ^ dev) % BUCKETS];

	while (id >= 0) {
		struct thing *th = &ts->thing[id];

		if (th->ino == ino && th->dev == dev && !th->removed && ino)
			return id;
		id = th->next;
	}
	return -1;
}

/* The system's own files are counted apart, so that the learner's first file
 * is file 1.  */
static void
name_it(struct things *ts, struct thing *th)
{
	int n = ++ts->of_kind[th->system][th->kind];

	snprintf(th->name, sizeof(th->name), "%s%s %d",
		 th->system ? "system " : "", object_kind_name(th->kind), n);
}

/* What has no name in a folder has a link like "pipe:[123]", with a number
 * that is another in each run; what had one, ends in " (deleted)".  */
static void
set_path(struct tracing *t, struct thing *th, const char *link)
{
	char *end;

	if (th->kind == KIND_MEMORY && strncmp(link, "/dev/shm/", 9) != 0 &&
	    strncmp(link, "/memfd:", 7) != 0)
		return;
	if (strncmp(link, "/memfd:", 7) == 0)
		COPY_STR(th->path, link + 1);
	else if (link[0] == '/')
		thing_short_path(t, link, th->path, sizeof(th->path));
	else if (strncmp(link, "anon_inode:", 11) == 0 &&
		 th->kind == KIND_OTHER)
		COPY_STR(th->path, link);
	end = strstr(th->path, " (deleted)");
	if (end && th->kind == KIND_MEMORY)
		*end = '\0';
}

static int
add(struct tracing *t, enum object_kind kind, dev_t dev, ino_t ino,
    const char *link)
{
	struct things *ts = t->things;
	struct thing *th;
	int b = (ino ^ dev) % BUCKETS;

	ts->thing = xgrow(ts->thing, &ts->room, ts->n + 1, sizeof(*th));
	th = &ts->thing[ts->n];
	*th = (struct thing){
		.kind = kind,
		.dev = dev,
		.ino = ino,
		.next = ts->bucket[b],
	};
	set_path(t, th, link);
	th->system = path_is_system(th->path) &&
		     (kind == KIND_FILE || kind == KIND_DIRECTORY ||
		      kind == KIND_DEVICE || kind == KIND_SOCKET);
	name_it(ts, th);
	ts->bucket[b] = ts->n;
	return ts->n++;
}

/* Tell the first sight of an object.  */
static void
tell(struct tracing *t, struct task *k, int id)
{
	struct event *e = out_begin(t, k, WHAT_OBJECT);
	struct thing *th = thing(t, id);

	COPY_STR(e->object, th->name);
	e->kind = th->kind;
	COPY_STR(e->path, th->path);
	if (t->config.driven)
		decode_state(t, e, id);
	out_event(t, e);
}

void
thing_sent(struct tracing *t, int id, int description)
{
	struct things *ts = t->things;

	ts->sent = xgrow(ts->sent, &ts->room_sent, ts->n_sent + 1,
			 sizeof(*ts->sent));
	ts->sent[ts->n_sent++] = (struct sent){ id, description };
}

/* It may have been closed since it was sent: then its number is known from
 * the sending alone.  -1: none was sent.  */
static int
take_sent(struct tracing *t, int id, int description)
{
	struct things *ts = t->things;

	for (int i = 0; i < ts->n_sent; i++) {
		if (ts->sent[i].thing != id ||
		    (description >= 0 &&
		     ts->sent[i].description != description))
			continue;
		description = ts->sent[i].description;
		memmove(&ts->sent[i], &ts->sent[i + 1],
			(--ts->n_sent - i) * sizeof(*ts->sent));
		return description;
	}
	return description;
}

/* The number of an open file description: that of a descriptor, in this
 * task's table, on the same object and the same description (kcmp(2)), else
 * a new one.  Only for descriptors whose opening we did not see.  */
static int
description_of(struct tracing *t, struct task *k, int fd, int id)
{
	int sent;

	for (struct task *o = t->first; o; o = o->next) {
		if (!o->fds || o->phase == PHASE_ENDED)
			continue;
		for (size_t i = 0; i < o->fds->room; i++) {
			struct descriptor *d = descriptors_get(o->fds, i);

			if (d && d->object == id && d->description >= 0 &&
			    !(o == k && (int)i == fd) &&
			    probe_same_description(k->tid, fd, o->tid, i,
						   NULL) == 1)
				return take_sent(t, id, d->description);
		}
	}
	sent = take_sent(t, id, -1);
	return sent >= 0 ? sent : t->next_description++;
}

/* All descriptors of anonymous inodes share one inode (eventfd(2), epoll(7)
 * and the like): they are told apart by their open file description.  */
static bool
is_shared_inode(const struct stat *st)
{
	return (st->st_mode & S_IFMT) == 0;
}

static int
of_description(struct tracing *t, struct task *k, int fd)
{
	for (struct task *o = t->first; o; o = o->next) {
		if (!o->fds || o->phase == PHASE_ENDED)
			continue;
		for (size_t i = 0; i < o->fds->room; i++) {
			struct descriptor *d = descriptors_get(o->fds, i);

			if (d && d->object >= 0 &&
			    !(o == k && (int)i == fd) &&
			    thing(t, d->object)->ino == 0 &&
			    probe_same_description(k->tid, fd, o->tid, i,
						   NULL) == 1)
				return d->object;
		}
	}
	return -1;
}

struct descriptor *
thing_of_fd(struct tracing *t, struct task *k, int fd)
{
	struct descriptor *d = descriptors_get(k->fds, fd);
	struct descriptor new = { .description = -1 };
	char proc[64], link[PATH_MAX_LEN];
	struct probe_fd probed;
	struct stat st;
	ssize_t n;
	int id;

	if (d && d->object >= 0)
		return d;
	snprintf(proc, sizeof(proc), "/proc/%d/fd/%d", k->tid, fd);
	if (fd < 0 || stat(proc, &st) < 0)
		return NULL;
	id = is_shared_inode(&st) ? of_description(t, k, fd) :
	     find(t->things, st.st_dev, st.st_ino);
	if (id < 0) {
		n = readlink(proc, link, sizeof(link) - 1);
		link[n > 0 ? n : 0] = '\0';
		id = add(t, kind_of_link(&st, proc, link), st.st_dev,
			 is_shared_inode(&st) ? 0 : st.st_ino, link);
		tell(t, k, id);
	}
	if (d) {	/* its opening was seen: flags are known */
		d->object = id;
		if (d->description < 0)
			d->description = t->next_description++;
		return d;
	}
	if (probe_fd(k->tid, fd, &probed, NULL) == 0) {
		new.mode = probed.mode;
		new.cloexec = probed.cloexec;
		new.nonblock = probed.nonblock;
		new.append = probed.append;
	}
	new.object = id;
	new.description = description_of(t, k, fd, id);
	descriptors_set(k->fds, fd, new);
	return descriptors_get(k->fds, fd);
}

bool
thing_holder(struct tracing *t, int id, unsigned mode, struct task **k, int *fd)
{
	for (struct task *o = t->first; o; o = o->next) {
		if (!o->fds || o->phase == PHASE_ENDED)
			continue;
		for (size_t i = 0; i < o->fds->room; i++) {
			struct descriptor *d = descriptors_get(o->fds, i);

			if (d && d->object == id && (d->mode & mode)) {
				*k = o;
				*fd = i;
				return true;
			}
		}
	}
	return false;
}

int
thing_by_path(struct tracing *t, const char *path)
{
	char wanted[PATH_MAX_LEN];

	thing_short_path(t, path, wanted, sizeof(wanted));
	for (int id = t->things->n - 1; id >= 0; id--)
		if (!t->things->thing[id].removed &&
		    strcmp(t->things->thing[id].path, wanted) == 0)
			return id;
	return -1;
}

/* A FIFO is there, under its name, before anybody has a descriptor of it.  */
int
thing_fifo_at(struct tracing *t, struct task *k, const char *path)
{
	char real[PATH_MAX];
	struct stat st;
	int id;

	if (stat(path, &st) < 0 || !S_ISFIFO(st.st_mode) ||
	    !realpath(path, real) || real[0] != '/')
		return -1;
	id = find(t->things, st.st_dev, st.st_ino);
	if (id < 0) {
		id = add(t, KIND_FIFO, st.st_dev, st.st_ino, real);
		tell(t, k, id);
	}
	return id;
}

void
thing_set_path(struct tracing *t, int id, const char *path)
{
	struct thing *th = thing(t, id);

	if (th)
		thing_short_path(t, path, th->path, sizeof(th->path));
}

/* The object lives on as long as somebody has it open; but its inode number
 * may come back as another file, so it is not found by it any more, except
 * through tables that hold it already.  */
void
thing_removed(struct tracing *t, int id)
{
	struct thing *th = thing(t, id);

	/* The inode of a socket is not that of its name. */
	if (th && th->kind == KIND_SOCKET)
		th->path[0] = '\0';
	else if (th)
		th->removed = true;
}

/* ---- sockets that come into being before they have a descriptor ---- */

int
thing_expect(struct tracing *t, enum object_kind kind)
{
	return add(t, kind, 0, 0, "");
}

static void
unchain(struct things *ts, int id)
{
	struct thing *th = &ts->thing[id];
	int *at = &ts->bucket[(th->ino ^ th->dev) % BUCKETS];

	while (*at >= 0 && *at != id)
		at = &ts->thing[*at].next;
	if (*at == id)
		*at = th->next;
}

void
thing_arrived(struct tracing *t, int id, dev_t dev, ino_t ino)
{
	struct thing *th = thing(t, id);
	int b = (ino ^ dev) % BUCKETS;

	if (!th)
		return;
	unchain(t->things, id);
	th->dev = dev;
	th->ino = ino;
	th->next = t->things->bucket[b];
	t->things->bucket[b] = id;
}

int
thing_by_inode(struct tracing *t, enum object_kind kind, ino_t ino)
{
	for (int id = t->things->n - 1; id >= 0; id--)
		if (t->things->thing[id].kind == kind &&
		    t->things->thing[id].ino == ino)
			return id;
	return -1;
}

/* ---- locks ---- */

void
thing_locked(struct tracing *t, int id)
{
	struct thing *th = thing(t, id);

	if (th)
		th->locked = true;
}

bool
thing_locks(struct tracing *t, int id, struct object_state *s)
{
	struct thing *th = thing(t, id);

	return th && th->locked && probe_locks(th->dev, th->ino, s, NULL) == 0;
}

/* ---- objects without a descriptor ---- */

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
	int id = find(t->things, dev, ino);

	if (id < 0) {
		id = add(t, kind, dev, ino, link);
		tell(t, k, id);
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
	return id < 0 ? -1 : find(t->things, id_space_of(k, kind),
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
	struct thing *th = thing(t, id);

	return th && th->dev == id_space(th->kind) ? (int)th->ino - 1 : -1;
}

static enum object_kind
kind_of_mapping(const struct mapping *m)
{
	for (size_t i = 0; i < ARRAY_SIZE(links); i++)
		if (strncmp(m->path, links[i].start,
			    strlen(links[i].start)) == 0)
			return links[i].kind;
	return KIND_FILE;
}

/* The map may name another device than stat(2) does: on a file system that
 * lies over others (overlayfs, btrfs).  And what was removed lives on as long
 * as it is mapped.  */
static int
find_mapped(struct tracing *t, const struct mapping *m)
{
	struct things *ts = t->things;
	int id = find(ts, m->dev, m->ino);
	struct stat st;

	if (id < 0 && stat(m->path, &st) == 0 && S_ISREG(st.st_mode))
		id = find(ts, st.st_dev, st.st_ino);
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
		id = add(t, copy.path[0] ? kind_of_mapping(&copy) :
			 KIND_MEMORY, copy.dev, copy.ino, copy.path);
		tell(t, k, id);
		m = maps_at(t, k, copy.start);
	}
	if (m)
		m->thing = id;
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
	struct thing *th = thing(t, id);

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
	struct thing *th = thing(t, id);

	th->pid = k->pid;
	th->at = at;
	return id;
}

int
thing_at(struct tracing *t, struct task *k, enum object_kind kind, uint64_t at)
{
	struct place p = place_of(t, k, at);
	int id = p.memory;

	/* A named semaphore is its file.  */
	if (id < 0 || thing_kind(t, id) != kind)
		id = find_or_add(t, k, kind,
				 id_space(KIND_MAX + kind) - p.dev, p.ino, "");
	return remember_place(t, k, id, at);
}

int
thing_sync_at(struct tracing *t, struct task *k, uint64_t at)
{
	struct place p = place_of(t, k, at);

	if (p.memory >= 0 && thing_kind(t, p.memory) == KIND_SEMAPHORE)
		return remember_place(t, k, p.memory, at);
	for (int kind = KIND_SEMAPHORE; kind < KIND_FUTEX; kind++) {
		int id = find(t->things, id_space(KIND_MAX + kind) - p.dev,
			      p.ino);

		if (id >= 0)
			return remember_place(t, k, id, at);
	}
	return thing_at(t, k, KIND_FUTEX, at);
}

struct task *
thing_place(struct tracing *t, int id, uint64_t *at)
{
	struct thing *th = thing(t, id);

	if (!th || !th->at)
		return NULL;
	*at = th->at;
	for (struct task *o = t->first; o; o = o->next)
		if (o->pid == th->pid && o->phase != PHASE_ENDED)
			return o;
	return NULL;
}
