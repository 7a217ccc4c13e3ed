/*
 * Who has what mapped where (proc(5), /proc/PID/maps): of each process the
 * mappings that others can reach too, and those of files of its own.
 *
 * The list of a process is kept until it makes a call that may change it.  In
 * a free run such calls may pass unseen: there it is read each time.
 */
#include "config.h"

#include "tracer/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* The kernel can be asked for one mapping since 6.11 (include/uapi/linux/fs.h,
 * PROCMAP_QUERY): headers may be older.  */
struct query {
	uint64_t size, flags, address;
	uint64_t start, end, vma_flags, page_size, offset, inode;
	uint32_t major, minor, name_size, id_size;
	uint64_t name, id;
};
#define QUERY _IOWR('f', 17, struct query)
enum { QUERY_WRITES = 2, QUERY_SHARED = 8 };

enum {
	CODE_AT_ONCE = 65536,
	OTHERS_MAX = 64,	/* kept of mappings that are nobody else's */
	PAGES_MAX = 512,	/* above that descriptors are needed for more
				   than to be quick */
};

struct maps {
	bool fresh;		/* what is there is so */
	bool whole;		/* ... and it is all that is wanted */
	int fd;			/* lent: its /proc/PID/maps; 0: none */
	int pages;		/* probe_pages(); 0: none yet */
	int n;
	size_t room;
	struct mapping *mapping;
};

static bool
parse(const char *line, struct mapping *m)
{
	unsigned major, minor;

	m->path[0] = '\0';
	m->thing = m->looked = -1;
	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64
		   " %x:%x %lu %255[^\n]", &m->start, &m->end, m->perms,
		   &m->offset, &major, &minor, &m->ino, m->path) < 7)
		return false;
	m->dev = makedev(major, minor);
	return true;
}

static bool
is_wanted(const struct mapping *m)
{
	return m->perms[3] == 's' || (m->ino && !path_is_system(m->path));
}

static struct mapping *
keep(struct maps *maps, const struct mapping *m)
{
	maps->mapping = xgrow(maps->mapping, &maps->room, maps->n + 1,
			      sizeof(*m));
	maps->mapping[maps->n] = *m;
	return &maps->mapping[maps->n++];
}

static void
read_maps(struct task *k, struct maps *maps)
{
	char name[64], line[PATH_MAX_LEN + 128];
	struct mapping m;
	FILE *f;

	maps->n = 0;
	snprintf(name, sizeof(name), "/proc/%d/maps", k->tid);
	f = fopen(name, "re");
	maps->whole = true;
	while (f && fgets(line, sizeof(line), f)) {
		if (!parse(line, &m) || !is_wanted(&m))
			continue;
		keep(maps, &m);
	}
	if (f)
		fclose(f);
}

/* 1: it is mapped, 0: not, -1: the kernel cannot be asked that.  */
static int
query(pid_t tid, int lent, uint64_t at, struct mapping *m)
{
	struct query q = {
		.size = sizeof(q), .address = at,
		.name = (uintptr_t)m->path, .name_size = sizeof(m->path),
	};
	char name[64];
	int fd, rc;

	m->path[0] = '\0';
	snprintf(name, sizeof(name), "/proc/%d/maps", tid);
	fd = lent ? lent : open(name, O_RDONLY | O_CLOEXEC);
	rc = fd < 0 ? -1 : ioctl(fd, QUERY, &q);
	if (fd >= 0 && !lent)
		close(fd);
	if (rc < 0)
		return errno == ENOENT ? 0 : -1;
	m->start = q.start;
	m->end = q.end;
	m->offset = q.offset;
	m->dev = makedev(q.major, q.minor);
	m->ino = q.inode;
	m->thing = m->looked = -1;
	snprintf(m->perms, sizeof(m->perms), "r%c-%c",
		 q.vma_flags & QUERY_WRITES ? 'w' : '-',
		 q.vma_flags & QUERY_SHARED ? 's' : 'p');
	return 1;
}

