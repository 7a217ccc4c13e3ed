/* Trying on a child what the tracer needs.  */
#include "config.h"

#include "tracer/ability.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <linux/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child, and the pipe on which it waits to be let go.  */
struct trial {
	pid_t pid;
	int go[2];		/* read, write */
	int status;		/* what waitpid() said last */
};

/* Let getppid() stop, and call it.  Exits with errno if there is no filter. */
static void
run_child(const struct trial *t)
{
	scmp_filter_ctx filter;
	int rc = -ENOMEM;
	char byte;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	close(t->go[1]);
	if (read(t->go[0], &byte, 1) != 1)
		_exit(0);
	filter = seccomp_init(SCMP_ACT_ALLOW);
	if (filter)
		rc = seccomp_rule_add(filter, SCMP_ACT_TRACE(1),
				      SCMP_SYS(getppid), 0);
	if (rc == 0)
		rc = seccomp_load(filter);
	if (rc == 0)
		syscall(SYS_getppid);
	_exit(-rc);
}

static int
start_child(struct trial *t, char **why)
{
	if (pipe2(t->go, O_CLOEXEC) < 0)
		return fail(why, _("cannot make a pipe: %s"), strerror(errno));
	t->pid = fork();
	if (t->pid == 0)
		run_child(t);
	if (t->pid < 0) {
		fail(why, _("cannot start a process: %s"), strerror(errno));
		close(t->go[0]);
		close(t->go[1]);
		return -1;
	}
	return 0;
}

static void
end_child(struct trial *t)
{
	close(t->go[0]);
	close(t->go[1]);
	kill(t->pid, SIGKILL);
	while (waitpid(t->pid, NULL, __WALL) < 0 && errno == EINTR)
		;
}

/* Wait until the child stops.  False when it ended, or for a fault.  */
static bool
wait_stop(struct trial *t)
{
	pid_t pid;

	do
		pid = waitpid(t->pid, &t->status, __WALL);
	while (pid < 0 && errno == EINTR);
	return pid == t->pid && WIFSTOPPED(t->status);
}

static int
try_seize(struct trial *t, char **why)
{
	if (ptrace(PTRACE_SEIZE, t->pid, 0,
		   PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP) < 0)
		return fail(why, _("PTRACE_SEIZE on a child: %s"),
			    strerror(errno));
	if (ptrace(PTRACE_INTERRUPT, t->pid, 0, 0) < 0 || !wait_stop(t))
		return fail(why, _("a child that is traced does not stop"));
	return 0;
}

static int
try_filter(struct trial *t, char **why)
{
	if (ptrace(PTRACE_CONT, t->pid, 0, 0) < 0 ||
	    write(t->go[1], "", 1) != 1)
		return fail(why, _("a child that is traced cannot go on: %s"),
			    strerror(errno));
	while (wait_stop(t)) {
		if (t->status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8))
			return 0;
		ptrace(PTRACE_CONT, t->pid, 0, 0);
	}
	if (WIFEXITED(t->status) && WEXITSTATUS(t->status))
		return fail(why, _("no filter of system calls can be set: %s"),
			    strerror(WEXITSTATUS(t->status)));
	return fail(why, _("a filtered system call does not stop"));
}

static int
try_call(struct trial *t, char **why)
{
	struct ptrace_syscall_info info = { .op = 0 };

	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->pid, sizeof(info), &info) < 0)
		return fail(why, "PTRACE_GET_SYSCALL_INFO: %s",
			    strerror(errno));
	if (info.op != PTRACE_SYSCALL_INFO_SECCOMP ||
	    info.seccomp.nr != SYS_getppid)
		return fail(why, _("PTRACE_GET_SYSCALL_INFO names another "
				   "call than the one made"));
	return 0;
}

int
ability_try(enum ability ability, char **why)
{
	static int (*const tries[])(struct trial *t, char **why) = {
		[ABILITY_SEIZE] = try_seize,
		[ABILITY_FILTER] = try_filter,
		[ABILITY_CALL] = try_call,
	};
	struct trial t;
	int rc = 0;

	if (start_child(&t, why) < 0)
		return -1;
	for (int i = 0; i <= (int)ability && rc == 0; i++)
		rc = tries[i](&t, why);
	end_child(&t);
	return rc;
}
