/*
 * Mechanisms that carry a number (eventfd(2), real-time signals), that read
 * the other process (process_vm_readv(2)), and the plainest of all: a file
 * that the other one looks into until something new stands there.
 */
#include "config.h"

#include "bench/channel.h"

#include "base/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <unistd.h>

int
eventfd_open(struct channel *c)
{
	for (enum side from = NEAR; from <= FAR; from++) {
		int fd = eventfd(0, EFD_CLOEXEC);

		if (fd < 0)
			return channel_failed(c, "eventfd");
		c->fd[from][OUT] = c->fd[!from][IN] = fd;
	}
	return 0;
}

/* What both of them carry is a number; this one goes into an int.  */
uint32_t
number_largest(struct channel *c)
{
	(void)c;
	return sizeof(int);
}

/* The message, as a number that is never 0.  */
static uint64_t
as_number(const struct channel *c)
{
	uint32_t number = 0;

	memcpy(&number, c->buf, c->size);
	return (uint64_t)number + 1;
}

static void
from_number(struct channel *c, uint64_t value)
{
	uint32_t number = (uint32_t)(value - 1);

	memcpy(c->buf, &number, c->size);
}

int
eventfd_send(struct channel *c)
{
	uint64_t value = as_number(c);

	if (write(c->fd[c->side][OUT], &value, sizeof(value)) < 0)
		return channel_failed(c, "write");
	return 0;
}

int
eventfd_receive(struct channel *c)
{
	uint64_t value;

	if (read(c->fd[c->side][IN], &value, sizeof(value)) < 0)
		return channel_failed(c, "read");
	from_number(c, value);
	return 0;
}

/* Blocked, so that it waits for sigwaitinfo(2); inherited by both.  */
int
signal_open(struct channel *c)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return channel_failed(c, "sigprocmask");
	return 0;
}

int
signal_send(struct channel *c)
{
	union sigval value = { .sival_ptr = (void *)(uintptr_t)as_number(c) };

	if (sigqueue(c->control->pid[!c->side], SIGRTMIN, value) < 0)
		return channel_failed(c, "sigqueue");
	return 0;
}

int
signal_receive(struct channel *c)
{
	siginfo_t info;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	if (sigwaitinfo(&set, &info) < 0)
		return channel_failed(c, "sigwaitinfo");
	from_number(c, (uintptr_t)info.si_value.sival_ptr);
	return 0;
}

int
vm_open(struct channel *c)
{
	(void)c;
	return 0;
}

/* Where Yama is on, a process must allow the other one (PR_SET_PTRACER).  */
int
vm_begin(struct channel *c)
{
	if (c->side == FAR) {
		c->control->buf = c->buf;
		/* EINVAL: there is no Yama, and nothing to ask.  */
		prctl(PR_SET_PTRACER, c->control->pid[NEAR], 0, 0, 0);
	}
	return 0;
}

int
vm_receive(struct channel *c)
{
	struct iovec here = { c->buf, c->size };
	struct iovec there = { c->control->buf, c->size };

	if (process_vm_readv(c->control->pid[FAR], &here, 1, &there, 1, 0)
	    < 0)
		return channel_failed(c, "process_vm_readv");
	return 0;
}

/* A file: first how many messages there were, then the last one.  */
struct head {
	uint64_t messages;
};

/* Without a name from the start where the file system can (open(2)).  */
static int
nameless(void)
{
	const char *folder = getenv("TMPDIR");
	char *name;
	int fd;

	if (!folder || !*folder)
		folder = "/tmp";
	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	name = xasprintf("%s/ipclab-bench-XXXXXX", folder);
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	free(name);
	return fd;
}

int
file_open(struct channel *c)
{
	for (enum side from = NEAR; from <= FAR; from++) {
		const struct head none = { 0 };
		int fd = nameless();

		if (fd < 0)
			return channel_failed(c, "open");
		if (pwrite(fd, &none, sizeof(none), 0) < 0)
			return channel_failed(c, "pwrite");
		c->fd[from][OUT] = c->fd[!from][IN] = fd;
	}
	return 0;
}

/* Look until at least so many messages were written, and let others have the
 * processor between two looks.  */
static int
poll_file(struct channel *c, uint64_t messages)
{
	struct head head;

	for (;;) {
		if (pread(c->fd[c->side][IN], &head, sizeof(head), 0) < 0)
			return channel_failed(c, "pread");
		if (head.messages >= messages)
			return 0;
		sched_yield();
	}
}

/* First the message, then the word that it is there.  */
int
file_send(struct channel *c)
{
	struct head head = { .messages = c->sent + 1 };
	int fd = c->fd[c->side][OUT];

	/* There is room for one: the one before must have been taken.  */
	if (c->stream && poll_file(c, c->sent) < 0)
		return -1;
	if (pwrite(fd, c->buf, c->size, sizeof(head)) < 0 ||
	    pwrite(fd, &head, sizeof(head), 0) < 0)
		return channel_failed(c, "pwrite");
	c->sent++;
	return 0;
}

int
file_receive(struct channel *c)
{
	struct head head = { .messages = c->taken + 1 };

	if (poll_file(c, head.messages) < 0)
		return -1;
	if (pread(c->fd[c->side][IN], c->buf, c->size, sizeof(head)) < 0)
		return channel_failed(c, "pread");
	if (c->stream && pwrite(c->fd[c->side][OUT], &head, sizeof(head), 0)
	    < 0)
		return channel_failed(c, "pwrite");
	c->taken++;
	return 0;
}
