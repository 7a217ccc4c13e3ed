/*
 * Inside the runtime: what its files share.
 *
 * All of it may run in a signal handler, before main(), after fork() in a
 * threaded program, and while the C library holds its locks.  So: no
 * allocation, no library call but those that it stands before, no errno.
 * What it does costs one comparison where nobody traces.
 */
#ifndef RUNTIME_INSIDE_H
#define RUNTIME_INSIDE_H

#include "runtime/abi.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RT_HERE ((uintptr_t)__builtin_return_address(0))
#define RT_EXPORT __attribute__((visibility("default")))

/* start.c: does anybody listen?  */
extern bool rt_on;
/* ... and what it asks for: RT_SERVE, RT_LEARN.  */
extern unsigned rt_answer;

/* reach.c: who can get at the byte at this address?  */
enum rt_reach {
	RT_REACH_NONE,		/* nobody can change it, or nobody else is */
	RT_REACH_OWN,		/* other threads, if this one says where it is:
				   its stack, its own variables */
	RT_REACH_THREADS,
	RT_REACH_PROCESSES,
	RT_REACH_ABSENT,	/* nothing is there */
};
enum rt_reach rt_reach(uintptr_t address);
/* Is there something at all of these bytes?  */
bool rt_is_there(uintptr_t address, size_t size);
/* Has the process been of one thread up to now?  */
bool rt_is_alone(void);
/* The mappings have changed.  */
void rt_forget_mappings(void);
/* ... between these addresses only; and then there is this one (flags as in
 * struct rt_mapping), which so need not be asked for.  */
void rt_forget_mapping(uintptr_t start, uintptr_t end);
void rt_know_mapping(const struct rt_mapping *m);
/* Ask for what every run will need.  */
void rt_prepare_mappings(void);

/* access.c: nr is RT_LOAD, RT_STORE or RT_RMW.  Call it if rt_on.  Was it
 * told?  */
bool rt_access(long nr, uintptr_t address, size_t size, unsigned flags,
	       uintptr_t pc);

/* A system call, without errno.  */
static inline long
rt_call(long nr, long a, long b, long c, long d, long e, long f)
{
#if defined(__x86_64__)
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8),
			   "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
#elif defined(__aarch64__)
	register long x8 __asm__("x8") = nr;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc 0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory");
	return x0;
#else
/* cppcheck-suppress preprocessorErrorDirective */
#error "ipclab runs on x86_64 and aarch64"
#endif
}

#endif
