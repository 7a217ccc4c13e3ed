/*
 * Starting the subject: what cannot be run is refused with the reason before
 * anything is started.
 */
#include "config.h"

#include "tracer/trace.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- may it be run? ---- */

static bool
is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       access(path, X_OK) == 0;
}

static bool
search_path(const char *name, char *path, size_t room)
{
	const char *p = getenv("PATH");

	for (p = p ? p : "/usr/local/bin:/usr/bin:/bin"; *p;) {
		size_t n = strcspn(p, ":");

		if (snprintf(path, room, "%.*s/%s", n ? (int)n : 1,
			     n ? p : ".", name) < (int)room &&
		    is_program(path))
			return true;
		p += n;
		p += *p == ':';
	}
	return false;
}

bool
spawn_gains_privilege(const struct stat *st)
{
	return (st->st_mode & S_ISUID && st->st_uid != geteuid()) ||
	       (st->st_mode & S_ISGID && st->st_mode & S_IXGRP &&
		st->st_gid != getegid());
}

static int
check_program(const char *path, char **why)
{
	unsigned char ident[EI_NIDENT] = { 0 };
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, ident, sizeof(ident)) : 0;

	if (fd >= 0)
		close(fd);
	if (n == sizeof(ident) && memcmp(ident, ELFMAG, SELFMAG) == 0 &&
	    ident[EI_CLASS] != ELFCLASS64)
		return fail(why, "%s is a 32-bit program: its system calls "
			    "have other numbers, and the lab cannot follow "
			    "them; build it for 64 bits", path);
	if (stat(path, &st) == 0 && spawn_gains_privilege(&st))
		return fail(why, "%s is setuid or setgid: under a tracer it "
			    "would run without its privilege and behave "
			    "differently, so the lab does not run it", path);
	return 0;
}

int
spawn_resolve(const struct tracer_config *c, char *path, size_t room,
	      char **why)
{
	const char *name = c->argv[0];
	struct stat is;

	if (!name || !*name)
		return fail(why, "there is no command to run");
	if (!strchr(name, '/')) {
		if (!search_path(name, path, room))
			return fail(why, "there is no command '%s' "
				    "(looked in PATH)", name);
		return check_program(path, why);
	}
	if (name[0] != '/' && c->cwd)
		snprintf(path, room, "%s/%s", c->cwd, name);
	else
		copy_str(path, room, name);
	if (access(path, F_OK) < 0)
		return fail(why, "there is no program %s: %s", path,
			    strerror(errno));
	if (stat(path, &is) == 0 && S_ISDIR(is.st_mode))
		return fail(why, "%s is a folder, not a program", path);
	if (!is_program(path))
		return fail(why, "%s is not a program that you may run "
			    "(chmod +x?)", path);
	return check_program(path, why);
}

/* ---- running it ---- */

static void
take_terminal(const char *tty)
{
	int fd;

	setsid();
	fd = open(tty, O_RDWR);		/* becomes the controlling terminal */
	if (fd < 0)
		return;
	ioctl(fd, TIOCSCTTY, 0);
	dup2(fd, 0);
	dup2(fd, 1);
	dup2(fd, 2);
	if (fd > 2)
		close(fd);
}

/* An empty input, and whatever is printed into one file.  */
static void
take_output(int output, int input)
{
	int null = input > 0 ? input : open("/dev/null", O_RDONLY);

	setpgid(0, 0);		/* kill(0, ...) is not for the worker */
	dup2(null, 0);
	dup2(output, 1);
	dup2(output, 2);
	if (null > 2 && null != input)
		close(null);
}

/* A traced program inherits what the caller ignores and blocks, as it would
 * without us; a driven one begins afresh.  */
