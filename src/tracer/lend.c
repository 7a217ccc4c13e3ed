/* The memory of a server, kept while it is lent, and put back.  */
#include "config.h"

#include "tracer/lend.h"
#include "tracer/lend_inside.h"
#include "tracer/trace.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* Since Linux 6.7 (include/uapi/linux/fs.h): headers may be older.  */
struct scanned {
	uint64_t start, end, categories;
};
struct scan {
	uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
	uint64_t inverted, mask, any_of, wanted;
};
#define SCAN _IOWR('f', 16, struct scan)
enum { IS_FILE = 4, IS_PRESENT = 8, IS_SWAPPED = 16, IS_ZERO = 32 };

enum {
	MOST = 2 << 20,		/* bytes that are put back at most */
	AREAS_MAX = 512,
	PIECES_MAX = 256,	/* in one call: IOV_MAX is more */
	GONE_MAX = 16,		/* mappings that are removed again */
};

struct area {
	uint64_t start, end, offset, ino;
	char perms[5], device[16];
	bool heap;
};

struct areas {
	int n;
	struct area area[AREAS_MAX];
	char text[65536];
	ssize_t len;
};

struct lent {
	pid_t pid;
	int maps, pages;	/* /proc/PID/... */
	struct areas before, now;
	int n;
	size_t bytes;
	struct iovec here[PIECES_MAX], there[PIECES_MAX];
};

struct range {
	uint64_t start, end;
};

/* ---- mappings ---- */

static bool
parse(const char *line, struct area *a)
{
	return sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64
		      " %15s %" SCNu64, &a->start, &a->end, a->perms,
		      &a->offset, a->device, &a->ino) == 6;
}

static bool
read_text(int fd, struct areas *to)
{
	ssize_t n;

	to->len = 0;
	while ((n = pread(fd, to->text + to->len,
			  sizeof(to->text) - 1 - to->len, to->len)) > 0)
		to->len += n;
	to->text[to->len] = '\0';
	return n == 0 && to->len > 0 &&
	       to->len < (ssize_t)sizeof(to->text) - 1;
}

static bool
read_areas(struct areas *to)
{
	char *line = to->text, *end;

	for (to->n = 0; (end = strchr(line, '\n')); line = end + 1) {
		struct area *a = &to->area[to->n];
		const char *heap = strstr(line, "[heap]");

		if (to->n == AREAS_MAX || !parse(line, a))
			return false;
		a->heap = heap && heap < end;
		to->n++;
	}
	return true;
}

static bool
is_kept(const struct area *a)
{
	return a->perms[1] == 'w' && a->perms[3] == 'p';
}

/* Where a mapping ends that is there now, is of the same kind, and holds the
 * address; 0: there is none.  */
static uint64_t
same_until(const struct areas *now, const struct area *a, uint64_t at)
{
	for (int i = 0; i < now->n; i++) {
		const struct area *b = &now->area[i];

		if (at < b->start || at >= b->end)
			continue;
		return strcmp(a->perms, b->perms) == 0 && a->ino == b->ino &&
		       strcmp(a->device, b->device) == 0 &&
		       (!a->ino || a->offset - a->start ==
				   b->offset - b->start) ? b->end : 0;
	}
	return 0;
}

static bool
all_there(const struct lent *l)
{
	for (int i = 0; i < l->before.n; i++) {
		const struct area *a = &l->before.area[i];
		uint64_t at = a->start;

		while (at && at < a->end)
			at = same_until(&l->now, a, at);
		if (!at)
			return false;
	}
	return true;
}

/* The first of what lies between two addresses and was not mapped before.  */
static struct range
added(const struct areas *before, uint64_t from, uint64_t to)
{
	struct range r = { from, to };

	for (int i = 0; i < before->n && r.start < r.end; i++) {
		const struct area *a = &before->area[i];

		if (a->end <= r.start)
			continue;
		if (a->start > r.start) {
			r.end = a->start < r.end ? a->start : r.end;
			break;
		}
		r.start = a->end;
	}
	return r;
}

/* What came to be mapped, neighbours together.  -1: too many.  */
static int
find_added(const struct lent *l, struct range *gone)
{
	int n = 0;

	for (int i = 0; i < l->now.n; i++) {
		uint64_t at = l->now.area[i].start, end = l->now.area[i].end;

		while (at < end) {
			struct range r = added(&l->before, at, end);

			at = r.end;
			if (r.start >= r.end)
				break;
			if (n && gone[n - 1].end == r.start)
				gone[n - 1].end = r.end;
			else if (n == GONE_MAX)
				return -1;
			else
				gone[n++] = r;
		}
	}
	return n;
}

/* The heap grows by brk(2), behind its end: it must be told where that was.  */
static bool
is_heap_grown(const struct lent *l, uint64_t at)
{
	for (int i = 0; i < l->before.n; i++)
		if (l->before.area[i].heap && l->before.area[i].end == at)
			return true;
	return false;
}

static bool
has_new_heap(const struct lent *l)
{
	bool before = false, now = false;

	for (int i = 0; i < l->before.n; i++)
		before |= l->before.area[i].heap;
	for (int i = 0; i < l->now.n; i++)
		now |= l->now.area[i].heap;
	return now && !before;
}

