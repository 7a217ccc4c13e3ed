/* The table of policy.h, and a program of seccomp(2) from it.  */
#include "config.h"

#include "sandbox/policy.h"

#include "base/i18n.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#define CALL(call) .name = #call, .nr = SCMP_SYS(call)
#define BITS(n, bits) .asks = POLICY_HAS, .arg = n, .mask = bits, .value = bits
#define OTHERS(call, n, because) \
	{ CALL(call), .asks = POLICY_NOT, .arg = n, .value = 0, \
	  .error = EPERM, .quiet = true, .why = because }
/* The kernel looks at the lower half only, so the upper one is no way round. */
#define IS(n, is) .asks = POLICY_HAS, .arg = n, .mask = UINT32_MAX, .value = is
#define NEVER(call, fails, because) \
	{ CALL(call), .error = fails, .why = because }
#define CLONE(bit, because) \
	{ CALL(clone), BITS(0, bit), .error = EPERM, .why = because }

static const char hides[] = "a child that the tracer does not see";
static const char strays[] = "a child of another process than its maker";
static const char spaces[] = "namespaces of its own";
static const char peeks[] = "reading and writing other processes";
static const char ranks[] = "limits and ranks of other processes";
static const char rings[] = "calls that no filter sees (io_uring)";
static const char keys[] = "keys, which are shared by the machine";
static const char mounts[] = "other file systems";
static const char machine[] = "changing the machine";
static const char modules[] = "changing the kernel";
static const char handles[] = "files without their names";
static const char filters[] = "a filter on top of ours";
static const char types[] = "typing into a terminal";
static const char watches[] = "looking at the kernel";
static const char families[] = "a network of another kind";

const struct policy policies[] = {
	CLONE(CLONE_UNTRACED, hides),
	CLONE(CLONE_PARENT, strays),
	CLONE(CLONE_NEWNS, spaces),
	CLONE(CLONE_NEWCGROUP, spaces),
	CLONE(CLONE_NEWUTS, spaces),
	CLONE(CLONE_NEWIPC, spaces),
	CLONE(CLONE_NEWUSER, spaces),
	CLONE(CLONE_NEWPID, spaces),
	CLONE(CLONE_NEWNET, spaces),
	/* Its flags are in memory.  The C library then takes clone().  */
	{ CALL(clone3), .error = ENOSYS, .quiet = true, .why = hides },
	NEVER(unshare, EPERM, spaces),
	NEVER(setns, EPERM, spaces),

	NEVER(ptrace, EPERM, peeks),
	NEVER(process_vm_readv, EPERM, peeks),
	NEVER(process_vm_writev, EPERM, peeks),
	NEVER(process_madvise, EPERM, peeks),
	NEVER(pidfd_getfd, EPERM, peeks),
	NEVER(kcmp, EPERM, peeks),

	/* The runner is of the same user; nobody is asked for a right.  0 is
	 * who asks; who names himself by number may be told EPERM as well.  */
	OTHERS(prlimit64, 0, ranks),
	OTHERS(sched_setaffinity, 0, ranks),
	OTHERS(sched_setscheduler, 0, ranks),
	OTHERS(sched_setparam, 0, ranks),
	OTHERS(sched_setattr, 0, ranks),
	OTHERS(setpriority, 0, ranks),		/* PRIO_PROCESS is 0 */
	OTHERS(setpriority, 1, ranks),
	OTHERS(ioprio_set, 1, ranks),
	OTHERS(migrate_pages, 0, ranks),
	OTHERS(move_pages, 0, ranks),

	NEVER(io_uring_setup, ENOSYS, rings),
	NEVER(io_uring_enter, ENOSYS, rings),
	NEVER(io_uring_register, ENOSYS, rings),

	NEVER(add_key, EPERM, keys),
	NEVER(request_key, EPERM, keys),
	NEVER(keyctl, EPERM, keys),

	NEVER(bpf, EPERM, watches),
	NEVER(perf_event_open, EPERM, watches),
	NEVER(userfaultfd, EPERM, watches),
	NEVER(fanotify_init, EPERM, watches),
	NEVER(syslog, EPERM, watches),
	NEVER(lookup_dcookie, EPERM, watches),

	NEVER(mount, EPERM, mounts),
	NEVER(umount2, EPERM, mounts),
	NEVER(pivot_root, EPERM, mounts),
	NEVER(chroot, EPERM, mounts),
	NEVER(fsopen, EPERM, mounts),
	NEVER(fsconfig, EPERM, mounts),
	NEVER(fsmount, EPERM, mounts),
	NEVER(fspick, EPERM, mounts),
	NEVER(open_tree, EPERM, mounts),
	NEVER(move_mount, EPERM, mounts),
	NEVER(mount_setattr, EPERM, mounts),
	NEVER(quotactl, EPERM, mounts),

	NEVER(open_by_handle_at, EPERM, handles),
	NEVER(name_to_handle_at, EPERM, handles),

	{ CALL(seccomp), IS(0, SECCOMP_SET_MODE_FILTER), .error = EPERM,
	  .why = filters },
	{ CALL(prctl), IS(0, PR_SET_SECCOMP), .error = EPERM,
	  .why = filters },
	{ CALL(ioctl), IS(1, TIOCSTI), .error = EPERM, .why = types },
	{ CALL(ioctl), IS(1, TIOCLINUX), .error = EPERM, .why = types },
	{ CALL(vhangup), .error = EPERM, .why = types },

	/* Unix, internet and netlink are there, and they are its own.  */
	{ CALL(socket), .asks = POLICY_FROM, .arg = 0,
	  .value = AF_NETLINK + 1, .error = EAFNOSUPPORT, .why = families },
	{ CALL(socket), IS(0, AF_KEY), .error = EAFNOSUPPORT,
	  .why = families },

	/* 0xffffffff asks what it is.  */
	{ CALL(personality), .asks = POLICY_NOT, .arg = 0,
	  .value = UINT32_MAX, .error = EPERM, .why = machine },
	NEVER(reboot, EPERM, machine),
	NEVER(swapon, EPERM, machine),
	NEVER(swapoff, EPERM, machine),
	NEVER(acct, EPERM, machine),
	NEVER(settimeofday, EPERM, machine),
	NEVER(clock_settime, EPERM, machine),
	NEVER(sethostname, EPERM, machine),
	NEVER(setdomainname, EPERM, machine),
	NEVER(iopl, EPERM, machine),
	NEVER(ioperm, EPERM, machine),
	NEVER(modify_ldt, EPERM, machine),
	NEVER(vm86, EPERM, machine),
	NEVER(kexec_load, EPERM, modules),
	NEVER(kexec_file_load, EPERM, modules),
	NEVER(init_module, EPERM, modules),
	NEVER(finit_module, EPERM, modules),
	NEVER(delete_module, EPERM, modules),
};
const int n_policies = ARRAY_SIZE(policies);

