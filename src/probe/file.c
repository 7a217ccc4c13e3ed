/* Probing regular files, and whether an operation on any file would sleep.  */
#include "config.h"

#include "probe/probe.h"

#include "base/i18n.h"
#include "probe/handle.h"
#include "probe/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A description of our own to read through: O_NOATIME (the owner's right)
 * leaves the access time as the subject made it.  Else the duplicate itself,
 * if it is open for reading; -1 if nothing serves.
 */
static int
open_for_reading(int copy)
{
	char path[32];
	int fd, flags = fcntl(copy, F_GETFL);

	snprintf(path, sizeof(path), "/proc/self/fd/%d", copy);
	fd = open(path, O_RDONLY | O_NOATIME | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0)
		return fd;
	if (!(flags & O_PATH) && (flags & O_ACCMODE) != O_WRONLY)
		return copy;
	return open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

static void
read_start(int copy, struct object_state *out)
{
	int fd = open_for_reading(copy);
	ssize_t n;

	if (fd < 0)
		return;
	n = pread(fd, out->content, sizeof(out->content), 0);
	if (n >= 0)
		out->content_len = n;
	if (fd != copy)
		close(fd);
}

int
probe_file(pid_t pid, int fd, struct object_state *out, char **why)
{
	struct stat st;
	int flags, copy = handle_take(pid, fd, &flags, why);

	if (copy < 0)
		return -1;
	if (fstat(copy, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(copy);
		return fail(why, _("descriptor %d of process %d is not a "
				   "regular file"), fd, (int)pid);
	}
	state_clear(out);
	out->size = st.st_size;
	read_start(copy, out);
	close(copy);
	return 0;
}

/* What poll(2) says: 1 ready, 0 not, -1 with errno.  */
static int
poll_once(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	return handle_poll(&p);
}

/* Terminals, sockets, devices.  */
static int
poll_blocks(int fd, unsigned mode)
{
	int ready = poll_once(fd, mode == MODE_WRITE ? POLLOUT : POLLIN);

	return ready < 0 ? -1 : !ready;
}

static int
would_block(int fd, int flags, unsigned mode, int64_t count)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -1;
	if (flags & (O_NONBLOCK | O_PATH))
		return 0;
	if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) || S_ISBLK(st.st_mode))
		return 0;
	if (S_ISFIFO(st.st_mode))
		return pipe_would_block(fd, flags, mode, count);
	return poll_blocks(fd, mode);
}

int
probe_would_block(pid_t pid, int fd, unsigned mode, int64_t count, char **why)
{
	int flags, blocks, copy = handle_take(pid, fd, &flags, why);

	if (copy < 0)
		return -1;
	blocks = would_block(copy, flags, mode, count);
	if (blocks < 0)
		fail(why, _("cannot tell whether descriptor %d of process %d "
			    "is ready: %s"), fd, (int)pid, strerror(errno));
	close(copy);
	return blocks;
}

int
probe_ready(pid_t pid, int fd, short events, char **why)
{
	int flags, ready, copy = handle_take(pid, fd, &flags, why);

	if (copy < 0)
		return -1;
	ready = poll_once(copy, events);
	/* A read end opened anew does not know that writers were there and
	 * went (fifo(7)): say yes when in doubt.  */
	if (ready == 0 && events & POLLIN && pipe_is_at_end(copy, flags))
		ready = 1;
	if (ready < 0)
		fail(why, _("cannot tell whether descriptor %d of process %d "
			    "is ready: %s"), fd, (int)pid, strerror(errno));
	close(copy);
	return ready;
}
