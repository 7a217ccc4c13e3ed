/*
 * A subject that is not trusted: what it may not do is taken from it before
 * its program begins, and calls that the policy forbids fail.
 */
#include "config.h"

#include "tracer/run.h"
#include "tracer/trace.h"

#include "base/i18n.h"
#include "sandbox/policy.h"
#include "tracer/refused.h"
#include "tracer/source.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Stacks and arenas of threads reserve addresses that nobody touches.  */
#define RESERVED (INT64_C(2) << 30)
/* Processes that count and are none of the subject's.  One more than it may
 * have of its own ends the run (limit.c).  */
enum { OURS = 16 };
/* Calls that are refused are no points: whoever makes nothing else would go on
 * to the limit of its processor time, in each run.  */
enum { REFUSED_MAX = 1000 };

static int64_t
more(int64_t limit, int64_t by)
{
	return limit > 0 ? limit + by : 0;
}

/* more: of the hard limit than of the soft one.  */
static int
take_limit(int resource, int64_t value, int more)
{
	struct rlimit r;

	if (value <= 0)
		return 0;
	if (getrlimit(resource, &r) < 0)
		return -1;
	if (r.rlim_max > (rlim_t)(value + more))
		r.rlim_max = (rlim_t)(value + more);
	r.rlim_cur = r.rlim_max < (rlim_t)value ? r.rlim_max : (rlim_t)value;
	return setrlimit(resource, &r);
}

static int
take_limits(const struct tracer_limits *l, bool alone)
{
	int64_t processes = alone ? more(l->processes, OURS) : 0;

	/* SIGXCPU comes first: it says why.  */
	return take_limit(RLIMIT_CPU, l->cpu, 1) < 0 ||
	       take_limit(RLIMIT_AS, more(l->memory, RESERVED), 0) < 0 ||
	       take_limit(RLIMIT_FSIZE, l->file, 0) < 0 ||
	       take_limit(RLIMIT_NOFILE, l->descriptors, 0) < 0 ||
	       take_limit(RLIMIT_NPROC, processes, 0) < 0 ? -1 : 0;
}

static bool
may_drop(struct __user_cap_header_struct *head)
{
	struct __user_cap_data_struct mine[2] = { { 0 } };

	return syscall(SYS_capget, head, mine) == 0 &&
	       mine[0].effective >> CAP_SETPCAP & 1;
}

/* The bounding set first: that needs one of them (capabilities(7)).  Who has
 * none gains none, for no_new_privs is set.  */
static int
drop_capabilities(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct none[2] = { { 0 } };
	bool may = may_drop(&head);

	for (int cap = 0; may && prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0;
	     cap++)
		if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0)
			return -1;
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return -1;
	return (int)syscall(SYS_capset, &head, none);
}

int
confine_subject(const struct tracer_config *c)
{
	if (!c->confined)
		return 0;
	return take_limits(&c->limits, c->alone) < 0 || drop_capabilities() < 0 ||
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -1 : 0;
}

static void
refuse(struct task *k, int error)
{
	regs_skip_call(k->tid);
	regs_set_result(k->tid, -error);
}

static void
note_refused(struct tracing *t, struct task *k, const struct policy *p)
{
	if (t->sources_on)
		source_find(t->sources, k->tid, k->source, sizeof(k->source));
	refused_note(t->search->refused, k->name, p, k->source);
	if (++t->search->n_refused == REFUSED_MAX)
		limit_exceeded(t, xasprintf(_("%s makes calls that are "
					      "forbidden, without end"),
					    k->name));
}

bool
confine_takes(struct tracing *t, struct task *k)
{
	const struct policy *p;

	/* Until its program begins it is we who make calls.  */
	if (!t->config.confined)
		return false;
	p = policy_find(k->nr, k->arg);
	if (!p && limit_objects(t, k)) {
		refuse(k, ENOSPC);
		return true;
	}
	if (!p)
		return limit_mapping(t, k);
	if (!p->quiet && t->search)
		note_refused(t, k, p);
	refuse(k, p->error);
	return true;
}

/* Nobody can change it: it is the same in each run.  */
int
input_keep(const char *text, char **why)
{
	int fd = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	size_t n = strlen(text);

	if (fd >= 0 && write(fd, text, n) == (ssize_t)n &&
	    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW |
				   F_SEAL_SHRINK | F_SEAL_SEAL) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return fail(why, _("cannot prepare for runs: %s"), strerror(errno));
}
