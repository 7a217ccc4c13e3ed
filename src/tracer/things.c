/*
 * Objects and their names: "pipe 1" is the first pipe that the run showed.
 * An object is known by kind, device and inode, which the kernel tells for
 * any open descriptor (stat(2) through /proc/PID/fd).
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/things.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

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

void
things_copy(struct tracing *t, const struct tracing *from)
{
	const struct things *of = from->things;
	struct things *ts = t->things;

	free(ts->thing);
	free(ts->sent);
	*ts = *of;
	ts->thing = NULL;
	ts->sent = NULL;
	ts->room = ts->room_sent = 0;
	ts->thing = xgrow(NULL, &ts->room, of->n + 1, sizeof(*ts->thing));
	memcpy(ts->thing, of->thing, of->n * sizeof(*of->thing));
	ts->n_sent = 0;		/* these are on their way in from */
}

int
things_count(struct tracing *t)
{
	return t->things->n;
}

struct thing *
thing_row(struct tracing *t, int id)
{
	return id >= 0 && id < t->things->n ? &t->things->thing[id] : NULL;
}

const char *
thing_name(struct tracing *t, int id)
{
	struct thing *th = thing_row(t, id);

	return th ? th->name : "";
}

enum object_kind
thing_kind(struct tracing *t, int id)
{
	struct thing *th = thing_row(t, id);

	return th ? th->kind : KIND_NONE;
}

const char *
thing_path(struct tracing *t, int id)
{
	struct thing *th = thing_row(t, id);

	return th ? th->path : "";
}

bool
thing_is_system(struct tracing *t, int id)
{
	struct thing *th = thing_row(t, id);

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

pid_t
path_process(const char *path, const char **rest)
{
	char *end;
	long pid;

	if (strncmp(path, "/proc/", 6) != 0 || path[6] < '1' || path[6] > '9')
		return 0;
	pid = strtol(path + 6, &end, 10);
	if (*end && *end != '/')
		return 0;
	*rest = end;
	return pid <= INT_MAX ? (pid_t)pid : 0;
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

enum object_kind
thing_kind_of_name(const char *link)
{
	for (size_t i = 0; i < ARRAY_SIZE(links); i++)
		if (strncmp(link, links[i].start, strlen(links[i].start)) == 0)
			return links[i].kind;
	return KIND_NONE;
}

enum { MQUEUE_FS = 0x19800202 };	/* MQUEUE_MAGIC of <linux/magic.h> */

enum object_kind
thing_kind_of_file(const struct stat *st, const char *proc, const char *link)
{
	struct statfs fs;

	enum object_kind kind = thing_kind_of_name(link);

	if (kind != KIND_NONE)
		return kind;
	if (S_ISREG(st->st_mode) && statfs(proc, &fs) == 0 &&
	    fs.f_type == MQUEUE_FS)
		return KIND_MQUEUE;
	return kind_of(st, link);
}

int
thing_find(struct things *ts, dev_t dev, ino_t ino)
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

bool
thing_is_file(struct tracing *t, int id, const struct stat *st)
{
	return id >= 0 && id == thing_find(t->things, st->st_dev, st->st_ino);
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

/* A POSIX queue is a file below /dev/mqueue, if that is mounted; its name is
 * the same without that folder (mq_overview(7)).  */
static const char mqueue_folder[] = "/dev/mqueue";

static const char *
mqueue_name(const char *path)
{
	size_t n = sizeof(mqueue_folder) - 1;

	return strncmp(path, mqueue_folder, n) == 0 && path[n] == '/' ?
	       path + n : path;
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
	else if (th->kind == KIND_MQUEUE)
		COPY_STR(th->path, mqueue_name(link));
	else if (link[0] == '/')
		thing_short_path(t, link, th->path, sizeof(th->path));
	else if (strncmp(link, "anon_inode:", 11) == 0 &&
		 th->kind == KIND_OTHER)
		COPY_STR(th->path, link);
	end = strstr(th->path, " (deleted)");
	if (end && (th->kind == KIND_MEMORY || th->kind == KIND_MQUEUE))
		*end = '\0';
}

int
thing_add(struct tracing *t, enum object_kind kind, dev_t dev, ino_t ino,
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
void
thing_tell(struct tracing *t, struct task *k, int id)
{
	struct thing *th = thing_row(t, id);
	struct event *e;

	if (t->quiet)
		return;
	e = out_begin(t, k, WHAT_OBJECT);
	COPY_STR(e->object, th->name);
	e->kind = th->kind;
	COPY_STR(e->path, th->path);
	if (t->config.driven)
		decode_state(t, e, id);
	out_event(t, e);
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
	const char *name = mqueue_name(path);
	char wanted[PATH_MAX_LEN];

	thing_short_path(t, name, wanted, sizeof(wanted));
	for (int id = t->things->n - 1; id >= 0; id--) {
		struct thing *th = &t->things->thing[id];

		if (!th->removed && strcmp(th->path, wanted) == 0 &&
		    (th->kind == KIND_MQUEUE) == (name != path))
			return id;
	}
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
	id = thing_find(t->things, st.st_dev, st.st_ino);
	if (id < 0) {
		id = thing_add(t, KIND_FIFO, st.st_dev, st.st_ino, real);
		thing_tell(t, k, id);
	}
	return id;
}

void
thing_set_path(struct tracing *t, int id, const char *path)
{
	struct thing *th = thing_row(t, id);

	if (th)
		thing_short_path(t, path, th->path, sizeof(th->path));
}

/* The object lives on as long as somebody has it open; but its inode number
 * may come back as another file, so it is not found by it any more, except
 * through tables that hold it already.  */
void
thing_removed(struct tracing *t, int id)
{
	struct thing *th = thing_row(t, id);

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
	return thing_add(t, kind, 0, 0, "");
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
	struct thing *th = thing_row(t, id);
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
	struct thing *th = thing_row(t, id);

	if (th)
		th->locked = true;
}

bool
thing_locks(struct tracing *t, int id, struct object_state *s)
{
	struct thing *th = thing_row(t, id);

	return th && th->locked && probe_locks(th->dev, th->ino, s, NULL) == 0;
}
