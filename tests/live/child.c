/* Children to look at.  */
#include "config.h"

#include "child.h"

#include "base/base.h"
#include "base/paths.h"
#include "tracer/ability.h"

#undef fail
#include <check.h>
#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 65534 };

void
live_refuse(int call, int error, int value)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	ck_assert_ptr_nonnull(filter);
	ck_assert_int_eq(seccomp_rule_add(filter, SCMP_ACT_ERRNO(error), call,
					  value != 0,
					  SCMP_A1(SCMP_CMP_EQ, value)), 0);
	ck_assert_int_eq(seccomp_load(filter), 0);
	seccomp_release(filter);
}

static void
become_nobody(void)
{
	if (geteuid() != 0)
		return;
	ck_assert_int_eq(setresgid(NOBODY, NOBODY, NOBODY), 0);
	ck_assert_int_eq(setresuid(NOBODY, NOBODY, NOBODY), 0);
	/* A change of user takes this away (prctl(2)); a program started by
	 * that user has it.  */
	ck_assert_int_eq(prctl(PR_SET_DUMPABLE, 1), 0);
}

void
live_user(int i)
{
	if (i > 0)
		become_nobody();
	if (i > 1)
		live_refuse(SCMP_SYS(pidfd_getfd), EPERM, 0);
}

bool
live_lacks_ptrace(void)
{
	const char *must = getenv("IPCLAB_MUST");
	char *why = NULL;

	if (ability_try(ABILITY_CALL, &why) == 0)
		return false;
	if (must && (strstr(must, "ptrace") || strstr(must, "all"))) {
		printf("# %s\n", why);
		free(why);
		return false;
	}
	printf("1..0 # SKIP %s\n", why);
	free(why);
	return true;
}

/* ---- a folder ---- */

static char *folder;
static pid_t folder_owner;

/* Check runs each test in a child, which ends with exit(3) too.  */
static void
remove_folder(void)
{
	if (getpid() != folder_owner)
		return;
	path_remove_tree(folder, NULL);
	free(folder);
	folder = NULL;
}

const char *
live_folder(void)
{
	char *why = NULL;

	if (folder)
		return folder;
	folder = path_temporary(&why);
	if (!folder)
		die("%s", why);
	folder_owner = getpid();
	atexit(remove_folder);
	return folder;
}

pid_t
child_start(void (*ready)(void), void (*then)(void))
{
	pid_t pid = fork();
	int status;

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (ready)
			ready();
		raise(SIGSTOP);
		if (then)
			then();
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	ck_assert(WIFSTOPPED(status));
	return pid;
}

void
child_go(pid_t pid)
{
	ck_assert_int_eq(kill(pid, SIGCONT), 0);
}

void
child_end(pid_t pid)
{
	kill(pid, SIGKILL);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}
