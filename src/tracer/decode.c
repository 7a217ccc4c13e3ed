/*
 * From a call to an event: which descriptor and object it works on, what it
 * moved, which descriptors it opened and closed.  One function for each
 * enum call_does; the table at the end of the file says which.
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/decode.h"
#include "tracer/runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/openat2.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- what calls share ---- */

/* The event works on this descriptor.  */
struct descriptor *
decode_on_fd(struct tracing *t, struct task *k, int fd)
{
	struct descriptor *d = thing_of_fd(t, k, fd);

	k->e.fd = fd;
	if (!d)
		return NULL;
	k->thing = d->object;
	k->e.description = d->description;
	COPY_STR(k->e.object, thing_name(t, d->object));
	return d;
}

void
decode_on_thing(struct tracing *t, struct task *k, int id)
{
	k->thing = id;
	COPY_STR(k->e.object, thing_name(t, id));
}

void
decode_opened(struct tracing *t, struct task *k, struct event *e, int fd)
{
	struct descriptor *d = thing_of_fd(t, k, fd);
	struct opened *o;

	if (!d || e->n_opened == OPENS_MAX)
		return;
	o = &e->opened[e->n_opened++];
	*o = (struct opened){
		.fd = fd,
		.description = d->description,
		.mode = d->mode,
		.cloexec = d->cloexec,
		.nonblock = d->nonblock,
		.append = d->append,
	};
	COPY_STR(o->object, thing_name(t, d->object));
}

/* ---- before the call ---- */

/* The object named by a path, where we know one.  */
static void
on_path(struct tracing *t, struct task *k, int at, int path, char *object,
	size_t room)
{
	char name[PATH_MAX_LEN];

	if (!object[0] && path_argument(t, k, at, path, name, sizeof(name)))
		copy_str(object, room,
			 thing_name(t, thing_by_path(t, name)));
}

static void
entry_fd(struct tracing *t, struct task *k)
{
	decode_on_fd(t, k, (int)k->arg[0]);
}

