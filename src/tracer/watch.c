/*
 * In a search: who was let go must be heard of again.  Whoever uses the
 * processor for longer than the bound without coming to a point is held where
 * he is, and ends the run; so does whoever neither computes nor sleeps nor
 * reports for a minute, which no program should be able to do.
 *
 * Processor time, not time: a machine that is busy with other things makes a
 * run slower, not another one.
 */
#include "config.h"

#include "base/i18n.h"
#include "tracer/trace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)
#define STUCK_NS (60 * SECOND)
#define MEMORY_MAX (INT64_C(1) << 30)		/* of one process */
#define MEMORY_ALL (INT64_C(2) << 30)

static int64_t
read_clock(clockid_t clock)
{
	struct timespec ts;

	return clock_gettime(clock, &ts) == 0
	       ? ts.tv_sec * SECOND + ts.tv_nsec : -1;
}

/* Of all threads of the process; only one of them moves.  */
static int64_t
processor_time(pid_t pid)
{
	clockid_t clock;

	return clock_getcpuclockid(pid, &clock) == 0 ? read_clock(clock) : -1;
}

/* Where is it?  Hold it there to look.  */
static uint64_t
stop_and_look(struct task *k)
{
	struct __ptrace_syscall_info info = { .instruction_pointer = 0 };
	int status;

	if (ptrace(PTRACE_INTERRUPT, k->tid, NULL, NULL) < 0)
		return 0;
	while (waitpid(k->tid, &status, __WALL) < 0)
		if (errno != EINTR)
			return 0;
	if (WIFSTOPPED(status))
		ptrace(PTRACE_GET_SYSCALL_INFO, k->tid, sizeof(info), &info);
	/* As a return address: the instruction is before it.  */
	return info.instruction_pointer + 1;
}

static void
begin(struct searching *s, struct task *k)
{
	s->watched = k;
	s->watched_move = k->moved_at;
	s->watched_cpu = processor_time(k->pid);
	s->watched_wall = read_clock(CLOCK_MONOTONIC);
	s->watched_used = 0;
}

static bool
end(struct tracing *t, char *over)
{
	limit_exceeded(t, over);
	return true;
}

static int64_t
memory_most(const struct tracing *t)
{
	int64_t most = t->config.confined ? t->config.limits.memory : 0;

	return most > 0 ? most : MEMORY_MAX;
}

/* Bytes that it really has, shared ones included (proc(5), statm).  */
static int64_t
resident(pid_t pid)
{
	long pages = 0;
	char name[64];
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%d/statm", pid);
	f = fopen(name, "re");
	if (!f)
		return 0;
	if (fscanf(f, "%*d %ld", &pages) != 1)
		pages = 0;
	fclose(f);
	return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

/* ... its part of the shared ones (proc(5), smaps_rollup).  */
static int64_t
proportional(pid_t pid)
{
	long long kib = 0;
	char name[64], line[256];
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%d/smaps_rollup", pid);
	f = fopen(name, "re");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "Pss: %lld", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib * 1024;
}

static int64_t
of_all(struct tracing *t, int64_t (*bytes)(pid_t pid))
{
	int64_t sum = 0;

	for (struct task *k = t->first; k && sum <= MEMORY_ALL; k = k->next)
		if (k->leader == k && k->phase != PHASE_ENDED)
			sum += bytes(k->pid);
	return sum;
}

/* The exact sum costs much, and is never more than the other.  */
bool
watch_memory(struct tracing *t, struct task *k)
{
	int64_t own = resident(k->pid);

	if (own > memory_most(t)) {
		t->search->bound = BOUND_MEMORY;
		return end(t, xasprintf(_("%s uses more than %d MiB of "
					  "memory"), k->name,
					(int)(memory_most(t) >> 20)));
	}
	if (own < MEMORY_ALL / 512 || of_all(t, resident) <= MEMORY_ALL ||
	    of_all(t, proportional) <= MEMORY_ALL)
		return false;
	t->search->bound = BOUND_MEMORY;
	return end(t, xasprintf(_("its processes use more than %d MiB of "
				  "memory together"),
				(int)(MEMORY_ALL >> 20)));
}

bool
watch(struct tracing *t, struct task *k)
{
	struct searching *s = t->search;
	int64_t used;

	if (bounds_time(t)) {
		s->on_the_way = true;
		return true;
	}
	if (s->watched != k || s->watched_move != k->moved_at) {
		begin(s, k);
		return false;
	}
	if (watch_memory(t, k))
		return true;
	used = processor_time(k->pid) - s->watched_cpu;
	if (used > s->busy_ns) {
		s->busy_pc = stop_and_look(k);
		s->busy = k;
		return end(t, xasprintf(_("%s computes without end"),
					k->name));
	}
	if (used > s->watched_used) {	/* it moves, if slowly */
		s->watched_used = used;
		s->watched_wall = read_clock(CLOCK_MONOTONIC);
	}
	if (read_clock(CLOCK_MONOTONIC) - s->watched_wall > STUCK_NS)
		return end(t, xasprintf(_("%s neither goes on nor sleeps"),
					k->name));
	return false;
}
