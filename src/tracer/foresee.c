/*
 * Would the call that a task is held before sleep?  The kernel is asked, by
 * probes of the descriptors.  A call with a limit of time never counts as
 * asleep here: it ends by itself.  Where the answer is not known it is no:
 * then the task goes, and is seen to sleep.
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/decode.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FDS_MAX = 64, PARTS_MAX = 64 };

/* The child that a wait asks for: 0 for any (process groups are taken for
 * any: then the task goes, and is seen to sleep).  */
static pid_t
wanted_child(const struct task *k)
{
	if (k->nr == SYS_wait4)
		return (pid_t)k->arg[0] > 0 ? (pid_t)k->arg[0] : 0;
	if (k->arg[0] == 3)	/* P_PIDFD of newer headers */
		return probe_pidfd(k->tid, (int)k->arg[1]);
	return k->arg[0] == P_PID ? (pid_t)k->arg[1] : 0;
}

static bool
has_zombie_or_no_child(struct tracing *t, struct task *k)
{
	pid_t wanted = wanted_child(k);
	bool child = false;
	size_t n = strlen(k->leader->name);

	for (struct task *o = t->first; o; o = o->next) {
		if (strncmp(o->name, k->leader->name, n) || o->name[n] != '.' ||
		    strpbrk(o->name + n + 1, ".:") ||
		    (wanted && o->tid != wanted))
			continue;
		if (o->phase == PHASE_ENDED && !o->reaped)
			return true;
		child |= o->phase != PHASE_ENDED;
	}
	return !child;
}

/* Somebody who sleeps in open(2) of a FIFO counts as one who has it open:
 * that is how two can meet there (fifo(7)).  */
static bool
somebody_opens(struct tracing *t, int id, uint64_t access)
{
	for (struct task *o = t->first; o; o = o->next)
		if (o->phase == PHASE_ASLEEP && o->thing == id && o->call &&
		    o->call->does == DOES_OPEN &&
		    (decode_open_flags(o) & O_ACCMODE) == access)
			return true;
	return false;
}

/* Opening a FIFO waits for the other side (fifo(7)).  */
bool
foresee_open(struct tracing *t, struct task *k)
{
	uint64_t flags = decode_open_flags(k);
	bool writes = (flags & O_ACCMODE) == O_WRONLY;
	struct task *o;
	int fd;

	if (thing_kind(t, k->thing) != KIND_FIFO ||
	    (flags & (O_NONBLOCK | O_PATH)) || (flags & O_ACCMODE) == O_RDWR)
		return false;
	return !somebody_opens(t, k->thing, writes ? O_RDONLY : O_WRONLY) &&
	       !thing_holder(t, k->thing, writes ? MODE_READ : MODE_WRITE, &o,
			     &fd);
}

/* A write of more than PIPE_BUF bytes goes into a pipe piece by piece
 * (pipe(7)), the odd bytes first: it sleeps at once, with nothing done, only
 * where these have no place.  Else it moves, and others may move then.  */
static int64_t
first_piece(int64_t count)
{
	int64_t page = sysconf(_SC_PAGESIZE);

	if (count <= PIPE_BUF)
		return count;
	return count % page ? count % page : page;
}

static bool
write_would_sleep(struct task *k, int64_t count)
{
	return probe_would_block(k->tid, k->e.fd, MODE_WRITE,
				 first_piece(count), NULL) == 1;
}

/* All the bytes of a readv() or writev(); 0: not known.  */
static int64_t
total_of_parts(struct task *k)
{
	struct iovec part[PARTS_MAX];
	uint64_t n = k->arg[2];
	int64_t total = 0;

	if (n > PARTS_MAX || k->nr == SYS_vmsplice ||
	    memory_read(k->tid, k->arg[1], part, n * sizeof(*part)) !=
	    (ssize_t)(n * sizeof(*part)))
		return 0;
	for (uint64_t i = 0; i < n; i++)
		total += part[i].iov_len;
	return total;
}

/* splice(), tee(), sendfile(): from a pipe with nothing in it, or into one
 * without a free page.  */
bool
foresee_move(struct tracing *t, struct task *k)
{
	int fd[2] = { -1, -1 }, n = 0;
	bool to_first = k->nr == SYS_sendfile;

	(void)t;
	for (int i = 0; i < 6; i++) {
		if (k->call->arg[i].kind == ARG_SPLICE_FLAGS &&
		    k->arg[i] & SPLICE_F_NONBLOCK)
			return false;
		if (k->call->arg[i].kind == ARG_FD && n < 2)
			fd[n++] = k->arg[i];
	}
	return probe_would_block(k->tid, fd[to_first], MODE_READ, 1,
				 NULL) == 1 ||
	       probe_would_block(k->tid, fd[!to_first], MODE_WRITE,
				 sysconf(_SC_PAGESIZE), NULL) == 1;
}