static const struct decoder decoders[DOES_MAX] = {
	[DOES_READ] = { decode_entry_read, decode_exit_read, foresee_read },
	[DOES_READV] = { decode_entry_read, decode_exit_read, foresee_readv },
	[DOES_WRITE] = { decode_entry_write, decode_exit_write,
			 foresee_write },
	[DOES_WRITEV] = { decode_entry_write, decode_exit_write,
			  foresee_writev },
	[DOES_OPEN] = { decode_entry_open, decode_exit_open, foresee_open },
	[DOES_CLOSE] = { entry_fd, decode_exit_close },
	[DOES_CLOSE_RANGE] = { NULL, decode_exit_close_range },
	[DOES_DUP] = { entry_fd, decode_exit_dup },
	[DOES_FCNTL] = { entry_fd, decode_exit_fcntl_lock, foresee_fcntl },
	[DOES_SEEK] = { entry_fd, decode_exit_seek, NULL, point_seek },
	[DOES_LOCK] = { entry_fd, decode_exit_lock, foresee_flock },
	[DOES_PIPE] = { NULL, decode_exit_pipe },
	[DOES_MOVE] = { decode_entry_move, decode_exit_move, foresee_move },
	[DOES_RENAME] = { NULL, decode_exit_rename },
	[DOES_LINK] = { NULL, decode_exit_link },
	[DOES_MKNOD] = { NULL, decode_exit_mknod },
	[DOES_LOOK] = { decode_entry_look, NULL, NULL, point_look },
	[DOES_MKDIR] = { NULL, NULL, NULL, point_change },
	[DOES_RMDIR] = { NULL, NULL, NULL, point_change },
	[DOES_SYMLINK] = { NULL, NULL, NULL, point_change },
	[DOES_CHANGE] = { decode_entry_look, NULL, NULL, point_change },
	[DOES_CHDIR] = { NULL, NULL, NULL, point_enter },
	[DOES_LIST] = { entry_fd, NULL, NULL, point_list },
	[DOES_ASK_PROCESS] = { NULL, NULL, NULL, point_process },
	[DOES_GROUP] = { NULL, NULL, NULL, point_process },
	[DOES_UNLINK] = { NULL, decode_exit_unlink },
	[DOES_POLL] = { NULL, NULL, foresee_poll },
	[DOES_NEW_FD] = { NULL, decode_exit_new_fd },
	[DOES_EPOLL_CTL] = { entry_fd, NULL },
	[DOES_EXEC] = { NULL, NULL, NULL, point_exec },
	[DOES_EXIT] = { decode_entry_exit, NULL },
	[DOES_WAIT] = { NULL, decode_exit_wait, foresee_wait },
	[DOES_PAUSE] = { NULL, NULL, foresee_pause },
	[DOES_AFFINITY] = { NULL, decode_exit_affinity },

	/* signals: decode_signal.c */
	[DOES_KILL] = { decode_entry_kill, decode_exit_kill },
	[DOES_SIGACTION] = { NULL, decode_exit_sigaction, NULL,
			     point_sigaction },
	[DOES_SIGMASK] = { decode_entry_sigmask, NULL, NULL, point_sigmask },
	[DOES_SIGPENDING] = { NULL, decode_exit_sigpending },
	[DOES_SIGRETURN] = { NULL, decode_exit_sigreturn },
	[DOES_SIGWAIT] = { NULL, decode_exit_sigwait, foresee_sigwait },
	[DOES_SIGNALFD] = { NULL, decode_exit_signalfd },

	/* System V queues: decode_queue.c */
	[DOES_MSGGET] = { NULL, decode_exit_msgget },
	[DOES_MSGSND] = { decode_entry_msgsnd, decode_exit_msgsnd,
			  foresee_msgsnd },
	[DOES_MSGRCV] = { decode_entry_msgrcv, decode_exit_msgrcv,
			  foresee_msgrcv },
	[DOES_MSGCTL] = { decode_entry_queue, decode_exit_msgctl },

	/* POSIX queues: decode_mqueue.c */
	[DOES_MQ_OPEN] = { NULL, decode_exit_mq_open },
	[DOES_MQ_UNLINK] = { decode_entry_mq_unlink, decode_exit_mq_unlink },
	[DOES_MQ_SEND] = { decode_entry_mq_send, decode_exit_mq_send,
			   foresee_mq_send },
	[DOES_MQ_RECEIVE] = { decode_entry_mq_receive, decode_exit_mq_receive,
			      foresee_mq_receive },
	[DOES_MQ_ATTR] = { entry_fd, decode_exit_mq_attr },

	/* shared memory: decode_memory.c */
	[DOES_MMAP] = { decode_entry_mmap, decode_exit_mmap, NULL,
			point_shared_map },
	[DOES_MUNMAP] = { decode_entry_mapped, decode_exit_mapped },
	[DOES_MREMAP] = { decode_entry_mapped, decode_exit_mapped },
	[DOES_MPROTECT] = { decode_entry_mapped, decode_exit_mapped },
	[DOES_MSYNC] = { decode_entry_mapped, decode_exit_mapped },
	[DOES_SHMGET] = { NULL, decode_exit_shmget },
	[DOES_SHMAT] = { decode_entry_segment, decode_exit_mapped },
	[DOES_SHMDT] = { decode_entry_mapped, decode_exit_mapped },
	[DOES_SHMCTL] = { decode_entry_segment, decode_exit_shmctl },
	[DOES_VM] = { decode_entry_vm, decode_exit_vm },

	/* semaphores and futexes: decode_semaphore.c, decode_futex.c */
	[DOES_SEMGET] = { NULL, decode_exit_semget },
	[DOES_SEMOP] = { decode_entry_sem, NULL, foresee_semop },
	[DOES_SEMCTL] = { decode_entry_sem, decode_exit_semctl },
	[DOES_FUTEX] = { decode_entry_futex, NULL, foresee_futex,
			 point_futex },

	/* sockets: decode_socket.c, decode_message.c */
	[DOES_SOCKETPAIR] = { NULL, decode_exit_socketpair },
	[DOES_SOCKET] = { NULL, decode_exit_socket },
	[DOES_BIND] = { NULL, decode_exit_bind },
	[DOES_LISTEN] = { NULL, decode_exit_listen },
	[DOES_ACCEPT] = { NULL, decode_exit_accept, foresee_accept },
	[DOES_CONNECT] = { decode_entry_connect, decode_exit_connect,
			   foresee_connect },
	[DOES_SHUTDOWN] = { NULL, decode_exit_shutdown },
	[DOES_SOCKNAME] = { NULL, decode_exit_sockname },
	[DOES_SOCKOPT] = { NULL, decode_exit_sockopt },
	[DOES_SEND] = { decode_entry_send, decode_exit_send, foresee_send },
	[DOES_RECEIVE] = { decode_entry_receive, decode_exit_receive,
			   foresee_receive },
	[DOES_SENDMSG] = { decode_entry_send, decode_exit_sendmsg,
			   foresee_send },
	[DOES_RECVMSG] = { decode_entry_receive, decode_exit_recvmsg,
			   foresee_receive },

	/* counters and other descriptors: decode_counter.c */
	[DOES_IO_URING_SETUP] = { NULL, decode_exit_uring },
	[DOES_IO_URING] = { entry_fd, NULL },
	[DOES_TIMERFD] = { entry_fd, NULL },

	/* the runtime's own: decode_runtime.c, operation.c */
	[DOES_ACCESS] = { decode_entry_access, decode_exit_access },
	[DOES_OPERATION_BEGIN] = { decode_entry_operation,
				   decode_exit_operation, foresee_operation },
};

