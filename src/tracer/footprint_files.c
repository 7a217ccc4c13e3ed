/* What calls on descriptors touch: pipes, files, sockets, copies of ends.  */
#include "config.h"

#include "tracer/footprint_inside.h"
#include "tracer/sockets.h"
#include "tracer/things.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PARTS_MAX = 64 };

/* ---- descriptors ---- */

/* How many descriptors there are, in all tables, to this side of an object. */
static int
count_ends(struct tracing *t, int id, unsigned mode)
{
	int n = 0;

	for (struct task *o = t->first; o; o = o->next) {
		/* Threads share a table: counted with the first.  */
		if (!o->fds || o->phase == PHASE_ENDED || o->leader != o)
			continue;
		for (size_t i = 0; i < o->fds->room; i++) {
			struct descriptor *d = descriptors_get(o->fds, i);

			n += d && d->object == id && d->mode & mode;
		}
	}
	return n;
}

static void
close_pipe(struct foot *f, const struct descriptor *d)
{
	if (d->mode & MODE_READ)
		foot_thing(f, ACT_PIPE_CLOSE_READ, d->object)->value =
			count_ends(f->t, d->object, MODE_READ);
	if (d->mode & MODE_WRITE)
		foot_thing(f, ACT_PIPE_CLOSE_WRITE, d->object)->value =
			count_ends(f->t, d->object, MODE_WRITE);
}

/* Only the last descriptor of a socket closes it.  */
static void
close_socket(struct foot *f, const struct descriptor *d)
{
	int peer = sockets_peer(f->t, d->object);

	if (count_ends(f->t, d->object, MODE_READ | MODE_WRITE) > 1)
		return;
	foot_thing(f, ACT_SOCKET_CONTROL, d->object);
	if (peer >= 0)
		foot_thing(f, ACT_SOCKET_CONTROL, peer);
	if (sockets_is_listening(f->t, d->object))
		foot_common(f, ACT_NAME_CHANGE, COMMON_ADDRESSES);
}

void
foot_close(struct foot *f, int fd)
{
	struct descriptor *d = descriptors_get(f->k->fds, fd);
	const struct thing *th;

	if (!d || d->object < 0)
		return;
	th = thing_row(f->t, d->object);
	switch (th->kind) {
	case KIND_PIPE:
	case KIND_FIFO:
		close_pipe(f, d);
		break;
	case KIND_SOCKET:
		close_socket(f, d);
		break;
	case KIND_MQUEUE:
		if (f->k->leader->notified)
			foot_thing(f, ACT_QUEUE_CONTROL, d->object);
		break;
	default:
		if (th->locked)
			foot_thing(f, ACT_FILE_UNLOCK, d->object);
	}
}

void
foot_closes(struct foot *f)
{
	foot_close(f, (int)f->arg[0]);
	if (foot_is_threaded(f->k)) {
		struct touch *touch = foot_own(f, ACT_FD_CHANGE, SPACE_TABLE,
					       f->k);

		touch->from = (uint32_t)f->arg[0];
		touch->to = touch->from + 1;
	}
}

void
foot_closes_range(struct foot *f)
{
	uint64_t last = f->arg[1];

	for (size_t i = f->arg[0]; i < f->k->fds->room && i <= last; i++)
		foot_close(f, (int)i);
	foot_makes_fd(f);
}

void
foot_makes_fd(struct foot *f)
{
	if (f->nr == SYS_pidfd_getfd)
		foot_takes_fd(f);
	if (foot_is_threaded(f->k))
		foot_own(f, ACT_FD_CHANGE, SPACE_TABLE, f->k);
}

void
foot_dups(struct foot *f)
{
	foot_makes_fd(f);
	if (f->nr != SYS_dup && f->arg[0] != f->arg[1])
		foot_close(f, (int)f->arg[1]);
}

/* Which descriptor it became is known.  */
void
foot_dups_after(struct foot *f)
{
	struct touch *touch = foot_find(f, ACT_FD_CHANGE);

	if (touch && f->k->e.result >= 0) {
		touch->from = (uint64_t)f->k->e.result;
		touch->to = touch->from + 1;
	}
}

/* ---- files ---- */

/* Before a write: how large it is now.  A write beyond its end changes what
 * lies between, and how much other such writes change.  */