static bool
answers(const struct policy *p, const uint64_t *args)
{
	switch (p->asks) {
	case POLICY_ANY: return true;
	case POLICY_HAS: return (args[p->arg] & p->mask) == p->value;
	case POLICY_FROM: return args[p->arg] >= p->value;
	case POLICY_NOT: return args[p->arg] != p->value;
	}
	return true;
}

const struct policy *
policy_find(long nr, const uint64_t *args)
{
	for (int i = 0; nr >= 0 && i < n_policies; i++)
		if (policies[i].nr == nr && answers(&policies[i], args))
			return &policies[i];
	return NULL;
}

/* ---- as a program ---- */

static struct scmp_arg_cmp
comparison(const struct policy *p)
{
	static const enum scmp_compare how[] = {
		[POLICY_HAS] = SCMP_CMP_MASKED_EQ, [POLICY_FROM] = SCMP_CMP_GE,
		[POLICY_NOT] = SCMP_CMP_NE,
	};
	bool masked = p->asks == POLICY_HAS;

	return (struct scmp_arg_cmp){
		.arg = (unsigned)p->arg, .op = how[p->asks],
		.datum_a = masked ? p->mask : p->value,
		.datum_b = masked ? p->value : 0,
	};
}

int
policy_rule(void *filter, const struct policy *p, uint32_t action)
{
	struct scmp_arg_cmp when;

	if (p->nr < 0)
		return 0;
	if (p->asks == POLICY_ANY)
		return seccomp_rule_add_array(filter, action, p->nr, 0, NULL);
	when = comparison(p);
	return seccomp_rule_add_array(filter, action, p->nr, 1, &when);
}

int
policy_export(int fd, char **why)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	int rc = ctx ? 0 : -ENOMEM;

	if (rc == 0)
		rc = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
				      SCMP_ACT_KILL_PROCESS);
	for (int i = 0; rc == 0 && i < n_policies; i++)
		rc = policy_rule(ctx, &policies[i],
				 SCMP_ACT_ERRNO(policies[i].error));
	if (rc == 0)
		rc = seccomp_export_bpf(ctx, fd);
	if (ctx)
		seccomp_release(ctx);
	return rc == 0 ? 0 : fail(why, _("cannot make the sandbox's filter of "
					 "system calls: %s"), strerror(-rc));
}
