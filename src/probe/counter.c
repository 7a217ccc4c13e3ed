/*
 * Descriptors that are no file: what /proc/PID/fdinfo/FD says of an eventfd, a
 * timerfd, an epoll instance (proc(5)); and locks on files, of which
 * /proc/locks tells.
 */
#include "config.h"

#include "probe/probe.h"

#include "base/i18n.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

static FILE *
open_info(pid_t pid, int fd, char **why)
{
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", (int)pid, fd);
	f = fopen(path, "re");
	if (!f)
		fail(why, _("descriptor %d of process %d cannot be looked at: "
			    "%s"), fd, (int)pid, strerror(errno));
	return f;
}

int
probe_eventfd(pid_t pid, int fd, struct object_state *out, char **why)
{
	FILE *f = open_info(pid, fd, why);
	char line[256];
	uint64_t count;

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "eventfd-count: %" SCNx64, &count) == 1)
			out->value = count > INT64_MAX ? INT64_MAX
						       : (int64_t)count;
		else if (strncmp(line, "eventfd-semaphore:", 18) == 0 &&
			 strchr(line, '1'))
			COPY_STR(out->status, "EFD_SEMAPHORE");
	}
	fclose(f);
	return 0;
}

int
probe_timerfd(pid_t pid, int fd, struct object_state *out, char **why)
{
	FILE *f = open_info(pid, fd, why);
	struct state_item *item = object_state_add(out);
	char line[256];
	long long n;

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "ticks: %lld", &n) == 1)
			out->value = n;
		else if (item && sscanf(line, "clockid: %lld", &n) == 1)
			item->number = n;
	}
	fclose(f);
	return 0;
}

static int
by_number(const void *a, const void *b)
{
	const struct state_item *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

int
probe_epoll(pid_t pid, int fd, struct object_state *out, char **why)
{
	FILE *f = open_info(pid, fd, why);
	struct state_item *item;
	unsigned events;
	char line[256];
	int watched;

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "tfd: %d events: %x", &watched, &events) != 2)
			continue;
		item = object_state_add(out);
		if (!item)
			break;
		item->number = watched;
		item->value = events;
	}
	fclose(f);
	/* The kernel sorts by places in memory: another order in each run. */
	qsort(out->item, out->n_items, sizeof(*out->item), by_number);
	return 0;
}

/* "1: POSIX  ADVISORY  WRITE 359 08:01:11691 0 EOF"; a waiter's line has "->"
 * behind the number.  */
static void
add_lock(const char *line, uint64_t dev, uint64_t inode,
	 struct object_state *out)
{
	char type[16], mode[16], end[32];
	struct state_item *item;
	unsigned major, minor;
	unsigned long ino;
	long long start;
	int pid;

	if (strstr(line, "->") ||
	    sscanf(line, "%*d: %15s %*s %15s %d %x:%x:%lu %lld %31s", type,
		   mode, &pid, &major, &minor, &ino, &start, end) != 8 ||
	    ino != inode || makedev(major, minor) != dev)
		return;
	item = object_state_add(out);
	if (!item)
		return;
	item->number = strcmp(mode, "WRITE") == 0;
	COPY_STR(item->perms, "lock");
	item->value = start;
	item->pid = pid;
	item->data_len = snprintf(item->data, sizeof(item->data), "%s %lld-%s",
				  type, start, end);
	if (item->data_len >= (int)sizeof(item->data))
		item->data_len = sizeof(item->data) - 1;
}

int
probe_locks(uint64_t dev, uint64_t inode, struct object_state *out, char **why)
{
	FILE *f = fopen("/proc/locks", "re");
	char line[256];

	if (!f)
		return fail(why, _("/proc/locks cannot be read: %s"),
			    strerror(errno));
	while (fgets(line, sizeof(line), f))
		add_lock(line, dev, inode, out);
	fclose(f);
	return 0;
}