static bool
any_ready(struct task *k, const struct pollfd *fds, int n)
{
	for (int i = 0; i < n; i++)
		if (fds[i].fd >= 0 && probe_signalfd(k->tid, fds[i].fd)
		    ? !foresee_signalfd(k, fds[i].fd) : fds[i].fd >= 0 &&
		    probe_ready(k->tid, fds[i].fd, fds[i].events, NULL) != 0)
			return true;
	return false;
}

static bool
poll_would_sleep(struct task *k)
{
	struct pollfd fds[FDS_MAX];
	uint64_t n = k->arg[1];

	return n <= FDS_MAX &&
	       memory_read(k->tid, k->arg[0], fds, n * sizeof(*fds)) ==
	       (ssize_t)(n * sizeof(*fds)) && !any_ready(k, fds, n);
}

/* One of the three sets, as far as it goes; NULL in the subject: empty.  */
static bool
read_set(struct task *k, int which, int n, fd_set *set)
{
	size_t size = (n + 63) / 64 * 8;	/* whole words, as the kernel */

	FD_ZERO(set);
	return k->arg[which] == 0 ||
	       memory_read(k->tid, k->arg[which], set, size) == (ssize_t)size;
}

static bool
select_would_sleep(struct task *k)
{
	static const short events[] = { 0, POLLIN, POLLOUT, POLLPRI };
	int n = k->arg[0];
	fd_set set;

	if (n < 0 || n > FD_SETSIZE)
		return false;
	for (int which = 1; which <= 3; which++) {
		if (!read_set(k, which, n, &set))
			return false;
		for (int fd = 0; fd < n; fd++) {
			struct pollfd one = { fd, events[which], 0 };

			if (FD_ISSET(fd, &set) && any_ready(k, &one, 1))
				return false;
		}
	}
	return true;
}

/* The time is the argument behind, as milliseconds or at an address; 0 for
 * an address: without a limit.  */
static bool
waits_for_ever(struct task *k)
{
	for (int i = 0; i < 6; i++) {
		enum arg_kind kind = k->call->arg[i].kind;
		const char *name = k->call->arg[i].name;

		if (kind == ARG_TIMEVAL || kind == ARG_TIMESPEC)
			return k->arg[i] == 0;
		if (name && strcmp(name, "timeout") == 0)
			return (int)k->arg[i] < 0;
	}
	return false;
}

bool
foresee_poll(struct tracing *t, struct task *k)
{
	const char *first = k->call->arg[0].name;

	(void)t;
	if (!waits_for_ever(k))
		return false;
	if (strcmp(first, "fds") == 0)
		return poll_would_sleep(k);
	if (strcmp(first, "nfds") == 0)
		return select_would_sleep(k);
	return probe_ready(k->tid, k->arg[0], POLLIN, NULL) == 0; /* epoll */
}

static bool
has_stopped_child(const struct tracing *t, const struct task *k)
{
	for (const struct task *o = t->first; o; o = o->next)
		if (o->leader == o && o->stopped && o->phase != PHASE_ENDED &&
		    o->parent == k->leader->number)
			return true;
	return false;
}

/* A child that is stopped may have been told of before, and who has been
 * continued is not known: then it is seen when it does sleep.  */
bool
foresee_wait(struct tracing *t, struct task *k)
{
	uint64_t options = 0;

	for (int i = 0; i < 6; i++)
		if (k->call->arg[i].kind == ARG_WAIT_OPTIONS)
			options = k->arg[i];
	if (options & (WNOHANG | WCONTINUED) ||
	    (options & WUNTRACED && has_stopped_child(t, k)))
		return false;
	return !has_zombie_or_no_child(t, k);
}

bool
foresee_read(struct tracing *t, struct task *k)
{
	if (thing_kind(t, k->thing) == KIND_SIGNALFD)
		return foresee_signalfd(k, k->e.fd);
	return probe_would_block(k->tid, k->e.fd, MODE_READ, k->arg[2],
				 NULL) == 1;
}

bool
foresee_readv(struct tracing *t, struct task *k)
{
	(void)t;
	return probe_would_block(k->tid, k->e.fd, MODE_READ,
				 total_of_parts(k), NULL) == 1;
}

bool
foresee_write(struct tracing *t, struct task *k)
{
	if (thing_kind(t, k->thing) == KIND_SOCKET)
		return foresee_send(t, k);
	return write_would_sleep(k, k->arg[2]);
}

bool
foresee_writev(struct tracing *t, struct task *k)
{
	if (thing_kind(t, k->thing) == KIND_SOCKET)
		return foresee_send(t, k);
	return write_would_sleep(k, total_of_parts(k));
}

bool
foresee_sleep(struct tracing *t, struct task *k)
{
	const struct decoder *d = decoder_of(k->call);

	/* A signal that waits breaks off a sleep before it begins.  */
	return d->would_sleep && d->would_sleep(t, k) &&
	       !stop_signal_waits(k);
}
