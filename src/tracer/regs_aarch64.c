/*
 * Registers of aarch64 (arch/arm64/include/uapi/asm/ptrace.h): arguments and
 * result in x0 to x5, the number of the call in a register set of its own,
 * NT_ARM_SYSTEM_CALL.
 */
#include "config.h"

#include "tracer/trace.h"

#include <elf.h>
#include <errno.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

int
regs_set_call(pid_t tid, long nr)
{
	int number = nr;
	struct iovec iov = { &number, sizeof(number) };

	return ptrace(PTRACE_SETREGSET, tid, NT_ARM_SYSTEM_CALL, &iov) < 0
	       ? -1 : 0;
}

int
regs_skip_call(pid_t tid)
{
	return regs_set_call(tid, -1);
}

static int
set_x(pid_t tid, int i, uint64_t value)
{
	struct user_regs_struct regs;
	struct iovec iov = { &regs, sizeof(regs) };

	if (ptrace(PTRACE_GETREGSET, tid, NT_PRSTATUS, &iov) < 0)
		return -1;
	regs.regs[i] = value;
	return ptrace(PTRACE_SETREGSET, tid, NT_PRSTATUS, &iov) < 0 ? -1 : 0;
}

int
regs_set_arg(pid_t tid, int i, uint64_t value)
{
	return set_x(tid, i, value);
}

int
regs_set_args(pid_t tid, int first, int n, const uint64_t *value)
{
	struct user_regs_struct regs;
	struct iovec iov = { &regs, sizeof(regs) };

	if (ptrace(PTRACE_GETREGSET, tid, NT_PRSTATUS, &iov) < 0)
		return -1;
	for (int i = 0; i < n; i++)
		regs.regs[first + i] = value[i];
	return ptrace(PTRACE_SETREGSET, tid, NT_PRSTATUS, &iov) < 0 ? -1 : 0;
}

int
regs_set_result(pid_t tid, int64_t value)
{
	return set_x(tid, 0, value);
}

/* Its counter (cntvct_el0) is read without a fault: not under control.  */
bool
regs_answer_tsc(pid_t tid, uint64_t value)
{
	(void)tid, (void)value;
	return false;
}

/* The address to return to is in x30, the link register.  */
bool
regs_leave(pid_t tid, struct user_regs_struct *kept)
{
	struct iovec iov = { kept, sizeof(*kept) };
	struct user_regs_struct regs;

	if (ptrace(PTRACE_GETREGSET, tid, NT_PRSTATUS, &iov) < 0)
		return false;
	regs = *kept;
	regs.pc = kept->regs[30];
	return regs_restore(tid, &regs);
}

bool
regs_restore(pid_t tid, const struct user_regs_struct *kept)
{
	struct user_regs_struct regs = *kept;
	struct iovec iov = { &regs, sizeof(regs) };

	return ptrace(PTRACE_SETREGSET, tid, NT_PRSTATUS, &iov) == 0;
}
