/* The doctor's checks of namespaces, queues, memory, and what is rare.  */
#include "config.h"

#include "command/doctor.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/magic.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

/* statfs(2): the number by which the kernel marks its POSIX queues.  */
enum { MQUEUE_MAGIC = 0x19800202 };

static int
try_users(void)
{
	return unshare(CLONE_NEWUSER) < 0 ? errno : 0;
}

static bool
look_users(struct buf *found)
{
	return doctor_report(found, doctor_try(try_users));
}

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
	return doctor_try(try_mount);
}

static bool
look_pids(struct buf *found)
{
	return doctor_report(found, doctor_try(try_pids));
}

/* msgrcv(2), MSG_COPY: a queue of our own, removed at once.  */
static bool
look_msg_copy(struct buf *found)
{
	struct { long type; char text[1]; } message = { 1, "x" };
	int error = 0, queue = msgget(IPC_PRIVATE, 0600);

	if (queue < 0)
		return doctor_report(found, errno);
	if (msgsnd(queue, &message, 1, IPC_NOWAIT) < 0 ||
	    msgrcv(queue, &message, 1, 0, MSG_COPY | IPC_NOWAIT) != 1)
		error = errno;
	msgctl(queue, IPC_RMID, NULL);
	return doctor_report(found, error);
}

static bool
look_mqueue(struct buf *found)
{
	struct statfs fs;
	bool there = statfs("/dev/mqueue", &fs) == 0 &&
		     fs.f_type == MQUEUE_MAGIC;

	buf_adds(found, there ? _("mounted") : _("not mounted"));
	return there;
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

/* The entry of a page in /proc/self/pagemap, 0 when refused.  */
static uint64_t
page_entry(const volatile char *page)
{
	off_t at = (uintptr_t)page / sysconf(_SC_PAGESIZE) * sizeof(uint64_t);
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	uint64_t entry;

	if (fd < 0)
		return 0;
	if (pread(fd, &entry, sizeof(entry), at) != sizeof(entry))
		entry = 0;
	close(fd);
	return entry;
}

/* Bit 55: written since the last "4" to clear_refs.  A kernel without it
 * takes the 4 and never shows, or always shows, the bit.  In a child, because
 * it marks all pages of the process.  */
static int
try_soft_dirty(void)
{
	static volatile char page[1 << 17];
	int fd = open("/proc/self/clear_refs", O_WRONLY);
	const uint64_t dirty = 1ull << 55;
	bool before;

	page[1 << 16] = 1;
	if (fd < 0 || write(fd, "4", 1) != 1)
		return errno;
	before = page_entry(page + (1 << 16)) & dirty;
	page[1 << 16] = 2;
	return !before && page_entry(page + (1 << 16)) & dirty ? 0 : ENOTSUP;
}

static bool
look_soft_dirty(struct buf *found)
{
	return doctor_report(found, doctor_try(try_soft_dirty));
}

/* Bits 0 to 54; 0 for who lacks CAP_SYS_ADMIN (proc(5)).  */
static bool
look_frames(struct buf *found)
{
	volatile char here = 1;
	bool seen = page_entry(&here) & ((1ull << 55) - 1);

	buf_adds(found, seen ? _("readable") : _("hidden"));
	return seen;
}

static bool
look_io_uring(struct buf *found)
{
	struct io_uring_params p = { .flags = 0 };
	int fd = syscall(SYS_io_uring_setup, 1, &p);

	if (fd < 0) {
		buf_adds(found, _("closed"));
		return true;
	}
	close(fd);
	buf_adds(found, _("open"));
	return false;
}

static bool
knows_binderfs(void)
{
	struct buf text = BUF_INIT;
	bool knows = buf_read_file(&text, "/proc/filesystems", 1 << 16,
				   NULL) == 0 &&
		     strstr(buf_str(&text), "\tbinder\n");

	buf_release(&text);
	return knows;
}

static bool
look_binder(struct buf *found)
{
	if (access("/dev/binder", F_OK) == 0)
		buf_adds(found, "/dev/binder");
	else if (knows_binderfs())
		buf_adds(found, "binderfs");
	else
		buf_adds(found, _("no"));
	return strcmp(buf_str(found), _("no")) != 0;
}

const struct check doctor_system[] = {
	{ "user-namespaces", false, look_users,
	  N_("A grader can shut a submission in without being root."),
	  N_("A grader must be root here, or an administrator allows user "
	     "namespaces.") },
	{ "pid-namespaces", false, look_pids,
	  N_("Process numbers can be the same in every driven run, and "
	     "nothing outlives its run."),
	  N_("Process numbers differ from run to run: a program that prints "
	     "or uses them may not step back exactly.") },
	{ "msg-copy", false, look_msg_copy,
	  N_("The messages in a System V queue can be seen without taking "
	     "them."),
	  N_("The messages in a System V queue are known from the events "
	     "alone.") },
	{ "mqueue", false, look_mqueue,
	  N_("POSIX queues can be listed."),
	  N_("POSIX queues work, but cannot be listed.  To see them: mount "
	     "-t mqueue none /dev/mqueue") },
	{ "cgroups", false, look_cgroup,
	  N_("The memory of all processes of a program can be limited "
	     "together."),
	  N_("Memory can be limited for each process, not for all of a "
	     "program together.") },
	{ "soft-dirty", false, look_soft_dirty,
	  N_("The kernel tells which pages of shared memory were written."),
	  N_("The kernel does not tell which pages of shared memory were "
	     "written; this is known from the events alone.") },
	{ "page-frames", false, look_frames,
	  N_("That two processes share one physical page can be shown."),
	  N_("Shared pages are known by file and offset; the physical page "
	     "is shown to root only.") },
	{ "io-uring", false, look_io_uring,
	  N_("No program can go around the tracer by it."),
	  N_("What a program reads and writes through io_uring is not seen "
	     "by the tracer.") },
	{ "binder", false, look_binder,
	  N_("Programs can use the kernel's binder driver."),
	  N_("Programs that need the kernel's binder driver do not run "
	     "here.") },
	{ .name = NULL },
};
