/* The object behind a descriptor, and its open file description.  */
#include "config.h"

#include "probe/probe.h"
#include "tracer/things.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
thing_sent(struct tracing *t, int id, int description)
{
	struct things *ts = t->things;

	ts->sent = xgrow(ts->sent, &ts->room_sent, ts->n_sent + 1,
			 sizeof(*ts->sent));
	ts->sent[ts->n_sent++] = (struct sent){ id, description };
}

/* It may have been closed since it was sent: then its number is known from
 * the sending alone.  -1: none was sent.  */
static int
take_sent(struct tracing *t, int id, int description)
{
	struct things *ts = t->things;

	for (int i = 0; i < ts->n_sent; i++) {
		if (ts->sent[i].thing != id ||
		    (description >= 0 &&
		     ts->sent[i].description != description))
			continue;
		description = ts->sent[i].description;
		memmove(&ts->sent[i], &ts->sent[i + 1],
			(--ts->n_sent - i) * sizeof(*ts->sent));
		return description;
	}
	return description;
}

/* The number of an open file description: that of a descriptor, in this
 * task's table, on the same object and the same description (kcmp(2)), else
 * a new one.  Only for descriptors whose opening we did not see.  */
static int
description_of(struct tracing *t, struct task *k, int fd, int id)
{
	int sent;

	for (struct task *o = t->first; o; o = o->next) {
		if (!o->fds || o->phase == PHASE_ENDED)
			continue;
		for (size_t i = 0; i < o->fds->room; i++) {
			struct descriptor *d = descriptors_get(o->fds, i);

			if (d && d->object == id && d->description >= 0 &&
			    !(o == k && (int)i == fd) &&
			    probe_same_description(k->tid, fd, o->tid, i,
						   NULL) == 1)
				return take_sent(t, id, d->description);
		}
	}
	sent = take_sent(t, id, -1);
	return sent >= 0 ? sent : t->next_description++;
}

/* All descriptors of anonymous inodes share one inode (eventfd(2), epoll(7)
 * and the like): they are told apart by their open file description.  */
static bool
is_shared_inode(const struct stat *st)
{
	return (st->st_mode & S_IFMT) == 0;
}

static int
of_description(struct tracing *t, struct task *k, int fd)
{
	for (struct task *o = t->first; o; o = o->next) {
		if (!o->fds || o->phase == PHASE_ENDED)
			continue;
		for (size_t i = 0; i < o->fds->room; i++) {
			struct descriptor *d = descriptors_get(o->fds, i);

			if (d && d->object >= 0 &&
			    !(o == k && (int)i == fd) &&
			    thing_row(t, d->object)->ino == 0 &&
			    probe_same_description(k->tid, fd, o->tid, i,
						   NULL) == 1)
				return d->object;
		}
	}
	return -1;
}

/* What stands for the terminal where there is none (tracer_config.output):
 * conditions ask what was printed, and people look for it.  */
static bool
is_own_output(const struct tracing *t, const struct stat *st)
{
	struct stat own;

	return t->config.output > 0 && fstat(t->config.output, &own) == 0 &&
	       own.st_ino == st->st_ino && own.st_dev == st->st_dev;
}

struct descriptor *
thing_of_fd(struct tracing *t, struct task *k, int fd)
{
	struct descriptor *d = descriptors_get(k->fds, fd);
	struct descriptor new = { .description = -1 };
	char proc[64], link[PATH_MAX_LEN];
	struct probe_fd probed;
	struct stat st;
	ssize_t n;
	int id;

	if (d && d->object >= 0)
		return d;
	snprintf(proc, sizeof(proc), "/proc/%d/fd/%d", k->tid, fd);
	if (fd < 0 || stat(proc, &st) < 0)
		return NULL;
	id = is_shared_inode(&st) ? of_description(t, k, fd) :
	     thing_find(t->things, st.st_dev, st.st_ino);
	if (id < 0) {
		n = readlink(proc, link, sizeof(link) - 1);
		link[n > 0 ? n : 0] = '\0';
		id = thing_add(t, is_own_output(t, &st) ? KIND_TERMINAL
			       : thing_kind_of_file(&st, proc, link), st.st_dev,
			 is_shared_inode(&st) ? 0 : st.st_ino, link);
		thing_tell(t, k, id);
	}
	if (d) {	/* its opening was seen: flags are known */
		d->object = id;
		if (d->description < 0)
			d->description = t->next_description++;
		return d;
	}
	if (probe_fd(k->tid, fd, &probed, NULL) == 0) {
		new.mode = probed.mode;
		new.cloexec = probed.cloexec;
		new.nonblock = probed.nonblock;
		new.append = probed.append;
	}
	new.object = id;
	new.description = description_of(t, k, fd, id);
	descriptors_set(k->fds, fd, new);
	return descriptors_get(k->fds, fd);
}
