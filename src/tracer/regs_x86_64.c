/*
 * Registers of x86_64 (arch/x86/include/uapi/asm/ptrace.h): the number of a
 * call is in orig_rax, its arguments in rdi, rsi, rdx, r10, r8, r9, its
 * result in rax.  PTRACE_SET_SYSCALL_INFO would do without this from 6.16.
 */
#include "config.h"

#include "tracer/trace.h"

#include <errno.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/user.h>

static int
poke(pid_t tid, size_t at, uint64_t value)
{
	return ptrace(PTRACE_POKEUSER, tid, (void *)at, (void *)value) < 0
	       ? -1 : 0;
}

#define REG(name) offsetof(struct user_regs_struct, name)

int
regs_set_call(pid_t tid, long nr)
{
	return poke(tid, REG(orig_rax), nr);
}

int
regs_skip_call(pid_t tid)
{
	return regs_set_call(tid, -1);
}

int
regs_set_arg(pid_t tid, int i, uint64_t value)
{
	static const size_t arg[] = {
		REG(rdi), REG(rsi), REG(rdx), REG(r10), REG(r8), REG(r9),
	};

	return poke(tid, arg[i], value);
}

int
regs_set_args(pid_t tid, int first, int n, const uint64_t *value)
{
	struct user_regs_struct regs;
	unsigned long long *const arg[] = {
		&regs.rdi, &regs.rsi, &regs.rdx, &regs.r10, &regs.r8, &regs.r9,
	};

	if (ptrace(PTRACE_GETREGS, tid, NULL, &regs) < 0)
		return -1;
	for (int i = 0; i < n; i++)
		*arg[first + i] = value[i];
	return ptrace(PTRACE_SETREGS, tid, NULL, &regs) < 0 ? -1 : 0;
}

int
regs_set_result(pid_t tid, int64_t value)
{
	return poke(tid, REG(rax), value);
}

/* Was it stopped at an rdtsc (0f 31) or rdtscp (0f 01 f9), which PR_SET_TSC
 * makes fault?  Then give it the value, and go past the instruction.  */
bool
regs_answer_tsc(pid_t tid, uint64_t value)
{
	struct user_regs_struct regs;
	unsigned char code[3] = { 0 };
	int len = 0;

	if (ptrace(PTRACE_GETREGS, tid, NULL, &regs) < 0 ||
	    memory_read(tid, regs.rip, code, sizeof(code)) < 2)
		return false;
	if (code[0] == 0x0f && code[1] == 0x31)
		len = 2;
	else if (code[0] == 0x0f && code[1] == 0x01 && code[2] == 0xf9)
		len = 3;
	if (!len)
		return false;
	regs.rax = (uint32_t)value;
	regs.rdx = value >> 32;
	if (len == 3)
		regs.rcx = 0;		/* processor 0, node 0 */
	regs.rip += len;
	return ptrace(PTRACE_SETREGS, tid, NULL, &regs) == 0;
}

/* A call of x86 leaves the address to return to on top of the stack.  */
bool
regs_leave(pid_t tid, struct user_regs_struct *kept)
{
	struct user_regs_struct regs;
	uint64_t caller;

	if (ptrace(PTRACE_GETREGS, tid, NULL, kept) < 0 ||
	    memory_read(tid, kept->rsp, &caller, sizeof(caller)) !=
	    sizeof(caller))
		return false;
	regs = *kept;
	regs.rip = caller;
	regs.rsp += sizeof(caller);
	return regs_restore(tid, &regs);
}

bool
regs_restore(pid_t tid, const struct user_regs_struct *kept)
{
	return ptrace(PTRACE_SETREGS, tid, NULL, kept) == 0;
}
