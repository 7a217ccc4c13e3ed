/* Calls that move bytes: read, write, splice and their kin.  */
#include "config.h"

#include "probe/probe.h"
#include "tracer/decode.h"

#include <string.h>
#include <sys/uio.h>

enum { DATA_DEFAULT = 32, IOV_MAX_SHOWN = 16 };

static int
data_max(struct tracing *t, int id)
{
	int max = t->config.data_max ? t->config.data_max : DATA_DEFAULT;

	/* What goes to the terminal is shown whole.  */
	if (t->config.driven && thing_kind(t, id) == KIND_TERMINAL)
		max = DATA_MAX_LEN - 1;
	return max < DATA_MAX_LEN ? max : DATA_MAX_LEN - 1;
}

void
decode_take_data(struct tracing *t, struct task *k, uint64_t at, int64_t n,
		 int id)
{
	int max = data_max(t, id);
	ssize_t got;

	if (n > max)
		n = max;
	got = n > 0 ? memory_read(k->tid, at, k->e.data, n) : 0;
	k->e.data_len = got > 0 ? got : 0;
	k->e.data[k->e.data_len] = '\0';
}

void
decode_take_parts(struct tracing *t, struct task *k, uint64_t list,
		  uint64_t parts, int64_t n, int id)
{
	struct iovec iov[IOV_MAX_SHOWN];
	int count = parts < IOV_MAX_SHOWN ? (int)parts : IOV_MAX_SHOWN;
	int max = data_max(t, id), len = 0;

	if (memory_read(k->tid, list, iov, count * sizeof(*iov)) < 0)
		count = 0;
	for (int i = 0; i < count && len < max && len < n; i++) {
		int64_t want = iov[i].iov_len;
		ssize_t got;

		if (want > max - len)
			want = max - len;
		if (want > n - len)
			want = n - len;
		got = memory_read(k->tid, (uintptr_t)iov[i].iov_base,
				  k->e.data + len, want);
		if (got <= 0)
			break;
		len += got;
	}
	k->e.data_len = len;
	k->e.data[len] = '\0';
}

static bool
is_file(struct tracing *t, int id)
{
	return thing_kind(t, id) == KIND_FILE;
}

/* Where the offset of a file stands after a call that moved it.  Only asked
 * where nobody else moves: driven runs.  */
static void
take_offset(struct tracing *t, struct task *k, int fd, int id)
{
	struct probe_fd p;
	bool counts = is_file(t, id) || thing_kind(t, id) == KIND_MEMORY;

	if (t->config.driven && counts && !thing_is_system(t, id) &&
	    probe_fd(k->tid, fd, &p, NULL) == 0)
		k->e.offset = p.pos;
}

void
decode_entry_read(struct tracing *t, struct task *k)
{
	decode_on_fd(t, k, (int)k->arg[0]);
	k->e.end = MODE_READ;
}

void
decode_entry_write(struct tracing *t, struct task *k)
{
	decode_on_fd(t, k, (int)k->arg[0]);
	k->e.end = MODE_WRITE;
}

/* splice, tee, copy_file_range: in, out; sendfile: out, in.  */
static void
move_ends(const struct task *k, int *in, int *out)
{
	bool reversed = strcmp(k->call->name, "sendfile") == 0;
	int second = strcmp(k->call->name, "tee") == 0 || reversed ? 1 : 2;

	*in = (int)k->arg[reversed ? second : 0];
	*out = (int)k->arg[reversed ? 0 : second];
}

void
decode_entry_move(struct tracing *t, struct task *k)
{
	struct descriptor *d;
	int in, out;

	move_ends(k, &in, &out);
	d = thing_of_fd(t, k, out);
	if (d)
		COPY_STR(k->e.object2, thing_name(t, d->object));
	decode_on_fd(t, k, in);
	k->e.end = MODE_READ;
}

void
decode_exit_read(struct tracing *t, struct task *k, int64_t r)
{
	struct descriptor *d = descriptors_get(k->fds, k->e.fd);
	int id = d ? d->object : -1;

	if (r < 0)
		return;
	k->e.bytes = r;
	if (thing_kind(t, id) == KIND_SIGNALFD)
		decode_signalfd(t, k, r);
	else if (k->call->does == DOES_READV)
		decode_take_parts(t, k, k->arg[1], k->arg[2], r, id);
	else
		decode_take_data(t, k, k->arg[1], r, id);
	take_offset(t, k, k->e.fd, id);
	decode_counted(t, k);
}

void
decode_exit_write(struct tracing *t, struct task *k, int64_t r)
{
	struct descriptor *d = descriptors_get(k->fds, k->e.fd);
	int id = d ? d->object : -1;

	if (r < 0)
		return;
	k->e.bytes = r;
	if (k->call->does == DOES_WRITEV)
		decode_take_parts(t, k, k->arg[1], k->arg[2], r, id);
	else
		decode_take_data(t, k, k->arg[1], r, id);
	take_offset(t, k, k->e.fd, id);
	if (thing_kind(t, id) == KIND_SOCKET)
		decode_touch(t, decode_destination(t, k));
	decode_counted(t, k);
}

void
decode_exit_move(struct tracing *t, struct task *k, int64_t r)
{
	int in, out;

	if (r < 0)
		return;
	move_ends(k, &in, &out);
	k->e.bytes = r;
	take_offset(t, k, in, thing_by_path(t, k->e.object));
}
