/*
 * Probing message queues of both kinds.
 *
 * System V: msgrcv(2) with MSG_COPY copies a message and leaves it, and the
 * times and process ids of the queue, as they are.  POSIX: the kernel shows
 * numbers only (mq_overview(7)).
 */
#include "config.h"

#include "probe/probe.h"

#include "base/i18n.h"
#include "probe/handle.h"
#include "probe/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of <linux/msg.h>, which cannot be included besides <sys/msg.h>.  */
enum {
	STAT_ANY = 13,		/* MSG_STAT_ANY, Linux 4.17 */
	INDEX_MASK = 0x7fff,	/* an id is its place in a table, and more */
	SEARCH_MAX = 4096,	/* messages looked at for one of a type */
};

/* ---- System V ---- */

/* Whoever may not read a queue may still see its numbers, by its place.  */
static int
stat_queue(int id, struct msqid_ds *ds)
{
	if (msgctl(id, IPC_STAT, ds) == 0)
		return 0;
	if (errno != EACCES)
		return -1;
	return msgctl(id & INDEX_MASK, STAT_ANY, ds) == id ? 0 :
	       (errno = EACCES, -1);
}

/* Room for one message; the size is that of the largest.  */
static struct msgbuf *
message_room(size_t *size)
{
	static struct msgbuf *room;
	static size_t have;
	struct msginfo info;

	*size = msgctl(0, IPC_INFO, (struct msqid_ds *)&info) < 0 ? 8192
								   : info.msgmax;
	if (*size > have) {
		free(room);
		have = *size;
		room = xmalloc(sizeof(*room) + have);
	}
	return room;
}

/* Copy message number i, and leave it.  Its length, or -1 with errno: ENOMSG
 * when there is none, ENOSYS where the kernel cannot, EINVAL where it is
 * larger than what may be sent now.  */
static ssize_t
copy_message(int id, int i, struct msgbuf **m)
{
	size_t size;

	*m = message_room(&size);
	return msgrcv(id, *m, size, i, MSG_COPY | IPC_NOWAIT | MSG_NOERROR);
}

static void
add_message(struct object_state *out, const struct msgbuf *m, ssize_t len)
{
	struct state_item *item = object_state_add(out);

	if (!item || len < 0)
		return;
	item->number = m->mtype;
	item->value = len;
	item->data_len = len < ITEM_DATA_MAX ? (int)len : ITEM_DATA_MAX - 1;
	memcpy(item->data, m->mtext, item->data_len);
}

static void
read_messages(int id, struct object_state *out)
{
	struct msgbuf *m;

	for (int i = 0; i < out->messages && i < STATE_ITEMS_MAX; i++) {
		ssize_t len = copy_message(id, i, &m);

		if (len < 0 && errno != EINVAL) {
			out->derived = errno != ENOMSG;
			return;
		}
		add_message(out, m, len);
	}
}

int
probe_queue(int id, struct object_state *out, char **why)
{
	struct msqid_ds ds;

	if (stat_queue(id, &ds) < 0)
		return fail(why, errno == EACCES ?
			    _("System V queue %d may not be read by this "
			      "user") : _("there is no System V queue %d"), id);
	object_state_init(out);
	out->known = true;
	out->bytes = ds.__msg_cbytes;
	out->capacity = ds.msg_qbytes;
	out->messages = ds.msg_qnum;
	read_messages(id, out);
	return 0;
}

int
probe_queue_exists(int id)
{
	struct msqid_ds ds;

	return stat_queue(id, &ds) == 0 || errno == EACCES;
}

/* The kernel's rule (do_msgsnd() in ipc/msg.c): the bytes must fit, and so
 * many messages may not be longer than one byte each.  */
int
probe_queue_full(int id, size_t size)
{
	struct msqid_ds ds;
	size_t most;

	message_room(&most);
	if (stat_queue(id, &ds) < 0)
		return -1;
	if (size > most)
		return 0;	/* EINVAL */
	return ds.__msg_cbytes + size > ds.msg_qbytes ||
	       ds.msg_qnum + 1 > ds.msg_qbytes;
}

/* Would msgrcv(2) with this selector take a message of that type?  The lowest
 * type up to -N is there if any is.  */
static bool
is_wanted(long type, long selector, bool except)
{
	if (selector > 0)
		return except ? type != selector : type == selector;
	return selector <= -type;
}

int
probe_queue_has(int id, long selector, bool except)
{
	struct msqid_ds ds;
	struct msgbuf *m;

	if (stat_queue(id, &ds) < 0)
		return -1;
	if (ds.msg_qnum == 0 || selector == 0)
		return ds.msg_qnum > 0;
	for (int i = 0; i < SEARCH_MAX; i++) {
		if (copy_message(id, i, &m) < 0) {
			if (errno == ENOMSG)
				return 0;
			if (errno != EINVAL)
				return -1;
		} else if (is_wanted(m->mtype, selector, except)) {
			return 1;
		}
	}
	return -1;
}

/* ---- POSIX ---- */

/* "QSIZE:129  NOTIFY:2  SIGNO:0  NOTIFY_PID:8260".  Read through a description
 * of our own, so that nobody's offset moves.  */
static void
read_details(pid_t pid, int fd, struct probe_mqueue *out)
{
	char path[48], text[128];
	ssize_t n;
	int file;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (file < 0)
		return;
	n = pread(file, text, sizeof(text) - 1, 0);
	close(file);
	text[n > 0 ? n : 0] = '\0';
	if (sscanf(text, "QSIZE:%ld NOTIFY:%d SIGNO:%d NOTIFY_PID:%d",
		   &out->bytes, &out->notify, &out->signal,
		   &out->notify_pid) != 4)
		out->notify_pid = 0;
}

int
probe_mqueue(pid_t pid, int fd, struct probe_mqueue *out, char **why)
{
	int flags, copy = handle_take(pid, fd, &flags, why);
	struct mq_attr attr;

	if (copy < 0)
		return -1;
	if (syscall(SYS_mq_getsetattr, copy, NULL, &attr) < 0) {
		close(copy);
		return fail(why, _("descriptor %d of process %d is not a "
				   "POSIX message queue"), fd, (int)pid);
	}
	close(copy);
	*out = (struct probe_mqueue){
		.messages = attr.mq_curmsgs, .max_messages = attr.mq_maxmsg,
		.max_size = attr.mq_msgsize, .bytes = -1,
		.nonblock = flags & O_NONBLOCK,
	};
	read_details(pid, fd, out);
	return 0;
}
