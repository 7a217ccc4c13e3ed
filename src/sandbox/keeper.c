/*
 * The keeper of a sandbox: a process between who asked for it and bwrap(1).
 *
 * bwrap and the first process inside ask to be killed when their parents die
 * (prctl(2), PR_SET_PDEATHSIG), each only after it has begun: until then
 * whoever is inside would wait for ever for one who is dead.  The keeper asked
 * before there was anybody.  All who lose their parents become its children,
 * and it ends when there are none: so nobody outlives it, nor who asked.
 *
 * Only whoever kills the keeper itself in that moment could leave somebody;
 * signals of terminals and of process groups do not reach it.
 *
 * Where there are cgroups (cgroup.h), bwrap goes into one of its own before it
 * begins; the keeper stays outside, and removes it.
 */
#include "config.h"

#include "sandbox/inside.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	NOBODY = 65534,
	CANNOT = 125,
	ORPHANED = SIGUSR1,	/* who asked for it has died */
	AGAIN_NS = 10000000,
};

/* ---- in the child that becomes bwrap ---- */

/* They come where none of them is in another's way, then each to its place. */
static bool
place(const int *fds, size_t n_fds, const struct arrangement *a)
{
	int last = (int)(n_fds + a->n_fds), above = last;

	for (size_t i = 0; i < n_fds + a->n_fds; i++) {
		int from = i < n_fds ? fds[i] : a->fd[i - n_fds];

		above = above > from ? above : from;
	}
	for (int i = 0; i < last; i++)
		if (dup2(i < (int)n_fds ? fds[i] : a->fd[i - (int)n_fds],
			 above + 1 + i) < 0)
			return false;
	for (int i = 0; i < last; i++)
		if (dup2(above + 1 + i, i) < 0)
			return false;
	return close_range((unsigned)last, ~0U, 0) == 0;
}

static bool
leave_root(void)
{
	return geteuid() != 0 ||
	       (setgroups(0, NULL) == 0 &&
		setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
		setresuid(NOBODY, NOBODY, NOBODY) == 0);
}

static void __attribute__((noreturn))
refuse(int fd, const char *what)
{
	dprintf(fd, "%s: %s\n", what, strerror(errno));
	_exit(CANNOT);
}

/* A change of user takes the signal of the parent's death away (prctl(2)),
 * so that comes after it.  */
static void __attribute__((noreturn))
become_bwrap(const struct arrangement *a, const struct cgroup *group,
	     const int *fds, size_t n_fds, pid_t parent)
{
	static char *const no_env[] = { NULL };
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (!cgroup_enter(group))
		refuse(fds[2], _("cannot move a process into a cgroup"));
	if (!leave_root())
		refuse(fds[2], _("root cannot become an ordinary user"));
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent ||
	    !place(fds, n_fds, a))
		_exit(CANNOT);
	umask(022);
	if (chdir("/") == 0)
		execve(SANDBOX_BWRAP, a->argv, no_env);
	_exit(CANNOT);
}

/* ---- in the keeper ---- */

static void
kill_children(void)
{
	FILE *f = fopen("/proc/thread-self/children", "re");
	int pid;

	while (f && fscanf(f, "%d", &pid) == 1)
		kill(pid, SIGKILL);
	if (f)
		fclose(f);
}

/* Those who have ended; bwrap's status is kept.  True: there are others.  */
static bool
reap(pid_t bwrap, int *status)
{
	int how;
	pid_t pid;

	while ((pid = waitpid(-1, &how, WNOHANG)) > 0)
		if (pid == bwrap)
			*status = how;
	return pid == 0;
}

/* Whoever loses his parent only now is found the next time.  */
static void
end_all(pid_t bwrap, int *status, const sigset_t *signals)
{
	const struct timespec again = { .tv_nsec = AGAIN_NS };

	while (reap(bwrap, status)) {
		kill_children();
		sigtimedwait(signals, NULL, &again);
	}
}

static int
see_through(pid_t bwrap, const sigset_t *signals)
{
	int status = -1;

	while (reap(bwrap, &status) && status == -1)
		if (sigwaitinfo(signals, NULL) != SIGCHLD)
			break;
	end_all(bwrap, &status, signals);
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WIFEXITED(status) ? WEXITSTATUS(status) : CANNOT;
}

/* Handlers of who we were are not ours.  */
static void
forget_handlers(void)
{
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
}

/* What others wait for the end of, and their locks; our own stays.  */
static void
close_others(const struct cgroup *group)
{
	if (group->path) {
		if (group->fd > 0)
			close_range(0, (unsigned)group->fd - 1, 0);
		close_range((unsigned)group->fd + 1, ~0U, 0);
	} else {
		close_range(0, ~0U, 0);
	}
}

static void __attribute__((noreturn))
keep(const struct arrangement *a, const int *fds, size_t n_fds, pid_t asker)
{
	struct cgroup group = { .fd = -1 };
	pid_t self = getpid(), bwrap;
	char *why = NULL;
	sigset_t signals;
	int status;

	forget_handlers();
	prctl(PR_SET_NAME, "ipclab-keeper");
	setsid();
	if (prctl(PR_SET_PDEATHSIG, ORPHANED) < 0 || getppid() != asker ||
	    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0)
		_exit(CANNOT);
	if (a->groups &&
	    cgroup_make(&group, a->groups, &a->together, &why) < 0) {
		dprintf(fds[2], "%s\n", why);
		_exit(CANNOT);
	}
	bwrap = fork();
	if (bwrap == 0)
		become_bwrap(a, &group, fds, n_fds, self);
	close_others(&group);
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, ORPHANED);
	status = bwrap < 0 ? CANNOT : see_through(bwrap, &signals);
	if (cgroup_was_full(&group))
		status = SANDBOX_FULL_OF_MEMORY;
	cgroup_remove(&group);
	_exit(status);
}

pid_t
keeper_start(const struct arrangement *a, const int *fds, size_t n_fds)
{
	pid_t asker = getpid(), keeper;
	sigset_t all, old;

	fflush(NULL);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &old);
	keeper = fork();
	if (keeper == 0)
		keep(a, fds, n_fds, asker);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return keeper;
}