const struct decoder *
decoder_of(const struct call *c)
{
	return &decoders[c ? c->does : DOES_NOTHING];
}

static int
first_path(const struct call *c)
{
	for (int i = 0; i < 6; i++)
		if (c->arg[i].kind == ARG_PATH)
			return i;
	return -1;
}

bool
path_argument(struct tracing *t, struct task *k, int at, int path, char *out,
	      size_t room)
{
	char text[PATH_MAX_LEN], proc[64], base[PATH_MAX_LEN];
	ssize_t n;

	(void)t;
	if (!memory_string(k->tid, k->arg[path], text, sizeof(text)))
		return false;
	if (text[0] == '/') {
		copy_str(out, room, text);
		return true;
	}
	if (at < 0 || (int)k->arg[at] == AT_FDCWD)
		snprintf(proc, sizeof(proc), "/proc/%d/cwd", k->tid);
	else
		snprintf(proc, sizeof(proc), "/proc/%d/fd/%d", k->tid,
			 (int)k->arg[at]);
	n = readlink(proc, base, sizeof(base) - 1);
	if (n <= 0)
		return false;
	base[n] = '\0';
	while (strncmp(text, "./", 2) == 0)
		memmove(text, text + 2, strlen(text + 2) + 1);
	return snprintf(out, room, "%s/%s", base, text) < (int)room;
}

void
decode_entry(struct tracing *t, struct task *k)
{
	struct event *e = &k->e;
	const struct call *c = k->call;

	event_init(e, WHAT_CALL);
	COPY_STR(e->actor, k->name);
	e->pid = k->pid;
	e->tid = k->tid;
	COPY_STR(e->call, c ? c->name : call_name(k->nr));
	if (!c)
		return;
	if (!t->quiet)
		args_write(t, k);
	k->thing = -1;
	if (decoder_of(c)->entry)
		decoder_of(c)->entry(t, k);
	else if (c->arg[0].kind == ARG_FD)
		entry_fd(t, k);
	if (t->config.driven && !t->quiet && (c->flags & CALL_PATH_POINT)) {
		int path = first_path(c);

		on_path(t, k, path > 0 ? 0 : -1, path, e->object,
			sizeof(e->object));
	}
}

void
decode_touch(struct tracing *t, int id)
{
	if (!t->config.driven || t->quiet || id < 0)
		return;
	for (int i = 0; i < t->n_touched; i++)
		if (t->touched[i] == id)
			return;
	if (t->n_touched < (int)ARRAY_SIZE(t->touched))
		t->touched[t->n_touched++] = id;
}

/* Does the other task, asleep, work on the same?  What is sent on one socket
 * is received on another.  */
static bool
meets(struct tracing *t, const struct task *k, const struct task *o)
{
	return o->thing == k->thing ||
	       (o->thing >= 0 && thing_kind(t, o->thing) == KIND_SOCKET &&
		thing_kind(t, k->thing) == KIND_SOCKET);
}

/* The state of the object after the call: at once if nobody can have moved
 * on it at the same time, else when all stand still again.  */
static void
decode_after(struct tracing *t, struct task *k)
{
	bool shared = k->blocked_told || k->e.object2[0];

	for (struct task *o = t->first; o && !shared; o = o->next)
		shared = o != k && o->in_call && meets(t, k, o) &&
			 (o->phase == PHASE_ASLEEP ||
			  o->phase == PHASE_RUNNING);
	if (k->thing >= 0 && shared)
		decode_touch(t, k->thing);
	else
		decode_state(t, &k->e, k->thing);
}

void
decode_exit(struct tracing *t, struct task *k, int64_t result, bool is_error)
{
	struct event *e = &k->e;

	e->has_result = true;
	e->result = is_error ? -1 : result;
	e->error = is_error ? (int)-result : 0;
	if (decoder_of(k->call)->exit)
		decoder_of(k->call)->exit(t, k, is_error ? -1 : result);
	if (t->search)
		kept_call(t, k);
	if (t->config.driven) {
		e->time = t->now - t->began;
		if (!t->quiet)
			decode_after(t, k);
	}
}
