/* Tasks: found by their thread id, kept in order of birth.  */
#include "config.h"

#include "tracer/runtime.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct task **
bucket(struct tracing *t, pid_t tid)
{
	return &t->hash[(unsigned)tid % ARRAY_SIZE(t->hash)];
}

struct task *
task_find(struct tracing *t, pid_t tid)
{
	struct task *k = *bucket(t, tid);

	while (k && k->tid != tid)
		k = k->next_hash;
	return k;
}

static void
hash_in(struct tracing *t, struct task *k)
{
	struct task **b = bucket(t, k->tid);

	k->next_hash = *b;
	*b = k;
}

static void
hash_out(struct tracing *t, struct task *k)
{
	struct task **b = bucket(t, k->tid);

	while (*b && *b != k)
		b = &(*b)->next_hash;
	if (*b)
		*b = k->next_hash;
}

struct task *
task_new(struct tracing *t, pid_t tid)
{
	/* Not cleared: the event is large, and event_init() does it.  */
	struct task *k = xmalloc(sizeof(*k));

	memset(k, 0, offsetof(struct task, e));
	k->tid = k->pid = tid;
	k->until = k->alarm = -1;
	k->thing = k->timeout_arg = -1;
	k->stat_fd = -1;
	k->phase = PHASE_EARLY;
	k->leader = k;
	event_init(&k->e, WHAT_NONE);
	hash_in(t, k);
	return k;
}

void
task_name(struct task *k, struct task *parent, bool thread, int born)
{
	int n = thread ? ++parent->leader->threads
		       : ++parent->leader->children;

	/* A very deep tree: names go on from the number of its birth.  */
	if (strlen(parent->leader->name) > NAME_MAX_LEN - 14)
		snprintf(k->name, sizeof(k->name), "A#%d", born);
	else
		snprintf(k->name, sizeof(k->name), "%.18s%c%d",
			 parent->leader->name, thread ? ':' : '.', n);
}

void
task_rename_tid(struct tracing *t, struct task *k, pid_t tid)
{
	hash_out(t, k);
	k->tid = tid;
	hash_in(t, k);
	if (k->stat_fd >= 0)
		close(k->stat_fd);
	k->stat_fd = -1;
}

void
task_end(struct tracing *t, struct task *k)
{
	hash_out(t, k);
	if (k->stat_fd >= 0)
		close(k->stat_fd);
	k->stat_fd = -1;
	descriptors_put(k->fds);
	k->fds = NULL;
	maps_free(k);
	virtual_timer_forget(k);
	operation_forget(k);
	k->phase = PHASE_ENDED;
}

struct role
task_role(const struct tracing *t, const struct task *k)
{
	return cast_role(t->config.cast, k->name);
}

struct task *
task_by_name(struct tracing *t, const char *name)
{
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase != PHASE_ENDED && strcmp(k->name, name) == 0)
			return k;
	return NULL;
}

/*
 * A task that is about to fall asleep, or has just been woken, is called S for
 * a moment while it still runs: wait(2), for one, looks for a dead child in
 * that state.  /proc/TID/syscall is answered only when the task is off the
 * processor, and says "running" if it does not stay so.
 */
static bool
still_runs(struct task *k)
{
	char text[32];
	ssize_t n;
	int fd;

	snprintf(text, sizeof(text), "/proc/%d/syscall", k->tid);
	fd = open(text, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, text, sizeof(text));
	close(fd);
	return n >= 7 && memcmp(text, "running", 7) == 0;
}

char
task_state(struct task *k)
{
	char text[512], *paren;
	ssize_t n;

	if (k->stat_fd < 0) {
		snprintf(text, sizeof(text), "/proc/%d/stat", k->tid);
		k->stat_fd = open(text, O_RDONLY | O_CLOEXEC);
	}
	n = pread(k->stat_fd, text, sizeof(text) - 1, 0);
	if (n <= 0)
		return 'X';
	text[n] = '\0';
	/* "TID (name) S ...": the name may hold anything, also ')'. */
	paren = strrchr(text, ')');
	if (!paren || !paren[1])
		return 'X';
	return paren[2] == 'S' && still_runs(k) ? 'R' : paren[2];
}

/* A process that was waited for, or a thread, which nobody waits for.  */
static bool
is_past(const struct task *k)
{
	return k->phase == PHASE_ENDED && (k->reaped || k->leader != k);
}

/* A build starts processes by the ten thousand: all would be searched at each
 * end of one.  */
void
tasks_forget(struct tracing *t)
{
	struct task **at = &t->first, *k;

	t->last = NULL;
	while ((k = *at)) {
		if (is_past(k)) {
			*at = k->next;
			maps_free(k);
			free(k);
			continue;
		}
		t->last = k;
		at = &k->next;
	}
}

void
tasks_free(struct tracing *t)
{
	struct task *k = t->first, *next;

	for (; k; k = next) {
		next = k->next;
		if (k->phase != PHASE_ENDED)
			task_end(t, k);
		maps_free(k);
		free(k);
	}
	t->first = t->last = NULL;
	/* What is left was never told of by a parent.  */
	for (size_t i = 0; i < ARRAY_SIZE(t->hash); i++) {
		while ((k = t->hash[i])) {
			task_end(t, k);
			free(k);
		}
	}
}
