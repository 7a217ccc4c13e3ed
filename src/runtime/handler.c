/*
 * Signal handlers.  One comes in between any two instructions of the code that
 * it interrupts, and both use the memory of their process, as two threads do.
 * So for what is learned (learn.c) a handler is an owner of its own: what it
 * shares with the code around becomes points, where signals come in.
 *
 * What the kernel calls is our function, which notes that a handler runs and
 * calls the program's.  There are two of it, in turns, so that a handler which
 * comes while another takes its place is still the one that was there.
 */
#include "config.h"

#include "runtime/learn.h"

#include <signal.h>
#include <ucontext.h>

enum {
	NESTED = 8,		/* deeper ones count as the last of these */
	RED_ZONE = 128,		/* below the stack pointer (x86-64 ABI) */
	STACK_NEAR = 1 << 16,	/* the kernel's frame is smaller */
};

bool rt_handlers;

typedef void takes_signal(int signal, siginfo_t *info, void *context);

/* The program's, as it gave them.  */
static struct handler {
	takes_signal *run;
	bool info;		/* it asked for SA_SIGINFO */
} handlers[_NSIG][2];

/* Those that run in this thread, the innermost last.  */
static __thread struct {
	uintptr_t at;		/* the stack behind it is the handler's */
	uintptr_t end;		/* ... up to here, where that of the code that
				   it interrupts begins */
	int signal;
} running[NESTED];
static __thread int depth;

/* ---- who runs? ---- */

static uintptr_t
interrupted_stack(const ucontext_t *context)
{
#if defined(__x86_64__)
	return (uintptr_t)context->uc_mcontext.gregs[REG_RSP] - RED_ZONE;
#else
	return (uintptr_t)context->uc_mcontext.sp;
#endif
}

/* One that was left by siglongjmp(3) has nothing on the stack any more.  */
static int
innermost(void)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	while (depth > 0 && here >= running[depth - 1].at)
		depth--;
	return depth;
}

int
rt_handler_signal(void)
{
	int n = depth > 0 ? innermost() : 0;

	return n > 0 ? running[n - 1].signal : 0;
}

bool
rt_is_handlers_stack(uintptr_t address)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	int n = depth > 0 ? innermost() : 0;

	return n > 0 && address + RED_ZONE >= here &&
	       address < running[n - 1].end;
}

/* ---- a handler runs ---- */

static void
run(int slot, int signal, siginfo_t *info, void *context)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	uintptr_t end = interrupted_stack(context);
	int before = depth;

	if (depth < NESTED) {
		running[depth].at = here;
		/* On a stack of its own (sigaltstack(2)) it is below us. */
		running[depth].end = end > here && end - here < STACK_NEAR
				     ? end : here;
		running[depth].signal = signal;
		depth++;
	}
	handlers[signal][slot].run(signal, info, context);
	depth = before;
}

static void
run_first(int signal, siginfo_t *info, void *context)
{
	run(0, signal, info, context);
}

static void
run_second(int signal, siginfo_t *info, void *context)
{
	run(1, signal, info, context);
}

/* ---- a handler is set ---- */

static takes_signal *const ours[] = { run_first, run_second };
static unsigned char slot_of[_NSIG];	/* that is not set now */

/* What the kernel is to be given for what the program gives.  */
static void
stand_before(int signal, struct sigaction *a)
{
	int slot = slot_of[signal];

	if (a->sa_handler == SIG_DFL || a->sa_handler == SIG_IGN)
		return;
	handlers[signal][slot].run = a->sa_sigaction;
	handlers[signal][slot].info = a->sa_flags & SA_SIGINFO;
	a->sa_sigaction = ours[slot];
	a->sa_flags |= SA_SIGINFO;
	rt_handlers = true;
}

/* What the program is told for what the kernel has.  */
static void
hide(int signal, struct sigaction *a)
{
	for (int i = 0; i < 2; i++)
		if (a->sa_sigaction == ours[i]) {
			a->sa_sigaction = handlers[signal][i].run;
			if (!handlers[signal][i].info)
				a->sa_flags &= ~SA_SIGINFO;
			return;
		}
}

int __real_sigaction(int signal, const struct sigaction *to,
		     struct sigaction *from);
RT_EXPORT int __wrap_sigaction(int signal, const struct sigaction *to,
			       struct sigaction *from);
RT_EXPORT int
__wrap_sigaction(int signal, const struct sigaction *to,
		 struct sigaction *from)
{
	struct sigaction a;
	int result;

	if (!rt_learning || signal < 1 || signal >= _NSIG)
		return __real_sigaction(signal, to, from);
	if (to) {
		a = *to;
		stand_before(signal, &a);
	}
	result = __real_sigaction(signal, to ? &a : NULL, from);
	if (result == 0 && from)
		hide(signal, from);
	if (result == 0 && to)
		slot_of[signal] ^= a.sa_sigaction == ours[slot_of[signal]];
	return result;
}

/* signal(2): as the BSDs have it, and as System V has it.  */
typedef void handles(int signal);

static handles *
set(int signal, handles *to, int flags)
{
	struct sigaction a = { .sa_handler = to, .sa_flags = flags }, from;

	if (!(flags & SA_NODEFER) && signal > 0 && signal < _NSIG)
		sigaddset(&a.sa_mask, signal);
	return __wrap_sigaction(signal, &a, &from) < 0 ? SIG_ERR
						       : from.sa_handler;
}

#define SIGNAL(name, flags) \
	handles *__real_##name(int signal, handles *to); \
	RT_EXPORT handles *__wrap_##name(int signal, handles *to); \
	RT_EXPORT handles * \
	__wrap_##name(int signal, handles *to) \
	{ \
		return rt_learning ? set(signal, to, flags) \
				   : __real_##name(signal, to); \
	}
SIGNAL(signal, SA_RESTART)
SIGNAL(__sysv_signal, SA_RESETHAND | SA_NODEFER)
