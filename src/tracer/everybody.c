/*
 * kill(-1): to everybody but oneself and the first of the process numbers.  Of
 * the lab there may be more among them: the fork server, and where there are no
 * process numbers of its own, the lab itself and all the others of its user.
 * So in a driven run the call is not made: we send the signal to each process
 * of the subject, as the kernel would, in the name of whoever made the call.
 */
#include "config.h"

#include "event/sigset.h"
#include "tracer/trace.h"

#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Nobody but the kernel may say that it was kill(2) (rt_sigqueueinfo(2)): it
 * looks as if it came by sigqueue(3), with the value 0.  */
static void
send_as(const struct task *from, pid_t to, int signal)
{
	siginfo_t info = {
		.si_signo = signal, .si_code = SI_QUEUE,
		.si_pid = from->pid, .si_uid = getuid(),
	};

	syscall(SYS_rt_sigqueueinfo, to, signal, &info);
}

void
everybody_kill(struct tracing *t, struct task *k)
{
	int signal = (int)k->arg[1];
	bool any = false;

	if (!t->config.driven || !k->in_call || k->skipped ||
	    k->nr != SYS_kill || (pid_t)k->arg[0] != -1)
		return;
	for (struct task *o = t->first; o; o = o->next) {
		if (o->leader != o || o == k->leader || o->reaped ||
		    (o->phase == PHASE_ENDED && o->gone))
			continue;
		any = true;
		if (o->phase != PHASE_ENDED && sigset_bit(signal))
			send_as(k, o->pid, signal);
	}
	regs_skip_call(k->tid);
	k->skipped = true;
	k->answer = signal && !sigset_bit(signal) ? -EINVAL :
		    any ? 0 : -ESRCH;
}
