/*
 * Counters and other descriptors that are no file (eventfd(2), timerfd_create(2),
 * io_uring(7)), and locks on files (fcntl(2), flock(2)).
 */
#include "config.h"

#include "event/json.h"
#include "probe/probe.h"
#include "tracer/args.h"
#include "tracer/decode.h"
#include "tracer/flags.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>

/* ---- counters ---- */

/* A read or write moved a number of 64 bits.  */
void
decode_counted(struct tracing *t, struct task *k)
{
	enum object_kind kind = thing_kind(t, k->thing);
	uint64_t value;

	if ((kind != KIND_EVENTFD && kind != KIND_TIMERFD) ||
	    k->e.data_len != sizeof(value))
		return;
	memcpy(&value, k->e.data, sizeof(value));
	k->e.value = value < INT64_MAX ? (int64_t)value : INT64_MAX;
	k->e.data_len = -1;	/* the number says it better */
}

/* ---- io_uring ---- */

void
decode_exit_uring(struct tracing *t, struct task *k, int64_t r)
{
	decode_exit_new_fd(t, k, r);
	if (r >= 0)
		out_note(t, k, "uses io_uring: what it asks for through the "
			 "ring is no system call of its own and is not seen "
			 "here (io_uring(7))");
}

/* ---- locks ---- */

void
args_lock(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct flock l;

	(void)t;
	if (memory_read(k->tid, k->arg[i], &l, sizeof(l)) != sizeof(l)) {
		buf_adds(b, "\"ADDR\"");
		return;
	}
	buf_adds(b, "{\"l_type\":");
	flags_write(b, FLAGS_LOCK_TYPE, (uint16_t)l.l_type);
	buf_adds(b, ",\"l_whence\":");
	flags_write(b, FLAGS_WHENCE, (uint16_t)l.l_whence);
	buf_addf(b, ",\"l_start\":%lld,\"l_len\":%lld}", (long long)l.l_start,
		 (long long)l.l_len);
}

static bool
is_lock_command(const struct task *k)
{
	int command = (int)k->arg[1];

	return command == F_SETLK || command == F_SETLKW ||
	       command == F_OFD_SETLK || command == F_OFD_SETLKW;
}

void
decode_exit_lock(struct tracing *t, struct task *k, int64_t r)
{
	if (r == 0)
		thing_locked(t, k->thing);
}

void
decode_exit_fcntl_lock(struct tracing *t, struct task *k, int64_t r)
{
	decode_exit_fcntl(t, k, r);
	if (is_lock_command(k))
		decode_exit_lock(t, k, r);
}

/* Where the lock begins and ends, both within it; in bytes of the file.  */
static bool
range_of(struct task *k, const struct flock *l, int64_t *first, int64_t *last)
{
	struct object_state s;
	struct probe_fd p;

	*first = l->l_start;
	if (l->l_whence == SEEK_CUR) {
		if (probe_fd(k->tid, k->e.fd, &p, NULL) < 0)
			return false;
		*first += p.pos;
	} else if (l->l_whence == SEEK_END) {
		object_state_init(&s);
		if (probe_file(k->tid, k->e.fd, &s, NULL) < 0)
			return false;
		*first += s.size;
	}
	*last = l->l_len > 0 ? *first + l->l_len - 1 : INT64_MAX;
	if (l->l_len < 0) {
		*last = *first - 1;
		*first += l->l_len;
	}
	return true;
}

/* Does a held lock, as the probe tells it, speak against one that is wanted
 * by this process?  */
static bool
conflicts(const struct state_item *held, const struct task *k, bool write,
	  const char *type, int64_t first, int64_t last)
{
	long long from = 0, to = INT64_MAX;
	size_t n = strlen(type);

	if (strncmp(held->data, type, n) != 0 || (!write && !held->number) ||
	    held->pid == k->pid)
		return false;
	if (sscanf(held->data + n, " %lld-%lld", &from, &to) < 1)
		return false;
	return from <= last && first <= to;
}

/* What is locked by others.  Locks of an open file description may be our own:
 * then it goes, and is seen to sleep or not.  */
static bool
is_locked(struct tracing *t, struct task *k, bool write, const char *type,
	  int64_t first, int64_t last)
{
	struct object_state s;

	object_state_init(&s);
	if (!thing_locks(t, k->thing, &s))
		return false;
	for (int i = 0; i < s.n_items; i++)
		if (conflicts(&s.item[i], k, write, type, first, last))
			return true;
	return false;
}

bool
foresee_fcntl(struct tracing *t, struct task *k)
{
	struct flock l;
	int64_t first, last;

	if ((int)k->arg[1] != F_SETLKW ||
	    memory_read(k->tid, k->arg[2], &l, sizeof(l)) != sizeof(l) ||
	    l.l_type == F_UNLCK || !range_of(k, &l, &first, &last))
		return false;
	return is_locked(t, k, l.l_type == F_WRLCK, "POSIX", first, last);
}

bool
foresee_flock(struct tracing *t, struct task *k)
{
	int op = (int)k->arg[1];

	if (op & LOCK_NB || (op & ~LOCK_NB) == LOCK_UN)
		return false;
	return is_locked(t, k, op & LOCK_EX, "FLOCK", 0, INT64_MAX);
}