static void
note_size(struct foot *f, int fd)
{
	char proc[64];
	struct stat st;

	snprintf(proc, sizeof(proc), "/proc/%d/fd/%d", f->k->tid, fd);
	f->k->file_size = stat(proc, &st) == 0 ? st.st_size : -1;
}

static void
set_range(struct foot *f, struct touch *touch, int64_t from, int64_t count)
{
	if (from < 0 || count < 0 || from > INT64_MAX - count)
		return;
	touch->from = (uint64_t)from;
	touch->to = (uint64_t)(from + count);
	if (touch->act == ACT_FILE_WRITE && from + count > f->k->file_size) {
		touch->from = f->k->file_size < 0 ? 0 :
			      from < f->k->file_size ? (uint64_t)from :
			      (uint64_t)f->k->file_size;
		touch->to = UINT64_MAX;
	}
	/* 0, 0 would be all: nothing is moved.  */
	if (touch->to == 0)
		touch->to = 1;
}

static void
use_offset(struct foot *f, const struct descriptor *d, int64_t offset)
{
	if (offset < 0)
		foot_touch(f, ACT_OFFSET_USE,
			   number_of_description(f->t, d->description));
}

static void
read_file(struct foot *f, const struct descriptor *d, int64_t count,
	  int64_t offset)
{
	struct touch *touch = foot_thing(f, ACT_FILE_READ, d->object);

	set_range(f, touch, offset, count);
	use_offset(f, d, offset);
}

static void
write_file(struct foot *f, const struct descriptor *d, int fd, int64_t count,
	   int64_t offset)
{
	struct touch *touch;

	note_size(f, fd);
	touch = foot_thing(f, d->append ? ACT_FILE_APPEND : ACT_FILE_WRITE,
			   d->object);
	set_range(f, touch, d->append ? -1 : offset, count);
	use_offset(f, d, offset);
}

static void
read_counter(struct foot *f, const struct descriptor *d)
{
	struct touch *touch = foot_thing(f, ACT_COUNTER_TAKE, d->object);

	touch->gives_up = d->nonblock;
	if (thing_kind(f->t, d->object) == KIND_TIMERFD)
		foot_common(f, ACT_TIMER, COMMON_TIME);
}

void
foot_read(struct foot *f, int fd, int64_t count, int64_t offset)
{
	struct descriptor *d = thing_of_fd(f->t, f->k, fd);
	struct touch *touch;

	if (!d)
		return;
	if (thing_kind(f->t, d->object) == KIND_TERMINAL) {
		foot_thing(f, ACT_OUTPUT, d->object);
		return;
	}
	switch (thing_kind(f->t, d->object)) {
	case KIND_PIPE:
	case KIND_FIFO:
		touch = foot_thing(f, ACT_PIPE_READ, d->object);
		touch->value = count;
		touch->gives_up = d->nonblock;
		break;
	case KIND_SOCKET:
		touch = foot_thing(f, ACT_SOCKET_RECEIVE, d->object);
		touch->value = count;
		touch->gives_up = d->nonblock;
		break;
	case KIND_FILE:
	case KIND_MEMORY:
		read_file(f, d, count, offset);
		break;
	case KIND_EVENTFD:
	case KIND_TIMERFD:
		read_counter(f, d);
		break;
	case KIND_SIGNALFD:
		foot_own(f, ACT_SIGNAL_WAIT, SPACE_SIGNALS, f->k);
		break;
	case KIND_DEVICE:
		break;
	default:
		foot_unknown(f);
	}
}

void
foot_write(struct foot *f, int fd, int64_t count, int64_t offset)
{
	struct descriptor *d = thing_of_fd(f->t, f->k, fd);
	struct touch *touch;

	if (!d)
		return;
	if (thing_kind(f->t, d->object) == KIND_TERMINAL) {
		foot_thing(f, ACT_OUTPUT, d->object);
		return;
	}
	switch (thing_kind(f->t, d->object)) {
	case KIND_PIPE:
	case KIND_FIFO:
		touch = foot_thing(f, ACT_PIPE_WRITE, d->object);
		touch->value = count;
		touch->gives_up = d->nonblock;
		f->o->sleeps_inside |= count > PIPE_BUF;
		break;
	case KIND_SOCKET:
		foot_send_to(f, decode_destination(f->t, f->k), count);
		break;
	case KIND_FILE:
	case KIND_MEMORY:
		write_file(f, d, fd, count, offset);
		break;
	case KIND_EVENTFD:
		touch = foot_thing(f, ACT_COUNTER_ADD, d->object);
		touch->gives_up = d->nonblock;
		break;
	case KIND_DEVICE:
		break;
	default:
		foot_unknown(f);
	}
}

