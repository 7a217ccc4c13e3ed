/*
 * The seccomp filter: the calls of the table stop the subject, all others
 * run at full speed (seccomp(2), SECCOMP_RET_TRACE).
 */
#include "config.h"

#include "tracer/trace.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/mman.h>

/* A program maps its libraries with mmap, privately: that is its own affair. */
static int
stop_at(scmp_filter_ctx ctx, const struct call *c)
{
	if (c->flags & CALL_SHARED_MAP)
		return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), c->nr, 1,
			SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED, MAP_SHARED));
	return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), c->nr, 0);
}

int
filter_install(bool driven)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	int rc = 0;

	if (!ctx)
		return -1;
	/* Calls of another architecture (int 0x80 on x86_64) are none of the
	 * table's: they would pass unseen.  */
	rc = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
			      SCMP_ACT_KILL_PROCESS);
	/* A binary tree instead of a list of comparisons.  */
	if (rc == 0)
		rc = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	for (int i = 0; rc == 0 && i < n_calls; i++)
		if (driven || !(calls[i].flags & CALL_DRIVEN))
			rc = stop_at(ctx, &calls[i]);
	if (rc == 0)
		rc = seccomp_load(ctx);	/* sets no_new_privs */
	seccomp_release(ctx);
	errno = -rc;
	return rc < 0 ? -1 : 0;
}
