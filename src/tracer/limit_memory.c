/*
 * Memory of a process that is not trusted.
 *
 * What it has touched is looked at while it computes (watch.c), and once more
 * when it ends: so nobody is quicker than the look.  What it asks for in one
 * piece and cannot have is seen before it is refused: a program that takes
 * the refusal for something else is told what it was.
 */
#include "config.h"

#include "base/i18n.h"
#include "tracer/trace.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MIB (INT64_C(1) << 20)

/* The bytes of a line of proc(5), status: "VmHWM:   1234 kB".  */
static int64_t
status_bytes(pid_t pid, const char *line)
{
	char name[64], text[256];
	size_t n = strlen(line);
	long long kib = 0;
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%d/status", pid);
	f = fopen(name, "re");
	while (f && fgets(text, sizeof(text), f))
		if (strncmp(text, line, n) == 0 &&
		    sscanf(text + n, "%lld", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib * 1024;
}

static void
go_beyond(struct tracing *t, struct task *k)
{
	t->search->bound = BOUND_MEMORY;
	limit_exceeded(t, xasprintf(_("%s uses more than %d MiB of memory"),
				    task_role(t, k).text,
				    (int)(t->config.limits.memory / MIB)));
}

void
limit_peak(struct tracing *t, struct task *k)
{
	int64_t most = t->config.limits.memory;

	if (t->search && t->config.confined && most > 0 && !t->over &&
	    t->exec_done && status_bytes(k->pid, "VmHWM:") > most)
		go_beyond(t, k);
}

bool
limit_mapping(struct tracing *t, struct task *k)
{
	const uint64_t kind = MAP_TYPE | MAP_ANONYMOUS | MAP_FIXED;
	struct rlimit r;

	if (k->nr != SYS_mmap || !(k->arg[2] & PROT_WRITE) ||
	    (k->arg[3] & kind) != (MAP_PRIVATE | MAP_ANONYMOUS) ||
	    k->arg[1] < LIMIT_PIECE)
		return false;
	if (t->search && !t->over &&
	    prlimit(k->tid, RLIMIT_AS, NULL, &r) == 0 &&
	    (k->arg[1] > r.rlim_cur ||
	     (uint64_t)status_bytes(k->pid, "VmSize:") + k->arg[1] >
	     r.rlim_cur))
		go_beyond(t, k);
	return true;
}
