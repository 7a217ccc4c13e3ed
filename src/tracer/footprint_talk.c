/* What calls on queues, sockets and timers touch, and waiting for several.  */
#include "config.h"

#include "tracer/footprint_inside.h"

#include "probe/probe.h"
#include "tracer/sockets.h"
#include "tracer/things.h"

#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

enum { FDS_MAX = 64 };

/* ---- System V queues ---- */

void
foot_msgget(struct foot *f)
{
	if ((key_t)f->arg[0] != IPC_PRIVATE)
		foot_common(f, f->arg[1] & IPC_CREAT ? ACT_NAME_CHANGE :
			    ACT_NAME_LOOK, COMMON_QUEUE_KEYS);
}

/* There may be no such queue.  */
static bool
has_queue(struct foot *f)
{
	if (f->k->thing < 0)
		foot_common(f, ACT_NAME_LOOK, COMMON_QUEUE_KEYS);
	return f->k->thing >= 0;
}

void
foot_msgsnd(struct foot *f)
{
	struct touch *touch;
	long type;

	if (!has_queue(f))
		return;
	touch = foot_thing(f, ACT_QUEUE_SEND, f->k->thing);
	touch->gives_up = (f->arg[3] & IPC_NOWAIT) != 0;
	if (memory_read(f->k->tid, f->arg[1], &type, sizeof(type)) ==
	    sizeof(type))
		touch->value = type;
}

void
foot_msgrcv(struct foot *f)
{
	struct touch *touch;

	if (!has_queue(f))
		return;
	touch = foot_thing(f, ACT_QUEUE_RECEIVE, f->k->thing);
	touch->gives_up = (f->arg[4] & IPC_NOWAIT) != 0;
	if (!(f->arg[4] & (MSG_EXCEPT | MSG_COPY)))
		touch->value = (long)f->arg[3];
}

void
foot_msgctl(struct foot *f)
{
	int op = (int)f->arg[1] & 0xff;

	foot_common(f, op == IPC_RMID ? ACT_NAME_CHANGE : ACT_NAME_LOOK,
		    COMMON_QUEUE_KEYS);
	if (f->k->thing >= 0)
		foot_thing(f, op == IPC_RMID || op == IPC_SET ?
			   ACT_QUEUE_CONTROL : ACT_QUEUE_LOOK, f->k->thing);
}

/* ---- POSIX queues ---- */

static struct touch *
touch_mqueue(struct foot *f, enum act act)
{
	struct descriptor *d = thing_of_fd(f->t, f->k, (int)f->arg[0]);
	struct touch *touch;

	if (!d)
		return NULL;
	touch = foot_thing(f, act, d->object);
	touch->gives_up = d->nonblock;
	return touch;
}

/* Whoever asked to be told of a message is sent a signal.  */
void
foot_mq_sends(struct foot *f)
{
	if (!touch_mqueue(f, ACT_QUEUE_SEND))
		return;
	for (struct task *o = f->t->first; o; o = o->next)
		if (o->notified && o->phase != PHASE_ENDED)
			foot_own(f, ACT_SIGNAL_SEND, SPACE_SIGNALS, o);
}

void
foot_mq_receives(struct foot *f)
{
	touch_mqueue(f, ACT_QUEUE_RECEIVE);
}

void
foot_mq_notifies(struct foot *f)
{
	touch_mqueue(f, ACT_QUEUE_CONTROL);
	f->k->leader->notified = true;
}

void
foot_mq_attributes(struct foot *f)
{
	touch_mqueue(f, f->arg[1] ? ACT_QUEUE_CONTROL : ACT_QUEUE_LOOK);
}

/* ---- sockets ---- */

/* An address that is a path (unix(7)): it is made, or looked up.  */
static void
socket_name(struct foot *f, uint64_t at, uint64_t len, bool makes)
{
	struct sockaddr_un a = { .sun_family = AF_UNSPEC };
	char path[sizeof(a.sun_path) + 1] = "";
	struct place p;

	if (len > sizeof(a))
		len = sizeof(a);
	if (len <= offsetof(struct sockaddr_un, sun_path) ||
	    memory_read(f->k->tid, at, &a, len) != (ssize_t)len ||
	    a.sun_family != AF_UNIX || !a.sun_path[0])
		return;
	memcpy(path, a.sun_path, len - offsetof(struct sockaddr_un, sun_path));
	foot_walk_text(f, AT_FDCWD, path, !makes, &p);
	foot_place(f, &p, makes && !p.there);
	if (p.reached && p.there)
		foot_inode(f, &p.st, false);
}

