/*
 * The seccomp filter: the calls of the table stop the subject, all others
 * run at full speed (seccomp(2), SECCOMP_RET_TRACE).
 */
#include "config.h"

#include "sandbox/policy.h"
#include "tracer/trace.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A program maps its libraries with mmap, privately: that is its own affair
 * and passes.  In a driven run two more kinds are seen: a private mapping of a
 * file that will be written to (copy on write), and what may take the place
 * of another mapping.  The loader marks its own with MAP_DENYWRITE, which has
 * no other meaning any more (mmap(2)).
 */
static int
stop_at_maps(scmp_filter_ctx ctx, long nr, bool driven)
{
	const int kind = MAP_TYPE | MAP_ANONYMOUS | MAP_FIXED | MAP_DENYWRITE;
	int rc = seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 1,
		SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED, MAP_SHARED));

	if (rc == 0 && driven)
		rc = seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 2,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE, PROT_WRITE),
			SCMP_A3(SCMP_CMP_MASKED_EQ, kind, MAP_PRIVATE));
	if (rc == 0 && driven)
		rc = seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 1,
			SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_FIXED | MAP_DENYWRITE,
				MAP_FIXED));
	return rc;
}

/* Two real-time signals are the C library's own: sigaction(3) refuses them, and
 * it installs its handlers when the first thread is made (nptl(7)).  */
static int
stop_at_actions(scmp_filter_ctx ctx, long nr)
{
	int rc = seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 1,
				  SCMP_A0(SCMP_CMP_LE, SIGSYS));

	return rc < 0 ? rc : seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 1,
					      SCMP_A0(SCMP_CMP_GE, SIGRTMIN));
}

static int
stop_at(scmp_filter_ctx ctx, const struct call *c, bool driven, bool search)
{
	if (c->flags & CALL_SHARED_MAP)
		return stop_at_maps(ctx, c->nr, driven);
	if (search && c->does == DOES_SIGACTION)
		return stop_at_actions(ctx, c->nr);
	return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), c->nr, 0);
}

static bool
is_wanted(const struct call *c, bool driven, bool looks)
{
	if (c->flags & CALL_SEARCHED)
		return looks;
	return driven || !(c->flags & CALL_DRIVEN);
}

/* Of these the tracer looks at the arguments itself.  */
static bool
stops_anyway(int nr, bool driven, bool looks)
{
	const struct call *c = call_find(nr);

	return c && is_wanted(c, driven, looks);
}

/* search: whether the kernel's tables of handlers agree with ours is not
 * asked.  */
static int
build(scmp_filter_ctx ctx, bool driven, bool looks, bool search,
      bool confined)
{
	int rc;

	/* Calls of another architecture (int 0x80 on x86_64) are none of the
	 * table's: they would pass unseen.  */
	rc = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
			      SCMP_ACT_KILL_PROCESS);
	/* A binary tree instead of a list of comparisons.  */
	if (rc == 0)
		rc = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	for (int i = 0; rc == 0 && i < n_calls; i++)
		if (is_wanted(&calls[i], driven, looks))
			rc = stop_at(ctx, &calls[i], driven, search);
	if (rc == 0 && confined && search)
		rc = seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), SCMP_SYS(mmap), 3,
			SCMP_A1(SCMP_CMP_GE, LIMIT_PIECE),
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE, PROT_WRITE),
			SCMP_A3(SCMP_CMP_MASKED_EQ,
				MAP_TYPE | MAP_ANONYMOUS | MAP_FIXED,
				MAP_PRIVATE | MAP_ANONYMOUS));
	for (int i = 0; rc == 0 && confined && i < n_policies; i++)
		if (!stops_anyway(policies[i].nr, driven, looks))
			rc = policy_rule(ctx, &policies[i], SCMP_ACT_TRACE(0));
	return rc;
}

/* The filter of searches, once it was prepared; and that of servers.  */
static struct sock_fprog prepared, served;

static void
keep_program(int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || st.st_size == 0)
		return;
	prepared.filter = xmalloc(st.st_size);
	if (pread(fd, prepared.filter, st.st_size, 0) == st.st_size)
		prepared.len = st.st_size / sizeof(*prepared.filter);
}

void
filter_prepare(bool confined)
{
	scmp_filter_ctx ctx = prepared.len ? NULL
					   : seccomp_init(SCMP_ACT_ALLOW);
	int fd = ctx ? memfd_create("filter", MFD_CLOEXEC) : -1;

	if (fd >= 0 && build(ctx, true, true, true, confined) == 0 &&
	    seccomp_export_bpf(ctx, fd) == 0)
		keep_program(fd);
	if (fd >= 0)
		close(fd);
	if (ctx)
		seccomp_release(ctx);
}

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif
/* Both have the low half first.  */
#define HIGH_HALF \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, \
		 offsetof(struct seccomp_data, instruction_pointer) + 4)
#define FIELD(name) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))
#define IS(value, yes, no) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), (yes), (no))

/* Before all else: calls of this number from one of these places pass.  */
void
filter_pass(long nr, const uint64_t *at, int n)
{
	const int rest = 4 * n;		/* from where the places begin */
	struct sock_filter *f;
	int i = 0;

	free(served.filter);
	served.len = 0;
	served.filter = f = xcalloc(prepared.len + rest + 6, sizeof(*f));
	if (!prepared.len || n > FILTER_PLACES_MAX)
		return;
	f[i++] = (struct sock_filter)FIELD(arch);
	f[i++] = (struct sock_filter)IS(ARCHITECTURE, 0, rest + 4);
	f[i++] = (struct sock_filter)FIELD(nr);
	f[i++] = (struct sock_filter)IS(nr, 0, rest + 2);
	for (int j = 0; j < n; j++) {
		f[i++] = (struct sock_filter)FIELD(instruction_pointer);
		f[i++] = (struct sock_filter)IS(at[j], 0, 2);
		f[i++] = (struct sock_filter)HIGH_HALF;
		f[i++] = (struct sock_filter)IS(at[j] >> 32,
						rest - 4 * j - 4 + 1, 0);
	}
	f[i++] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 1);
	f[i++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
					      SECCOMP_RET_ALLOW);
	memcpy(&f[i], prepared.filter, prepared.len * sizeof(*f));
	served.len = prepared.len + i;
}

int
filter_install(bool driven, bool looks, bool confined, bool serves)
{
	struct sock_fprog *ready = serves && served.len ? &served : &prepared;
	scmp_filter_ctx ctx;
	int rc;

	if (driven && looks && ready->len)
		return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -1 :
		       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ready);
	ctx = seccomp_init(SCMP_ACT_ALLOW);
	if (!ctx)
		return -1;
	rc = build(ctx, driven, looks, false, confined);
	if (rc == 0)
		rc = seccomp_load(ctx);	/* sets no_new_privs */
	seccomp_release(ctx);
	errno = -rc;
	return rc < 0 ? -1 : 0;
}
