/* Duplicates of other processes' descriptors, through cached pidfds.  */
#include "config.h"

#include "probe/handle.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "probe/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/major.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum {
	HANDLES_MAX = 16,
	THREAD_FLAG = O_EXCL,	/* PIDFD_THREAD of pidfd_open(2), Linux 6.9 */
};

struct handle {
	pid_t pid;		/* 0: free */
	int pidfd;
};

static struct handle handles[HANDLES_MAX];
static unsigned next_handle;	/* the one to be replaced next */

/* pid may be a thread that does not lead its process.  Before Linux 6.9 only
 * processes have pidfds: then its process stands for it, which has the same
 * descriptors unless the thread unshared them (unshare(2)).  */
static int
open_pidfd(pid_t pid)
{
	int fd = syscall(SYS_pidfd_open, pid, 0);
	pid_t leader;

	if (fd >= 0 || (errno != EINVAL && errno != ENOENT))
		return fd;
	fd = syscall(SYS_pidfd_open, pid, THREAD_FLAG);
	if (fd >= 0 || errno != EINVAL)
		return fd;
	leader = probe_process_of(pid);
	if (leader == 0 || leader == pid)
		return errno = ESRCH, -1;
	return syscall(SYS_pidfd_open, leader, 0);
}

static struct handle *
find_handle(pid_t pid)
{
	for (int i = 0; i < HANDLES_MAX; i++)
		if (handles[i].pid == pid)
			return &handles[i];
	return NULL;
}

static void
drop_handle(struct handle *h)
{
	if (h->pid)
		close(h->pidfd);
	h->pid = 0;
}

static struct handle *
add_handle(pid_t pid)
{
	int pidfd = open_pidfd(pid);
	struct handle *h;

	if (pidfd < 0)
		return NULL;
	h = &handles[next_handle++ % HANDLES_MAX];
	drop_handle(h);
	*h = (struct handle){ .pid = pid, .pidfd = pidfd };
	return h;
}

static int
get_fd(const struct handle *h, int fd)
{
	return syscall(SYS_pidfd_getfd, h->pidfd, fd, 0);
}

/* F_GETFL of another process's descriptor, from /proc/PID/fdinfo/N: octal,
 * in the second line.  -1 with errno.  */
static int
read_flags(pid_t pid, int fd)
{
	char path[64];
	unsigned flags;
	FILE *f;
	int n;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", (int)pid, fd);
	f = fopen(path, "re");
	if (!f)
		return -1;
	n = fscanf(f, "pos: %*d flags: %o", &flags);
	fclose(f);
	return n == 1 ? (int)(flags & ~O_CLOEXEC) : (errno = EBADF, -1);
}

/* Opening some devices does something (a new pseudo-terminal, a tape wound
 * back), or reaches another one (/dev/tty is ours).  Sockets cannot be.  */
static bool
may_be_opened(const struct stat *st)
{
	unsigned number = major(st->st_rdev);

	if (S_ISCHR(st->st_mode))
		return number >= UNIX98_PTY_SLAVE_MAJOR &&
		       number < UNIX98_PTY_SLAVE_MAJOR +
				UNIX98_PTY_MAJOR_COUNT;
	return S_ISFIFO(st->st_mode) || S_ISREG(st->st_mode) ||
	       S_ISDIR(st->st_mode);
}

/* Open what fd is open on, through /proc.  The subject has that end of a pipe
 * open, so one more wakes nobody.  -1 with errno; ENXIO where it cannot be, a
 * FIFO for writing that nobody reads among them (fifo(7)).  */
static int
open_again(pid_t pid, int fd, int *flags)
{
	char path[64];
	struct stat st;

	*flags = read_flags(pid, fd);
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	if (*flags < 0 || stat(path, &st) < 0)
		return -1;
	if (*flags & O_PATH)
		return open(path, O_PATH | O_CLOEXEC);
	if (!may_be_opened(&st))
		return errno = ENXIO, -1;
	return open(path, (*flags & O_ACCMODE) | O_NONBLOCK | O_NOCTTY |
		    O_CLOEXEC);
}

