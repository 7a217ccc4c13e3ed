/*
 * The arguments of a call, as JSON: numbers as numbers, flags by the names
 * of their constants.  Each kind of argument is a function of one value.
 */
#include "config.h"

#include "event/json.h"
#include "event/names.h"
#include "tracer/args_socket.h"
#include "tracer/flags.h"
#include "tracer/args.h"
#include "tracer/show_signal.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <poll.h>

enum { STRING_MAX = 160, ARGV_MAX = 16, POLL_MAX = 8 };

static void
show_int(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	buf_add_int(b, (int)k->arg[i]);
}

static void
show_long(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	buf_add_int(b, (int64_t)k->arg[i]);
}

static void
show_size(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	buf_addf(b, "%llu", (unsigned long long)k->arg[i]);
}

static void
show_mode(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	buf_addf(b, "\"%#03o\"", (unsigned)k->arg[i]);
}

static void
show_dirfd(struct tracing *t, struct task *k, struct buf *b, int i)
{
	if ((int)k->arg[i] == AT_FDCWD)
		buf_adds(b, "\"AT_FDCWD\"");
	else
		show_int(t, k, b, i);
}

static void
add_string(struct task *k, struct buf *b, uint64_t at)
{
	char s[STRING_MAX];

	if (!at)
		buf_adds(b, "null");
	else if (!memory_string(k->tid, at, s, sizeof(s)))
		buf_adds(b, "\"ADDR\"");
	else
		json_bytes(b, s, strlen(s));
}

static void
show_path(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	add_string(k, b, k->arg[i]);
}

static void
show_argv(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	buf_addc(b, '[');
	for (int n = 0; n < ARGV_MAX && b->len < ARGS_MAX_LEN / 2; n++) {
		uint64_t at;

		if (memory_read(k->tid, k->arg[i] + n * sizeof(at), &at,
				sizeof(at)) != sizeof(at) || !at)
			break;
		if (n)
			buf_addc(b, ',');
		add_string(k, b, at);
	}
	buf_addc(b, ']');
}

static void
show_pointer(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	buf_adds(b, k->arg[i] ? "\"ADDR\"" : "null");
}

static void
show_signal(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	if ((int)k->arg[i] == 0)
		buf_addc(b, '0');
	else
		json_text(b, signal_name(k->arg[i]));
}

static void
show_open_how(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct open_how how;

	(void)t;
	if (memory_read(k->tid, k->arg[i], &how, sizeof(how)) != sizeof(how)) {
		buf_adds(b, "\"ADDR\"");
		return;
	}
	flags_write(b, FLAGS_OPEN, how.flags);
}

static void
show_fcntl_arg(struct tracing *t, struct task *k, struct buf *b, int i)
{
	switch ((int)k->arg[1]) {
	case F_SETFD: flags_write(b, FLAGS_FD, k->arg[i]); break;
	case F_SETFL: flags_write(b, FLAGS_OPEN, k->arg[i]); break;
	case F_ADD_SEALS: flags_write(b, FLAGS_SEALS, k->arg[i]); break;
	case F_GETLK: case F_SETLK: case F_SETLKW:
	case F_OFD_GETLK: case F_OFD_SETLK: case F_OFD_SETLKW:
		args_lock(t, k, b, i);
		break;
	default: show_int(t, k, b, i);
	}
}

static void
show_clone_args(struct tracing *t, struct task *k, struct buf *b, int i)
{
	uint64_t a[6] = { 0 };	/* flags pidfd child_tid parent_tid signal */

	(void)t;
	memory_read(k->tid, k->arg[i], a, sizeof(a));
	flags_write(b, FLAGS_CLONE, a[0] | (a[4] & 0xff));
}

static void
show_timespec(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct timespec ts;

	(void)t;
	if (!k->arg[i] ||
	    memory_read(k->tid, k->arg[i], &ts, sizeof(ts)) != sizeof(ts)) {
		show_pointer(t, k, b, i);
		return;
	}
	buf_addf(b, "\"%lld.%09ld\"", (long long)ts.tv_sec, ts.tv_nsec);
}

static void
show_timeval(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct timeval tv;

	(void)t;
	if (!k->arg[i] ||
	    memory_read(k->tid, k->arg[i], &tv, sizeof(tv)) != sizeof(tv)) {
		show_pointer(t, k, b, i);
		return;
	}
	buf_addf(b, "\"%lld.%06ld\"", (long long)tv.tv_sec, (long)tv.tv_usec);
}

