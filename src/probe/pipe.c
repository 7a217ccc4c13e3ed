/*
 * Probing pipes and FIFOs.
 *
 * A pipe is a ring of pages (pipe(7)): a write fills fresh pages, after its
 * odd bytes have gone into the last page in use if they fit there whole.  So
 * whether a write sleeps depends on pages, not on bytes.
 */
#include "config.h"

#include "probe/probe.h"

#include "base/i18n.h"
#include "probe/handle.h"
#include "probe/pipe.h"
#include "probe/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* What a pipe says of itself.  */
struct pipe_facts {
	int flags;		/* F_GETFL of the subject's descriptor */
	int64_t bytes, capacity;
	short events;		/* POLLOUT, POLLERR: the write end */
};

static int
read_facts(int fd, int flags, struct pipe_facts *p)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLOUT };
	int bytes;

	p->flags = flags;
	p->capacity = fcntl(fd, F_GETPIPE_SZ);
	if (p->capacity < 0 || ioctl(fd, FIONREAD, &bytes) < 0)
		return -1;
	p->bytes = bytes;
	if (handle_poll(&poll_fd) < 0)
		return -1;
	p->events = poll_fd.revents;
	return 0;
}

static bool
is_named(int fd)
{
	char path[32], target[8] = "";

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return readlink(path, target, sizeof(target) - 1) > 0 &&
	       strncmp(target, "pipe:", 5) != 0;
}

/*
 * A read end for tee(2): fd itself, or for a write end a new one, through
 * /proc.  A FIFO without readers is left alone (-1): a new reader would wake
 * whoever sleeps in open(2) there (fifo(7)).
 */
static int
read_end(int fd, const struct pipe_facts *p)
{
	char path[32];

	if ((p->flags & O_ACCMODE) != O_WRONLY)
		return fd;
	if ((p->events & POLLERR) && is_named(fd))
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

static void
close_read_end(int end, int fd)
{
	if (end >= 0 && end != fd)
		close(end);
}

static void
read_content(int fd, const struct pipe_facts *p, struct object_state *out)
{
	int end, n;

	if (p->bytes == 0) {
		out->content_len = 0;
		return;
	}
	end = read_end(fd, p);
	if (end < 0)
		return;
	scratch_fit(p->capacity);
	n = scratch_peek(end, out->content, sizeof(out->content));
	if (n >= 0)
		out->content_len = n;
	close_read_end(end, fd);
}

void
state_clear(struct object_state *s)
{
	s->known = true;
	s->bytes = s->capacity = s->size = -1;
	s->read_ends = s->write_ends = -1;
	s->content_len = -1;
}

int
probe_pipe(pid_t pid, int fd, struct object_state *out, char **why)
{
	struct pipe_facts p;
	int flags, copy = handle_take(pid, fd, &flags, why);

	if (copy < 0)
		return -1;
	if (read_facts(copy, flags, &p) < 0) {
		close(copy);
		return fail(why, _("descriptor %d of process %d is not a "
				   "pipe"), fd, (int)pid);
	}
	state_clear(out);
	out->bytes = p.bytes;
	out->capacity = p.capacity;
	read_content(copy, &p, out);
	close(copy);
	return 0;
}

/* Empty, and somebody may still write.  tee(2) tells the two apart without
 * taking anything; poll(2) does not, on a FIFO that never had a writer.  */
static int
read_blocks(int fd, const struct pipe_facts *p)
{
	char byte;

	if ((p->flags & O_ACCMODE) == O_WRONLY || p->bytes > 0)
		return 0;
	return scratch_peek(fd, &byte, 1) < 0 && errno == EAGAIN;
}

/*
 * Would all of count go in at once?  The odd bytes need a page of their own
 * unless they fit behind those in the last page in use; that page's length is
 * what a copy leaves out that is one page short of room.  (Where a page was
 * read in part and is also the last, what is gone is not seen: the answer
 * then is too hopeful by that much.)
 */
static bool
write_fits(int end, const struct pipe_facts *p, int64_t count)
{
	int64_t page = sysconf(_SC_PAGESIZE), odd = count % page;
	int64_t before, ignored;
	int slots = p->capacity / page, pages = count / page;
	int need = pages + (odd > 0), fits;

	if (p->bytes == 0)
		return need <= slots;
	fits = scratch_fits(end, p->capacity, p->bytes, need, &before);
	if (fits < 0)		/* cannot be told: count bytes */
		return p->bytes + count <= p->capacity;
	if (fits || odd == 0)
		return fits;
	if (pages && scratch_fits(end, p->capacity, p->bytes, pages,
				  &ignored) <= 0)
		return false;
	return p->bytes - before + odd <= page &&
	       scratch_merges(end, p->bytes, before);
}

static int
write_blocks(int fd, const struct pipe_facts *p, int64_t count)
{
	int end, blocks;

	if ((p->flags & O_ACCMODE) == O_RDONLY || (p->events & POLLERR))
		return 0;	/* EBADF; EPIPE */
	if ((p->events & POLLOUT) && count <= sysconf(_SC_PAGESIZE))
		return 0;	/* a page is free */
	if (count > p->capacity)
		return 1;
	end = read_end(fd, p);
	blocks = end < 0 || !write_fits(end, p, count);
	close_read_end(end, fd);
	return blocks;
}

int
pipe_would_block(int fd, int flags, unsigned mode, int64_t count)
{
	struct pipe_facts p;

	if (count == 0)
		return 0;
	if (read_facts(fd, flags, &p) < 0)
		return -1;
	return mode == MODE_WRITE ? write_blocks(fd, &p, count)
				  : read_blocks(fd, &p);
}

bool
pipe_is_at_end(int fd, int flags)
{
	struct pipe_facts p;
	char byte;

	return read_facts(fd, flags, &p) == 0 && p.bytes == 0 &&
	       (p.flags & O_ACCMODE) != O_WRONLY &&
	       scratch_peek(fd, &byte, 1) == 0;
}
