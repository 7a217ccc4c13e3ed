/*
 * Message queues: System V (msgsnd(2)) with a type for each direction, and
 * POSIX (mq_overview(7)), two of them.  A message that is larger than the
 * limit is not sent; nothing is split.
 */
#include "config.h"

#include "bench/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

enum { MQ_DEPTH = 10 };		/* what fs.mqueue.msg_max is by default */

/* A number in a file of /proc; 0 when it cannot be read.  */
static uint32_t
limit(const char *path)
{
	FILE *f = fopen(path, "re");
	unsigned value = 0;

	if (!f)
		return 0;
	if (fscanf(f, "%u", &value) != 1)
		value = 0;
	fclose(f);
	return value;
}

/* struct msgbuf of msgsnd(2): the type stands before the text.  */
static void *
message(struct channel *c, enum side to)
{
	long *type = (long *)(void *)c->buf - 1;

	*type = to + 1;
	return type;
}

int
sysv_queue_open(struct channel *c)
{
	c->id = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
	return c->id < 0 ? channel_failed(c, "msgget") : 0;
}

void
sysv_queue_close(struct channel *c)
{
	if (c->id >= 0)
		msgctl(c->id, IPC_RMID, NULL);
}

uint32_t
sysv_queue_largest(struct channel *c)
{
	(void)c;
	return limit("/proc/sys/kernel/msgmax");
}

int
sysv_queue_send(struct channel *c)
{
	if (msgsnd(c->id, message(c, !c->side), c->size, 0) < 0)
		return channel_failed(c, "msgsnd");
	return 0;
}

int
sysv_queue_receive(struct channel *c)
{
	if (msgrcv(c->id, message(c, c->side), c->size, c->side + 1, 0) < 0)
		return channel_failed(c, "msgrcv");
	return 0;
}

uint32_t
posix_queue_largest(struct channel *c)
{
	(void)c;
	return limit("/proc/sys/fs/mqueue/msgsize_max");
}

/* A queue without a name; those who inherit the descriptor share it.  */
static int
nameless(struct channel *c)
{
	uint32_t most = limit("/proc/sys/fs/mqueue/msg_max");
	struct mq_attr attr = { .mq_msgsize = (long)c->size,
		.mq_maxmsg = most && most < MQ_DEPTH ? most : MQ_DEPTH };
	char name[48];
	mqd_t q;

	snprintf(name, sizeof(name), "/ipclab-bench-%d", (int)getpid());
	q = mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &attr);
	if (q < 0)
		return channel_failed(c, "mq_open");
	mq_unlink(name);
	return q;
}

int
posix_queue_open(struct channel *c)
{
	for (enum side from = NEAR; from <= FAR; from++) {
		int q = nameless(c);

		if (q < 0)
			return -1;
		c->fd[from][OUT] = c->fd[!from][IN] = q;
	}
	return 0;
}

int
posix_queue_send(struct channel *c)
{
	if (mq_send(c->fd[c->side][OUT], c->buf, c->size, 0) < 0)
		return channel_failed(c, "mq_send");
	return 0;
}

int
posix_queue_receive(struct channel *c)
{
	if (mq_receive(c->fd[c->side][IN], c->buf, c->size, NULL) < 0)
		return channel_failed(c, "mq_receive");
	return 0;
}
