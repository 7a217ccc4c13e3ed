/*
 * What the tracer needs of the kernel, tried for real on a child that is
 * made for it and gone afterwards.  `ipclab doctor` asks all of them.
 */
#ifndef TRACER_ABILITY_H
#define TRACER_ABILITY_H

#include "base/base.h"

enum ability {
	ABILITY_SEIZE,		/* PTRACE_SEIZE and stop a child */
	ABILITY_FILTER,		/* SECCOMP_RET_TRACE stops a call */
	ABILITY_CALL,		/* PTRACE_GET_SYSCALL_INFO names that call */
	ABILITY_MAX
};

/* Try; each includes those before it.  0, or -1 with *why.  */
int ability_try(enum ability ability, char **why);

#endif