static void
show_poll_fds(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct pollfd p[POLL_MAX];
	int n = k->arg[1] < POLL_MAX ? (int)k->arg[1] : POLL_MAX;

	(void)t;
	if (n <= 0 || memory_read(k->tid, k->arg[i], p, n * sizeof(*p)) !=
		      (ssize_t)(n * sizeof(*p))) {
		show_pointer(t, k, b, i);
		return;
	}
	buf_addc(b, '[');
	for (int j = 0; j < n; j++) {
		buf_addf(b, "%s{\"fd\":%d,\"events\":", j ? "," : "", p[j].fd);
		flags_write(b, FLAGS_POLL, p[j].events);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

static void
show_offset_at(struct tracing *t, struct task *k, struct buf *b, int i)
{
	int64_t offset;

	(void)t;
	if (k->arg[i] && memory_read(k->tid, k->arg[i], &offset,
				     sizeof(offset)) == sizeof(offset))
		buf_addf(b, "[%lld]", (long long)offset);
	else
		buf_adds(b, "null");
}

static void
show_exit_status(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	buf_add_int(b, (int)k->arg[i]);
}

static void
show_hex(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	buf_addf(b, "\"%#llx\"", (unsigned long long)k->arg[i]);
}

static void
show_key(struct tracing *t, struct task *k, struct buf *b, int i)
{
	if ((int)k->arg[i] == 0)
		buf_adds(b, "\"IPC_PRIVATE\"");
	else
		show_hex(t, k, b, i);
}

/* Where memory is mapped matters: two processes may have it elsewhere.  */
static void
show_address(struct tracing *t, struct task *k, struct buf *b, int i)
{
	if (k->arg[i])
		show_hex(t, k, b, i);
	else
		buf_adds(b, "null");
}

static show_fn *const shows[] = {
	[ARG_FD] = show_int,
	[ARG_DIRFD] = show_dirfd,
	[ARG_INT] = show_int,
	[ARG_LONG] = show_long,
	[ARG_SIZE] = show_size,
	[ARG_MODE] = show_mode,
	[ARG_PATH] = show_path,
	[ARG_TEXT] = show_path,
	[ARG_ARGV] = show_argv,
	[ARG_POINTER] = show_pointer,
	[ARG_PID] = show_int,
	[ARG_SIGNAL] = show_signal,
	[ARG_OPEN_MODE] = show_mode,
	[ARG_OPEN_HOW] = show_open_how,
	[ARG_FCNTL_ARG] = show_fcntl_arg,
	[ARG_CLONE_ARGS] = show_clone_args,
	[ARG_TIMESPEC] = show_timespec,
	[ARG_TIMEVAL] = show_timeval,
	[ARG_POLL_FDS] = show_poll_fds,
	[ARG_OFFSET_AT] = show_offset_at,
	[ARG_EXIT_STATUS] = show_exit_status,
	[ARG_HEX] = show_hex,

	[ARG_SOCKET_DOMAIN] = show_socket_domain,
	[ARG_SOCKET_TYPE] = show_socket_type,
	[ARG_SOCKET_NEW_FLAGS] = show_socket_new_flags,
	[ARG_SOCKET_PROTOCOL] = show_socket_protocol,
	[ARG_SOCKET_HOW] = show_socket_how,
	[ARG_SOCKET_FLAGS] = show_socket_message_flags,
	[ARG_SOCKET_LEVEL] = show_socket_level,
	[ARG_SOCKET_OPTION] = show_socket_option,
	[ARG_SOCKET_VALUE] = show_socket_value,
	[ARG_SOCKET_ADDRESS] = show_socket_address,
	[ARG_SOCKET_MESSAGE] = show_socket_message,
	[ARG_SOCKET_MESSAGES] = show_socket_messages,
	[ARG_KEY] = show_key,
	[ARG_SEMOPS] = args_semops,
	[ARG_SEMCTL_ARG] = args_semctl_arg,
	[ARG_FUTEX_OP] = args_futex_op,
	[ARG_ADDRESS] = show_address,
	[ARG_SIGSET] = show_sigset,
	[ARG_SIGACTION] = show_sigaction,
	[ARG_SIGINFO] = show_siginfo,
	[ARG_SIGSTACK] = show_sigstack,
	[ARG_SIGEVENT] = show_sigevent,
	[ARG_ITIMERVAL] = show_itimerval,
	[ARG_ITIMERSPEC] = show_itimerspec,
	[ARG_MSG_TYPE] = show_msg_type,
	[ARG_MQ_ATTR] = show_mq_attr,
	[ARG_MQ_FLAGS] = show_mq_flags,
};

/* Kinds that are only names of constants.  */
static const struct { enum arg_kind kind; enum flags_table table; } named[] = {
	{ ARG_OPEN_FLAGS, FLAGS_OPEN },
	{ ARG_PIPE_FLAGS, FLAGS_OPEN_NO_MODE },
	{ ARG_WHENCE, FLAGS_WHENCE },
	{ ARG_FCNTL_CMD, FLAGS_FCNTL },
	{ ARG_FLOCK, FLAGS_FLOCK },
	{ ARG_AT_FLAGS, FLAGS_AT },
	{ ARG_RENAME_FLAGS, FLAGS_RENAME },
	{ ARG_CLONE_FLAGS, FLAGS_CLONE },
	{ ARG_WAIT_OPTIONS, FLAGS_WAIT },
	{ ARG_SPLICE_FLAGS, FLAGS_SPLICE },
	{ ARG_EPOLL_OP, FLAGS_EPOLL_OP },
	{ ARG_CLOCK, FLAGS_CLOCK },
	{ ARG_CLOSE_RANGE_FLAGS, FLAGS_CLOSE_RANGE },
	{ ARG_DEVICE_MODE, FLAGS_DEVICE_MODE },
	{ ARG_ID_TYPE, FLAGS_ID_TYPE },
	{ ARG_IPC_GET, FLAGS_IPC_GET },
	{ ARG_SEMCTL, FLAGS_SEMCTL },
	{ ARG_PROT, FLAGS_PROT },
	{ ARG_MAP_FLAGS, FLAGS_MAP },
	{ ARG_MREMAP_FLAGS, FLAGS_MREMAP },
	{ ARG_MSYNC_FLAGS, FLAGS_MSYNC },
	{ ARG_MEMFD_FLAGS, FLAGS_MEMFD },
	{ ARG_SHMAT_FLAGS, FLAGS_SHMAT },
	{ ARG_SHMCTL_OP, FLAGS_SHMCTL },
	{ ARG_MASK_HOW, FLAGS_MASK_HOW },
	{ ARG_SIGNALFD_FLAGS, FLAGS_SIGNALFD },
	{ ARG_PIDFD_FLAGS, FLAGS_PIDFD },
	{ ARG_ITIMER, FLAGS_ITIMER },
	{ ARG_TIMER_FLAGS, FLAGS_TIMER },
	{ ARG_MSG_FLAGS, FLAGS_MSG },
	{ ARG_MSG_OP, FLAGS_MSG_OP },
	{ ARG_EVENTFD_FLAGS, FLAGS_EVENTFD },
	{ ARG_TIMERFD_FLAGS, FLAGS_TIMERFD },
	{ ARG_TIMERFD_SET_FLAGS, FLAGS_TIMERFD_SET },
	{ ARG_EPOLL_CREATE_FLAGS, FLAGS_EPOLL_CREATE },
	{ ARG_INOTIFY_FLAGS, FLAGS_INOTIFY },
};

static bool
is_hidden(const struct task *k, int i)
{
	enum arg_kind kind = k->call->arg[i].kind;

	switch (kind) {
	case ARG_HIDE:
	case ARG_PIPE_FDS:	/* known when the call has ended */
	case ARG_STATUS:
	case ARG_SOCKET_FILLED:
	case ARG_SIGMASK:
		return true;
	case ARG_OPEN_MODE:	/* read only when a file may be made */
		return !(k->arg[i - 1] & O_CREAT) &&
		       (k->arg[i - 1] & O_TMPFILE) != O_TMPFILE;
	case ARG_MQ_ATTR:	/* ... and the size of what is made */
		return !(k->arg[1] & O_CREAT);
	case ARG_FCNTL_ARG:
		return k->arg[1] == F_GETFD || k->arg[1] == F_GETFL ||
		       k->arg[1] == F_GETPIPE_SZ || k->arg[1] == F_GETOWN ||
		       k->arg[1] == F_GETSIG || k->arg[1] == F_GETLEASE ||
		       k->arg[1] == F_GET_SEALS;
	case ARG_SEMCTL_ARG:
		return (int)k->arg[2] != SETVAL && (int)k->arg[2] != SETALL;
	default:
		return false;
	}
}

static void
show(struct tracing *t, struct task *k, struct buf *b, int i)
{
	enum arg_kind kind = k->call->arg[i].kind;

	for (size_t j = 0; j < ARRAY_SIZE(named); j++)
		if (named[j].kind == kind) {
			flags_write(b, named[j].table, k->arg[i]);
			return;
		}
	shows[kind](t, k, b, i);
}

void
args_write(struct tracing *t, struct task *k)
{
	struct buf *b = &t->scratch;
	char sep = '{';

	buf_clear(b);
	for (int i = 0; i < 6 && k->call->arg[i].kind != ARG_NONE; i++) {
		if (is_hidden(k, i))
			continue;
		buf_addc(b, sep);
		sep = ',';
		json_key(b, k->call->arg[i].name);
		show(t, k, b, i);
	}
	if (sep == '{')
		return;
	buf_addc(b, '}');
	/* Room is left for what args_append() adds.  */
	if (b->len < ARGS_MAX_LEN - 64)
		COPY_STR(k->e.args, b->data);
}

void
args_append(struct event *e, const char *fmt, ...)
{
	size_t len = strlen(e->args);
	char text[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(text) ||
	    len + n + 3 >= sizeof(e->args))
		return;
	if (len)
		e->args[len - 1] = ',';
	else
		e->args[len++] = '{';
	memcpy(e->args + len, text, n);
	memcpy(e->args + len + n, "}", 2);
}