/* sendto(2), sendmsg(2).  */
static void
sent_to_name(struct foot *f)
{
	struct msghdr m = { .msg_namelen = 0 };

	if (f->nr == SYS_sendto && f->arg[4])
		socket_name(f, f->arg[4], f->arg[5], false);
	else if (f->nr == SYS_sendmsg &&
		 memory_read(f->k->tid, f->arg[1], &m, sizeof(m)) ==
		 sizeof(m) && m.msg_name)
		socket_name(f, (uintptr_t)m.msg_name, m.msg_namelen, false);
}

/* What is sent to a socket is in it until it is received.  */
void
foot_send_to(struct foot *f, int to, int64_t count)
{
	struct descriptor *d = descriptors_get(f->k->fds, (int)f->arg[0]);
	struct touch *touch;

	if (to < 0) {
		foot_common(f, ACT_NAME_LOOK, COMMON_ADDRESSES);
		foot_thing(f, ACT_SOCKET_LOOK, f->k->thing);
		return;
	}
	touch = foot_thing(f, ACT_SOCKET_SEND, to);
	touch->value = count;
	touch->gives_up = d && d->nonblock;
}

static uint64_t
flags_of(const struct foot *f)
{
	for (int i = 0; i < 6; i++)
		if (f->call->arg[i].kind == ARG_SOCKET_FLAGS)
			return f->arg[i];
	return 0;
}

static bool
on_socket(const struct foot *f)
{
	return thing_kind(f->t, f->k->thing) == KIND_SOCKET;
}

void
foot_sends(struct foot *f)
{
	if (!on_socket(f))
		return;
	foot_send_to(f, decode_destination(f->t, f->k), INT64_MAX);
	/* Where an address is given, whose it is may change.  */
	if (f->k->e.object2[0])
		foot_common(f, ACT_NAME_LOOK, COMMON_ADDRESSES);
	sent_to_name(f);
	if (flags_of(f) & MSG_DONTWAIT)
		f->o->touch[0].gives_up = true;
}

void
foot_receives(struct foot *f)
{
	struct descriptor *d = descriptors_get(f->k->fds, (int)f->arg[0]);
	struct touch *touch;

	if (!on_socket(f))
		return;
	touch = foot_thing(f, flags_of(f) & MSG_PEEK ? ACT_SOCKET_LOOK :
			   ACT_SOCKET_RECEIVE, f->k->thing);
	touch->value = INT64_MAX;
	touch->gives_up = (d && d->nonblock) || flags_of(f) & MSG_DONTWAIT;
}

/* To whom it connects is not known before an address is somebody's.  */
void
foot_connects(struct foot *f)
{
	int to;

	if (!on_socket(f))
		return;
	to = sockets_at(f->t, f->k, f->k->thing, f->arg[1], f->arg[2]);
	foot_common(f, ACT_NAME_LOOK, COMMON_ADDRESSES);
	socket_name(f, f->arg[1], f->arg[2], false);
	foot_thing(f, ACT_SOCKET_CONTROL, f->k->thing);
	if (to >= 0)
		foot_thing(f, ACT_SOCKET_CONNECT, to)->value = 1;
	f->o->sleeps_inside = true;
}

/* In vain it makes no descriptor either.  */
void
foot_accepts(struct foot *f)
{
	struct descriptor *d = descriptors_get(f->k->fds, (int)f->arg[0]);

	foot_makes_fd(f);
	if (!on_socket(f))
		return;
	foot_thing(f, ACT_SOCKET_ACCEPT, f->k->thing)->value = 1;
	for (int i = 0; d && d->nonblock && i < f->o->n; i++)
		f->o->touch[i].gives_up = true;
}

/* bind(2) and listen(2).  */
void
foot_binds(struct foot *f)
{
	if (!on_socket(f))
		return;
	foot_common(f, ACT_NAME_CHANGE, COMMON_ADDRESSES);
	foot_thing(f, ACT_SOCKET_CONTROL, f->k->thing);
	if (f->nr == SYS_bind)
		socket_name(f, f->arg[1], f->arg[2], true);
}

void
foot_shuts_down(struct foot *f)
{
	int peer;

	if (!on_socket(f))
		return;
	peer = sockets_peer(f->t, f->k->thing);
	foot_thing(f, ACT_SOCKET_CONTROL, f->k->thing);
	if (peer >= 0)
		foot_thing(f, ACT_SOCKET_CONTROL, peer);
}

/* Options may change what others see: SO_REUSEADDR, SO_LINGER.  */
void
foot_asks_socket(struct foot *f)
{
	if (on_socket(f))
		foot_thing(f, strcmp(f->call->name, "setsockopt") == 0 ?
			   ACT_SOCKET_CONTROL : ACT_SOCKET_LOOK, f->k->thing);
}