/*
 * In a search one mapping after the other is asked for, as it is needed.  That
 * an address is nobody else's is kept, too: such a mapping may grow unseen, but
 * what takes its place is seen (filter.c).
 */
static struct mapping *
find_one(struct task *k, uint64_t at)
{
	struct maps *maps = k->leader->maps;
	struct mapping m, *found = NULL;

	if (!maps)
		maps = k->leader->maps = xcalloc(1, sizeof(*maps));
	if (!maps->fresh) {
		maps->n = 0;
		maps->whole = false;
	}
	maps->fresh = true;
	for (int i = 0; i < maps->n && !found; i++)
		if (maps->mapping[i].start <= at && at < maps->mapping[i].end)
			found = &maps->mapping[i];
	if (!found && !maps_ask(k, at, &m))
		return NULL;
	if (!found && (is_wanted(&m) || maps->n < OTHERS_MAX))
		found = keep(maps, &m);
	return found && is_wanted(found) ? found : NULL;
}

/* What can be written, or is shared: where programs have their data.  */
void
maps_prepare(struct task *k)
{
	struct maps *maps = k->leader->maps;
	char name[64], line[PATH_MAX_LEN + 128];
	struct mapping m;
	FILE *f;

	if (!maps)
		maps = k->leader->maps = xcalloc(1, sizeof(*maps));
	maps->n = 0;
	snprintf(name, sizeof(name), "/proc/%d/maps", k->tid);
	f = fopen(name, "re");
	maps->fresh = maps->whole = f != NULL;
	while (f && fgets(line, sizeof(line), f))
		if (parse(line, &m) && (m.perms[1] == 'w' || is_wanted(&m)))
			keep(maps, &m);
	if (f)
		fclose(f);
}

void
maps_inherit(struct task *k, const struct task *parent)
{
	const struct maps *from = parent->leader->maps;
	struct maps *maps;

	if (!from || !from->fresh || k->maps)
		return;
	maps = k->maps = xcalloc(1, sizeof(*maps));
	maps->fresh = true;
	maps->whole = from->whole;
	maps->mapping = xgrow(NULL, &maps->room, from->n + 1,
			      sizeof(*maps->mapping));
	maps->n = from->n;
	if (from->n > 0)
		memcpy(maps->mapping, from->mapping,
		       from->n * sizeof(*maps->mapping));
}

int
maps_of(struct tracing *t, struct task *k, struct mapping **list)
{
	struct task *leader = k->leader;

	/* Before it runs its program it is a copy of the lab.  */
	if (!t->exec_done) {
		*list = NULL;
		return 0;
	}
	if (!leader->maps)
		leader->maps = xcalloc(1, sizeof(*leader->maps));
	if (!leader->maps->fresh || !leader->maps->whole) {
		/* The thread in hand surely lives. */
		read_maps(k, leader->maps);
		leader->maps->fresh = t->config.driven;
	}
	*list = leader->maps->mapping;
	return leader->maps->n;
}

struct mapping *
maps_at(struct tracing *t, struct task *k, uint64_t at)
{
	struct mapping *m;
	int n;

	if (t->quiet)
		return t->exec_done ? find_one(k, at) : NULL;
	n = maps_of(t, k, &m);
	for (int i = 0; i < n; i++)
		if (m[i].start <= at && at < m[i].end)
			return &m[i];
	return NULL;
}

static bool
look(pid_t tid, int lent, uint64_t at, struct mapping *m)
{
	char name[64], line[PATH_MAX_LEN + 128];
	int asked = query(tid, lent, at, m);
	bool found = false;
	FILE *f;

	if (asked >= 0)
		return asked;
	snprintf(name, sizeof(name), "/proc/%d/maps", tid);
	f = fopen(name, "re");
	while (f && !found && fgets(line, sizeof(line), f))
		found = parse(line, m) && m->start <= at && at < m->end;
	if (f)
		fclose(f);
	return found;
}

bool
maps_look(pid_t tid, uint64_t at, struct mapping *m)
{
	return look(tid, 0, at, m);
}

bool
maps_ask(struct task *k, uint64_t at, struct mapping *m)
{
	return look(k->tid, k->leader->maps ? k->leader->maps->fd : 0, at, m);
}

