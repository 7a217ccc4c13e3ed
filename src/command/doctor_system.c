/* The doctor's checks of how runs can be shut in.  */
#include "config.h"

#include "command/doctor.h"

#include "base/i18n.h"
#include "base/trial.h"

#include <errno.h>
#include <linux/magic.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <unistd.h>

/* In the namespaces: the first process mounts its own /proc.  */
static int
try_mount(void)
{
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return errno;
	return mount("proc", "/proc", "proc", 0, NULL) < 0 ? errno : 0;
}

/* As root without a user namespace: that is how the sandbox would do it. */
static int
try_pids(void)
{
	int flags = CLONE_NEWPID | CLONE_NEWNS;

	if (unshare(CLONE_NEWUSER | flags) < 0 && unshare(flags) < 0)
		return errno;
	return trial_run(try_mount);
}

static bool
look_pids(struct buf *found)
{
	return trial_report(found, trial_run(try_pids));
}

/* Our own group in the unified hierarchy, NULL without one (cgroups(7)).  */
static char *
own_cgroup(void)
{
	char line[4096], *path = NULL;
	FILE *f = fopen("/proc/self/cgroup", "re");

	while (f && !path && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "0::", 3) == 0)
			path = xasprintf("/sys/fs/cgroup%s", line + 3);
	}
	if (f)
		fclose(f);
	return path;
}

static bool
look_cgroup(struct buf *found)
{
	struct statfs fs;
	char *path;
	bool may;

	if (statfs("/sys/fs/cgroup", &fs) < 0) {
		buf_adds(found, _("not mounted"));
		return false;
	}
	if (fs.f_type != CGROUP2_SUPER_MAGIC) {
		buf_adds(found, _("version 1"));
		return false;
	}
	path = own_cgroup();
	may = path && access(path, W_OK) == 0;
	buf_adds(found, may ? _("version 2, delegated to you")
			    : _("version 2, not delegated to you"));
	free(path);
	return may;
}

const struct check doctor_system[] = {
	{ "pid-namespaces", false, look_pids,
	  N_("Process numbers can be the same in every driven run, and "
	     "nothing outlives its run."),
	  N_("Process numbers differ from run to run: a program that prints "
	     "or uses them may not step back exactly.") },
	{ "cgroups", false, look_cgroup,
	  N_("The memory of all processes of a program can be limited "
	     "together."),
	  N_("Memory can be limited for each process, not for all of a "
	     "program together.") },
	{ .name = NULL },
};
