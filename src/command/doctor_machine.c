/* The doctor's checks of what the tracer and the probes stand on.  */
#include "config.h"

#include "command/doctor.h"

#include "base/i18n.h"
#include "base/trial.h"
#include "probe/probe.h"
#include "tracer/ability.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

static bool
look_kernel(struct buf *found)
{
	struct utsname name;
	int major = 0, minor = 0;

	uname(&name);
	buf_addf(found, "%s %s", name.sysname, name.release);
	sscanf(name.release, "%d.%d", &major, &minor);
	return major > 5 || (major == 5 && minor >= 6);
}

static bool
look_architecture(struct buf *found)
{
	struct utsname name;

	uname(&name);
	buf_adds(found, name.machine);
	return strcmp(name.machine, "x86_64") == 0 ||
	       strcmp(name.machine, "aarch64") == 0;
}

static bool
look_processors(struct buf *found)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	buf_addf(found, "%ld", n);
	return n > 1;
}

static bool
look_proc(struct buf *found)
{
	bool there = access("/proc/self/fdinfo/", R_OK) == 0;

	buf_adds(found, there ? _("mounted") : _("not mounted"));
	return there;
}

/* A sentence in *why becomes what was found.  */
static bool
found_ability(struct buf *found, enum ability ability)
{
	char *why = NULL;
	bool can = ability_try(ability, &why) == 0;

	buf_adds(found, can ? _("yes, tried on a child") : why);
	free(why);
	return can;
}

static bool
look_ptrace(struct buf *found)
{
	return found_ability(found, ABILITY_SEIZE);
}

static bool
look_filter(struct buf *found)
{
	return found_ability(found, ABILITY_FILTER);
}

static bool
look_call(struct buf *found)
{
	return found_ability(found, ABILITY_CALL);
}

static bool
look_scope(struct buf *found)
{
	if (!doctor_line("/proc/sys/kernel/yama/ptrace_scope", found)) {
		buf_adds(found, _("none: this kernel has no Yama"));
		return true;
	}
	return atoi(buf_str(found)) <= 1;
}

/* Probe a pipe with three bytes of our own: pidfd_getfd and tee.  */
static bool
look_content(struct buf *found)
{
	struct object_state state = { .content_len = -1 };
	char *why = NULL;
	int ends[2];
	bool seen = false;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return trial_report(found, errno);
	if (write(ends[1], "abc", 3) == 3 &&
	    probe_pipe(getpid(), ends[0], &state, &why) == 0)
		seen = state.content_len == 3 &&
		       memcmp(state.content, "abc", 3) == 0;
	buf_adds(found, seen ? _("yes, tried on a pipe") :
		 why ? why : _("the bytes in a pipe are not seen"));
	free(why);
	close(ends[0]);
	close(ends[1]);
	return seen;
}

/* The probes do without it where they can.  */
static bool
look_pidfd(struct buf *found)
{
	int pidfd = syscall(SYS_pidfd_open, getpid(), 0);
	int copy = pidfd < 0 ? -1 : syscall(SYS_pidfd_getfd, pidfd, pidfd, 0);
	bool can = trial_report(found, copy < 0 ? errno : 0);

	if (pidfd >= 0)
		close(pidfd);
	if (copy >= 0)
		close(copy);
	return can;
}

static bool
look_kcmp(struct buf *found)
{
	char *why = NULL;
	int ends[2];
	bool can = false;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return trial_report(found, errno);
	can = probe_same_description(getpid(), ends[0], getpid(), ends[0],
				     &why) == 1;
	buf_adds(found, can ? _("yes") : why ? why : _("no"));
	free(why);
	close(ends[0]);
	close(ends[1]);
	return can;
}

const struct check doctor_machine[] = {
	{ "kernel", true, look_kernel,
	  N_("New enough for everything the lab looks at."),
	  N_("Linux 5.6 or newer is needed: older kernels do not let one "
	     "process look at another's descriptors.") },
	{ "architecture", true, look_architecture,
	  N_("Its system calls are known."),
	  N_("Only x86_64 and aarch64 are known.  Nothing can be run here.") },
	{ "processors", false, look_processors,
	  N_("Searches and grading run side by side, one run a processor."),
	  N_("Everything works; searches and grading take longer.") },
	{ "proc", true, look_proc,
	  N_("Descriptors and process states can be read."),
	  N_("Mount it: mount -t proc proc /proc") },
	{ "ptrace", true, look_ptrace,
	  N_("Programs can be put on the stage."),
	  N_("No program can be put on the stage.  In a container, allow "
	     "the system call ptrace (--cap-add=SYS_PTRACE, or a seccomp "
	     "profile that has it).") },
	{ "ptrace-scope", false, look_scope,
	  N_("You may look into programs that you start."),
	  N_("Looking into programs needs root here.  An administrator "
	     "changes it with: sysctl kernel.yama.ptrace_scope=1") },
	{ "seccomp", true, look_filter,
	  N_("Only the system calls that matter are stopped; the rest runs "
	     "at full speed."),
	  N_("The tracer cannot choose the system calls that it stops, and "
	     "does not start.") },
	{ "syscall-info", true, look_call,
	  N_("The tracer reads each call on every architecture."),
	  N_("The tracer cannot read system calls.  It needs Linux 5.3 or "
	     "newer.") },
	{ "content", true, look_content,
	  N_("What is in a pipe is shown, and stays in it."),
	  N_("What is in a pipe cannot be seen, nor whether a call would "
	     "wait: programs cannot be driven.") },
	{ "pidfd", false, look_pidfd,
	  N_("Every descriptor of a program can be looked at."),
	  N_("Pipes, files and terminals can be looked at, sockets cannot.  In "
	     "a container, allow the system call pidfd_getfd "
	     "(--cap-add=SYS_PTRACE).") },
	{ "kcmp", false, look_kcmp,
	  N_("Shared open file descriptions are checked with the kernel."),
	  N_("Which descriptors share an offset is known from the events "
	     "alone.") },
	{ .name = NULL },
};