/* ---- timers that are descriptors ---- */

void
foot_sets_timerfd(struct foot *f)
{
	foot_common(f, ACT_TIMER, COMMON_TIME);
	if (f->k->thing >= 0)
		foot_thing(f, f->nr == SYS_timerfd_settime ?
			   ACT_COUNTER_CONTROL : ACT_COUNTER_TAKE,
			   f->k->thing);
}

/* ---- waiting for several ---- */

/* A pidfd is ready when its process has ended (pidfd_open(2)).  */
static void
look_at_end(struct foot *f, int fd)
{
	struct task *o = foot_process(f, probe_pidfd(f->k->tid, fd));

	if (o)
		foot_own(f, ACT_READY_LOOK, SPACE_PROCESS, o);
}

static void
look_at(struct foot *f, int fd)
{
	struct descriptor *d = fd < 0 ? NULL : thing_of_fd(f->t, f->k, fd);
	int peer;

	if (!d)
		return;
	switch (thing_kind(f->t, d->object)) {
	case KIND_SOCKET:
		/* There is room for what is sent when the other has read.  */
		peer = sockets_peer(f->t, d->object);
		foot_thing(f, ACT_READY_LOOK, d->object);
		if (peer >= 0)
			foot_thing(f, ACT_READY_LOOK, peer);
		break;
	case KIND_TIMERFD:
		foot_common(f, ACT_TIMER, COMMON_TIME);
		foot_thing(f, ACT_READY_LOOK, d->object);
		break;
	case KIND_SIGNALFD:
		foot_own(f, ACT_SIGNAL_WAIT, SPACE_SIGNALS, f->k);
		break;
	case KIND_PIDFD:
		look_at_end(f, fd);
		break;
	case KIND_PIPE:
	case KIND_FIFO:
	case KIND_MQUEUE:
	case KIND_EVENTFD:
	case KIND_FILE:
	case KIND_DEVICE:
	case KIND_TERMINAL:
	case KIND_MEMORY:
		foot_thing(f, ACT_READY_LOOK, d->object);
		break;
	default:
		foot_unknown(f);
	}
}

static void
poll_list(struct foot *f)
{
	struct pollfd fds[FDS_MAX];
	uint64_t n = f->arg[1];

	if (n > FDS_MAX || memory_read(f->k->tid, f->arg[0], fds,
				       n * sizeof(*fds)) !=
			   (ssize_t)(n * sizeof(*fds))) {
		foot_unknown(f);
		return;
	}
	for (uint64_t i = 0; i < n; i++)
		look_at(f, fds[i].fd);
}

static void
select_sets(struct foot *f)
{
	int n = (int)f->arg[0];
	fd_set all, set;

	FD_ZERO(&all);
	for (int which = 1; which <= 3; which++) {
		if (!f->arg[which])
			continue;
		if (n < 0 || n > FD_SETSIZE ||
		    memory_read(f->k->tid, f->arg[which], &set,
				(size_t)(n + 63) / 64 * 8) < 0) {
			foot_unknown(f);
			return;
		}
		for (int fd = 0; fd < n; fd++)
			if (FD_ISSET(fd, &set))
				FD_SET(fd, &all);
	}
	for (int fd = 0; fd < n; fd++)
		if (FD_ISSET(fd, &all))
			look_at(f, fd);
}

/* What epoll_wait(2) looks at was registered before, by whoever: all that its
 * process has open.  What was seen once may not be told again.  */
static void
poll_all(struct foot *f)
{
	struct descriptors *fds = f->k->fds;
	int own = f->k->thing;

	if (own >= 0)
		foot_thing(f, ACT_COUNTER_TAKE, own);
	for (size_t i = 0; i < fds->room; i++) {
		struct descriptor *d = descriptors_get(fds, (int)i);

		if (d && d->object >= 0 &&
		    thing_kind(f->t, d->object) != KIND_EPOLL)
			look_at(f, (int)i);
	}
}

/* epoll_ctl(2): what is waited for changes.  */
void
foot_registers(struct foot *f)
{
	if (f->k->thing >= 0)
		foot_thing(f, ACT_COUNTER_CONTROL, f->k->thing);
}

void
foot_polls(struct foot *f)
{
	const char *first = f->call->arg[0].name;

	if (strcmp(first, "fds") == 0)
		poll_list(f);
	else if (strcmp(first, "nfds") == 0)
		select_sets(f);
	else
		poll_all(f);
}