/* By pidfd; -1 with errno.  */
static int
duplicate(pid_t pid, int fd, int *flags)
{
	struct handle *h = find_handle(pid);
	int copy = h ? get_fd(h, fd) : -1;

	if (h && copy < 0 && errno == ESRCH) {
		drop_handle(h);		/* ended, the number may live on */
		h = NULL;
	}
	if (!h) {
		h = add_handle(pid);
		if (!h)
			return -1;
		copy = get_fd(h, fd);
	}
	if (copy >= 0)
		*flags = fcntl(copy, F_GETFL);
	return copy;
}

int
handle_take(pid_t pid, int fd, int *flags, char **why)
{
	int copy = duplicate(pid, fd, flags), error;

	if (copy >= 0)
		return copy;
	error = errno;
	if (error == EPERM || error == ENOSYS) {
		copy = open_again(pid, fd, flags);
		if (copy >= 0)
			return copy;
		if (errno == ENXIO)
			return fail(why, _("descriptor %d of process %d can "
					   "only be looked at through "
					   "pidfd_getfd, which is forbidden "
					   "here"), fd, (int)pid);
		if (errno == ENOENT)
			error = EBADF;
	}
	if (error == EBADF)
		return fail(why, _("process %d has no open descriptor %d"),
			    (int)pid, fd);
	return handle_refused(pid, error, why);
}

int
handle_poll(struct pollfd *p)
{
	int n;

	do
		n = poll(p, 1, 0);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Yama's ptrace_scope; 0 also where the kernel has no Yama.  */
static int
ptrace_scope(void)
{
	struct buf text = BUF_INIT;
	int scope = 0;

	if (buf_read_file(&text, "/proc/sys/kernel/yama/ptrace_scope", 16,
			  NULL) == 0)
		scope = atoi(buf_str(&text));
	buf_release(&text);
	return scope;
}

static bool
is_foreign(pid_t pid)
{
	char path[32];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	return stat(path, &st) == 0 && st.st_uid != geteuid();
}

/* EPERM: which of the rules of ptrace(2), "Ptrace access mode checking",
 * stands in the way?  */
static int
name_privilege(pid_t pid, char **why)
{
	int scope = ptrace_scope();

	if (scope >= 3)
		return fail(why, _("the kernel lets nobody look into process "
				   "%d: kernel.yama.ptrace_scope is %d, and "
				   "stays so until the next boot"),
			    (int)pid, scope);
	if (scope == 2)
		return fail(why, _("looking into process %d needs the "
				   "capability CAP_SYS_PTRACE: "
				   "kernel.yama.ptrace_scope is 2"), (int)pid);
	if (is_foreign(pid))
		return fail(why, _("process %d belongs to another user, or "
				   "runs a program that may not be looked "
				   "into: that needs the capability "
				   "CAP_SYS_PTRACE"), (int)pid);
	if (scope == 1)
		return fail(why, _("process %d is not a descendant of this "
				   "one, and kernel.yama.ptrace_scope is 1: "
				   "looking into it needs the capability "
				   "CAP_SYS_PTRACE"), (int)pid);
	return fail(why, _("process %d may not be looked into: that needs the "
			   "capability CAP_SYS_PTRACE"), (int)pid);
}

int
handle_refused(pid_t pid, int error, char **why)
{
	if (error == EPERM || error == EACCES)
		return name_privilege(pid, why);
	if (error == ESRCH || error == ENOENT)
		return fail(why, _("process %d has ended"), (int)pid);
	if (error == ENOSYS)
		return fail(why, _("this kernel is too old for looking into "
				   "process %d: pidfd_getfd needs Linux 5.6"),
			    (int)pid);
	return fail(why, _("cannot look into process %d: %s"), (int)pid,
		    strerror(error));
}