void
maps_lent(struct task *k, int fd)
{
	if (!k->maps)
		k->maps = xcalloc(1, sizeof(*k->maps));
	k->maps->fd = fd;
}

/* ... and of those nothing is known any more.  */
static void
drop_some(struct maps *maps, uint64_t from, uint64_t to)
{
	int kept = 0;

	for (int i = 0; maps && i < maps->n; i++)
		if (maps->mapping[i].start >= to ||
		    maps->mapping[i].end <= from)
			maps->mapping[kept++] = maps->mapping[i];
	if (maps)
		maps->n = kept;
}

/* Of what is kept only: the loader changes much that is not.  */
void
maps_touched(struct tracing *t, struct task *k, uint64_t from, uint64_t to)
{
	struct mapping *m;
	int n;

	if (from < k->leader->accessed.end && to > k->leader->accessed.start)
		k->leader->accessed.end = 0;
	if (t->quiet) {
		drop_some(k->leader->maps, from, to);
		if (k->leader->maps)
			k->leader->maps->whole = false;
		return;
	}
	n = maps_of(t, k, &m);
	for (int i = 0; i < n; i++)
		if (m[i].start < to && from < m[i].end) {
			maps_changed(k);
			return;
		}
}

void
maps_changed(struct task *k)
{
	k->leader->accessed.end = 0;
	if (k->leader->maps) {
		k->leader->maps->fresh = false;
		k->leader->maps->fd = 0;
	}
}

static void
forget_pages(struct maps *maps)
{
	if (maps->pages > 0)
		close(maps->pages);
	maps->pages = 0;
}

/* Opened once for each program that it executes.  */
static bool
page_at(struct maps *maps, pid_t tid, uint64_t at, struct probe_page *page)
{
	int pages = maps->pages > 0 ? maps->pages : probe_pages(tid, NULL);
	bool told = pages >= 0 && probe_page(pages, at, page) == 0;

	if (told && pages < PAGES_MAX) {
		maps->pages = pages;
	} else if (pages >= 0) {
		close(pages);
		maps->pages = 0;
	}
	return told;
}

bool
maps_page(struct task *k, uint64_t at, struct probe_page *page)
{
	struct maps *maps = k->leader->maps;

	return page_at(maps, k->tid, at, page) ||
	       page_at(maps, k->tid, at, page);
}

void
maps_free(struct task *k)
{
	if (!k->maps)
		return;
	forget_pages(k->maps);
	free(k->maps->mapping);
	free(k->maps);
	k->maps = NULL;
}

/* rdtsc and rdtscp (Intel, Software Developer's Manual, volume 2).  */
static bool
reads_counter(pid_t tid, const struct mapping *m)
{
	unsigned char code[CODE_AT_ONCE];
	uint64_t at = m->start;
	ssize_t n;

	while (at + 2 < m->end && (n = memory_read(tid, at, code,
			m->end - at < sizeof(code) ? m->end - at
						   : sizeof(code))) > 2) {
		for (ssize_t i = 0; i + 2 < n; i++)
			if (code[i] == 0x0f &&
			    (code[i + 1] == 0x31 ||
			     (code[i + 1] == 0x01 && code[i + 2] == 0xf9)))
				return true;
		at += n - 2;
	}
	return false;
}

static bool
is_c_library(const char *path)
{
	const char *name = strrchr(path, '/');

	return name && (strncmp(name, "/libc.so", 8) == 0 ||
			strncmp(name, "/ld-", 4) == 0);
}

bool
maps_read_counter(pid_t tid)
{
	char name[64], line[PATH_MAX_LEN + 128];
	struct mapping m;
	bool any = false;
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%d/maps", tid);
	f = fopen(name, "re");
	while (f && !any && fgets(line, sizeof(line), f))
		any = parse(line, &m) && m.perms[2] == 'x' &&
		      m.path[0] != '[' && !is_c_library(m.path) &&
		      reads_counter(tid, &m);
	if (f)
		fclose(f);
	return any || !f;
}