static void
restore_signals(struct tracing *t)
{
	static const int ours[] = { SIGINT, SIGQUIT, SIGPIPE };
	/* The kernel's struct sigaction: SIG_DFL, no flags, no mask. */
	static const uint64_t fresh[4];
	sigset_t none;

	for (size_t i = 0; i < ARRAY_SIZE(ours); i++)
		signal(ours[i], t->ignored >> ours[i] & 1 ? SIG_IGN : SIG_DFL);
	if (!t->config.driven)
		return;
	/* The C library keeps two to itself, which a caller that is not of C
	 * may have ignored nevertheless.  */
	for (int s = 1; s < NSIG; s++)
		syscall(SYS_rt_sigaction, s, fresh, NULL, 8);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In a search; what the caller allows is never exceeded.  */
static void
take_limits(void)
{
	struct rlimit file = { .rlim_cur = 0 }, core = { .rlim_cur = 0 };

	if (getrlimit(RLIMIT_FSIZE, &file) == 0 &&
	    file.rlim_cur > (rlim_t)LIMIT_FILE) {
		file.rlim_cur = LIMIT_FILE;
		setrlimit(RLIMIT_FSIZE, &file);
	}
	getrlimit(RLIMIT_CORE, &core);
	core.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &core);
}

/* In the child, between fork and exec.  ready is closed when the descriptors
 * are those that the program will inherit.  */
static void
become_subject(struct tracing *t, const char *path, int gate, int ready)
{
	const struct tracer_config *c = &t->config;
	ssize_t n;
	char byte;

	restore_signals(t);
	if (c->tty)
		take_terminal(c->tty);
	else if (c->output > 0)
		take_output(c->output, c->input);
	if (t->search)
		take_limits();
	if (c->driven)
		personality(ADDR_NO_RANDOMIZE);
	/* A driven program has the lab's own streams and nothing else. */
	if (c->driven)
		close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	close(ready);
	/* Until the tracer has seized us.  It may have died instead: a
	 * program that nobody watches must not begin.  */
	while ((n = read(gate, &byte, 1)) < 0 && errno == EINTR)
		;
	if (n != 1)
		_exit(127);
	if ((c->cwd && chdir(c->cwd) < 0) ||
	    confine_subject(c) < 0 ||
	    filter_install(c->driven, c->looks, c->confined,
			   t->search && t->search->serving) < 0)
		goto failed;
	if (c->driven)		/* last: from here on rdtsc faults, virtual.c */
		prctl(PR_SET_TSC, PR_TSC_SIGSEGV);
	/* The kernel puts the name on the stack: with one from the folder on
	 * addresses are the same wherever the folder is.  */
	execve(c->driven && strchr(c->argv[0], '/') ? c->argv[0] : path,
	       c->argv, c->env ? c->env : environ);
failed:
	dprintf(2, "ipclab: cannot run %s: %s\n", path, strerror(errno));
	_exit(127);
}

void
spawn_pin(struct tracing *t)
{
	int wanted = t->config.processor - 1;
	int cpu = wanted >= 0 && wanted < CPU_SETSIZE ? wanted
						      : sched_getcpu();
	cpu_set_t one;

	t->affinity_len = sizeof(t->affinity);
	if (sched_getaffinity(0, sizeof(t->affinity),
			      (cpu_set_t *)t->affinity) < 0 || cpu < 0) {
		t->affinity_len = 0;
		return;
	}
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

static int
seize(pid_t pid, char **why)
{
	if (ptrace(PTRACE_SEIZE, pid, NULL, (void *)SPAWN_OPTIONS) == 0)
		return 0;
	return fail(why, "this machine does not let the lab trace its own "
		    "child (ptrace: %s); see `ipclab doctor`",
		    strerror(errno));
}

pid_t
spawn_subject(struct tracing *t, char **why)
{
	char path[PATH_MAX];
	int gate[2], ready[2];
	pid_t pid;
	char byte;

	if (spawn_resolve(&t->config, path, sizeof(path), why) < 0)
		return -1;
	if (pipe2(gate, O_CLOEXEC) < 0 || pipe2(ready, O_CLOEXEC) < 0) {
		fail(why, "cannot make a pipe: %s", strerror(errno));
		return -1;
	}
	if (!t->affinity_len)
		spawn_pin(t);
	pid = fork();
	if (pid == 0) {
		close(gate[1]);
		close(ready[0]);
		become_subject(t, path, gate[0], ready[1]);
	}
	close(gate[0]);
	close(ready[1]);
	while (read(ready[0], &byte, 1) < 0 && errno == EINTR)
		;
	close(ready[0]);
	if (pid < 0) {
		fail(why, "cannot start a process: %s", strerror(errno));
	} else if (seize(pid, why) < 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		pid = -1;
	}
	if (pid > 0 && write(gate[1], "", 1) != 1)
		kill(pid, SIGKILL);
	close(gate[1]);
	return pid;
}