/* pread64(2) and pwrite64(2): the place is the fourth argument.  */
static int64_t
offset_given(const struct foot *f)
{
	switch (f->nr) {
	case SYS_pread64:
	case SYS_pwrite64:
	case SYS_preadv:
	case SYS_pwritev:
		return (int64_t)f->arg[3];
	default:
		return -1;
	}
}

void
foot_reads(struct foot *f)
{
	foot_read(f, (int)f->arg[0], (int64_t)f->arg[2], offset_given(f));
}

void
foot_writes(struct foot *f)
{
	foot_write(f, (int)f->arg[0], (int64_t)f->arg[2], offset_given(f));
}

/* All the bytes of a list; INT64_MAX: not known.  */
static int64_t
bytes_of_parts(struct foot *f)
{
	struct iovec part[PARTS_MAX];
	uint64_t n = f->arg[2];
	int64_t total = 0;

	if (n > PARTS_MAX || memory_read(f->k->tid, f->arg[1], part,
					 n * sizeof(*part)) !=
			     (ssize_t)(n * sizeof(*part)))
		return INT64_MAX;
	for (uint64_t i = 0; i < n; i++)
		total += (int64_t)part[i].iov_len;
	return total;
}

void
foot_reads_parts(struct foot *f)
{
	foot_read(f, (int)f->arg[0], bytes_of_parts(f), offset_given(f));
}

void
foot_writes_parts(struct foot *f)
{
	foot_write(f, (int)f->arg[0], bytes_of_parts(f), offset_given(f));
}

/* Where it read or wrote is known by where the offset stands now.  */
static void
know_range(struct foot *f, enum act act)
{
	struct touch *touch = foot_find(f, act);
	int64_t moved = f->k->e.result;

	if (touch && moved >= 0 && offset_given(f) < 0 &&
	    f->k->e.offset >= moved)
		set_range(f, touch, f->k->e.offset - moved, moved);
}

/* A read that ended at the end of the file depends on where that is.  */
void
foot_reads_after(struct foot *f)
{
	struct touch *touch;

	know_range(f, ACT_FILE_READ);
	touch = foot_find(f, ACT_FILE_READ);
	if (touch && touch->to && f->k->e.result >= 0 &&
	    f->k->e.result < (int64_t)f->arg[2])
		touch->to = UINT64_MAX;
}

void
foot_writes_after(struct foot *f)
{
	know_range(f, ACT_FILE_WRITE);
}

void
foot_moves(struct foot *f)
{
	int fd[2] = { -1, -1 }, n = 0;
	bool to_first = f->nr == SYS_sendfile;

	for (int i = 0; i < 6 && n < 2; i++)
		if (f->call->arg[i].kind == ARG_FD)
			fd[n++] = (int)f->arg[i];
	/* Offsets may be given by address: anywhere.  */
	foot_read(f, fd[to_first], INT64_MAX, -1);
	foot_write(f, fd[!to_first], INT64_MAX, -1);
	f->o->sleeps_inside = false;
}

void
foot_seeks(struct foot *f)
{
	struct descriptor *d = thing_of_fd(f->t, f->k, (int)f->arg[0]);

	if (!d)
		return;
	use_offset(f, d, -1);
	if (f->arg[2] != SEEK_SET && f->arg[2] != SEEK_CUR)
		foot_thing(f, ACT_FILE_LOOK, d->object);
}

void
foot_truncates(struct foot *f)
{
	struct descriptor *d;

	if (f->nr == SYS_truncate) {
		foot_resizes_path(f);
		return;
	}
	d = thing_of_fd(f->t, f->k, (int)f->arg[0]);
	if (d)
		foot_thing(f, ACT_FILE_RESIZE, d->object);
}

/* ioctl(2): FIONREAD looks, FIONBIO changes: taken for a change.  */
void
foot_asks_device(struct foot *f)
{
	struct descriptor *d = thing_of_fd(f->t, f->k, (int)f->arg[0]);

	if (d)
		foot_change(f, d->object);
}