static bool
remove_added(const struct range *gone, int n, const struct lent *l,
	     lend_call *call, void *with)
{
	for (int i = 0; i < n; i++) {
		bool heap = is_heap_grown(l, gone[i].start);
		uint64_t arg[] = { gone[i].start,
				   gone[i].end - gone[i].start };

		if (!call(with, heap ? SYS_brk : SYS_munmap, arg, 2))
			return false;
	}
	return true;
}

/* ---- what is in them ---- */

/* The end of the piece that holds the address; else *next is where the next
 * one begins, if that is before it.  */
static uint64_t
kept_until(const struct lent *l, uint64_t at, uint64_t *next)
{
	for (int i = 0; i < l->n; i++) {
		uint64_t start = (uintptr_t)l->there[i].iov_base;
		uint64_t end = start + l->there[i].iov_len;

		if (start <= at && at < end)
			return end;
		if (start > at && start < *next)
			*next = start;
	}
	return 0;
}

static struct iovec *
add_piece(struct lent *l, uint64_t start, uint64_t end)
{
	size_t size = end - start;

	if (l->n == PIECES_MAX || size > MOST - l->bytes)
		return NULL;
	l->there[l->n] = (struct iovec){ (void *)start, size };
	l->here[l->n] = (struct iovec){ xcalloc(1, size), size };
	l->bytes += size;
	return &l->here[l->n++];
}

/* In pages that were nobody's own there were zeros.  */
static bool
add_pieces(struct lent *l, uint64_t at, uint64_t end, bool is_read)
{
	while (at < end) {
		uint64_t next = end, until = kept_until(l, at, &next);
		struct iovec *to;

		if (until) {
			at = until;
			continue;
		}
		to = add_piece(l, at, next);
		if (!to || (is_read && memory_read(l->pid, at, to->iov_base,
				to->iov_len) != (ssize_t)to->iov_len))
			return false;
		at = next;
	}
	return true;
}

/* The pages that the process has of its own.  */
static bool
add_own(struct lent *l, const struct area *a, bool is_read)
{
	struct scanned found[64];
	struct scan s = {
		.size = sizeof(s), .start = a->start, .end = a->end,
		.vec = (uintptr_t)found, .vec_len = ARRAY_SIZE(found),
		.inverted = IS_FILE | IS_ZERO, .mask = IS_FILE | IS_ZERO,
		.any_of = IS_PRESENT | IS_SWAPPED, .wanted = IS_PRESENT,
	};

	while (s.start < a->end) {
		int n = ioctl(l->pages, SCAN, &s);

		if (n < 0 || s.walk_end <= s.start)
			return false;
		for (int i = 0; i < n; i++)
			if (!add_pieces(l, found[i].start, found[i].end,
					is_read))
				return false;
		s.start = s.walk_end;
	}
	return true;
}

static bool
keep(struct lent *l)
{
	for (int i = 0; i < l->before.n; i++) {
		const struct area *a = &l->before.area[i];

		/* A page of a file that is written to becomes one's own.  */
		if (is_kept(a) && !(a->ino ? a->end - a->start <= MOST &&
					     add_pieces(l, a->start, a->end,
							true)
					   : add_own(l, a, true)))
			return false;
	}
	return true;
}

static bool
put_back(struct lent *l)
{
	for (int i = 0; i < l->before.n; i++)
		if (is_kept(&l->before.area[i]) && !l->before.area[i].ino &&
		    !add_own(l, &l->before.area[i], false))
			return false;
	return process_vm_writev(l->pid, l->here, l->n, l->there, l->n, 0) ==
	       (ssize_t)l->bytes;
}

/* ---- all of it ---- */

static int
open_proc(pid_t pid, const char *what)
{
	char name[64];

	snprintf(name, sizeof(name), "/proc/%d/%s", pid, what);
	return open(name, O_RDONLY | O_CLOEXEC);
}

struct lent *
lend_begin(pid_t pid)
{
	struct lent *l;

	if (!lend_is_safe(pid))
		return NULL;
	l = xcalloc(1, sizeof(*l));
	l->pid = pid;
	l->maps = open_proc(pid, "maps");
	l->pages = open_proc(pid, "pagemap");
	if (l->maps >= 0 && l->pages >= 0 && read_text(l->maps, &l->before) &&
	    read_areas(&l->before) && keep(l))
		return l;
	lend_end(l);
	return NULL;
}

bool
lend_back(struct lent *l, lend_call *call, void *with)
{
	struct range gone[GONE_MAX];
	int n = 0;

	if (!read_text(l->maps, &l->now))
		return false;
	if (l->now.len != l->before.len ||
	    memcmp(l->now.text, l->before.text, l->now.len)) {
		if (!read_areas(&l->now) || !all_there(l) || has_new_heap(l))
			return false;
		n = find_added(l, gone);
	}
	/* First what is in it: the owner moves in there.  */
	return n >= 0 && put_back(l) && remove_added(gone, n, l, call, with);
}

int
lend_maps(const struct lent *l)
{
	return l->maps;
}

void
lend_end(struct lent *l)
{
	if (!l)
		return;
	for (int i = 0; i < l->n; i++)
		free(l->here[i].iov_base);
	if (l->maps >= 0)
		close(l->maps);
	if (l->pages >= 0)
		close(l->pages);
	free(l);
}
