/* The scratch pipe that probes copy into.  */
#include "config.h"

#include "probe/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int ends[2] = { -1, -1 };	/* read, write */
static int64_t size;			/* its capacity */
static int bin = -1;			/* /dev/null */

/* O_DIRECT (packet mode, pipe(2)): each write takes a page of its own, which
 * is what scratch_fits() counts on.  */
static bool
open_scratch(void)
{
	if (ends[0] >= 0)
		return true;
	if (bin < 0)
		bin = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (bin < 0 || pipe2(ends, O_CLOEXEC | O_NONBLOCK | O_DIRECT) < 0)
		return false;
	size = fcntl(ends[0], F_GETPIPE_SZ);
	return true;
}

/* tee(2) and splice(2) ask for signals first, even where they do not wait: the
 * timer of a search would break them off.  */
static ssize_t
tee_now(int fd, size_t n)
{
	ssize_t got;

	do
		got = tee(fd, ends[1], n, SPLICE_F_NONBLOCK);
	while (got < 0 && errno == EINTR);
	return got;
}

static ssize_t
throw_away(size_t n)
{
	ssize_t gone;

	do
		gone = splice(ends[0], NULL, bin, NULL, n, SPLICE_F_NONBLOCK);
	while (gone < 0 && errno == EINTR);
	return gone;
}

/* Without copying: the pages go to /dev/null as they are.  */
static void
empty_scratch(void)
{
	while (throw_away(size) > 0)
		;
}

bool
scratch_fit(int64_t capacity)
{
	int now;

	if (!open_scratch())
		return false;
	if (size == capacity)
		return true;
	now = fcntl(ends[1], F_SETPIPE_SZ, (int)capacity);
	if (now < 0)
		return false;
	size = now;
	return size == capacity;
}

int
scratch_peek(int fd, char *data, int room)
{
	ssize_t n, got;

	if (!open_scratch())
		return -1;
	n = tee_now(fd, room);
	if (n <= 0)
		return n;
	/* A packet ends a read, however many follow.  */
	for (n = 0; n < room; n += got) {
		got = read(ends[0], data + n, room - n);
		if (got <= 0)
			break;
	}
	empty_scratch();
	return n;
}

/*
 * tee(2) copies page by page and never merges.  So fill the scratch pipe with
 * as many pages as are asked for and copy the rest: all of it arrives just
 * when pages in use and pages asked for fit together.
 */
int
scratch_fits(int fd, int64_t capacity, int64_t bytes, int pages,
	     int64_t *before)
{
	ssize_t n = 0;
	int full = 0;

	if (!scratch_fit(capacity))
		return -1;
	while (full < pages && write(ends[1], "", 1) == 1)
		full++;
	if (full == pages)
		n = tee_now(fd, bytes);
	empty_scratch();
	*before = n > 0 ? n : 0;
	return full == pages && *before == bytes;
}

bool
scratch_merges(int fd, int64_t bytes, int64_t before)
{
	char page[65536];	/* the largest page that Linux has */
	ssize_t n = 0;

	/* Room for one page behind the last, even if that is the only one. */
	if (before || scratch_fit(2 * sysconf(_SC_PAGESIZE)))
		n = tee_now(fd, bytes);
	for (int64_t gone = 0; n > 0 && gone < before; gone += n)
		n = throw_away(before - gone);
	/* A read goes on from one page to the next, unless it is a packet. */
	if (n > 0 && write(ends[1], "", 1) == 1)
		n = read(ends[0], page, sizeof(page));
	empty_scratch();
	return n > bytes - before;
}
