/*
 * Namespaces of a run's own: made, and furnished.
 *
 * First the ways to get into a mount namespace, which the parts stand on: as
 * who may, else with a user namespace in which one may; with process numbers
 * or without.  Then each part, as a row of a table, furnishes itself.
 */
#include "config.h"

#include "tracer/namespace.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool
write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) ==
			     (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return ok;
}

/* Map our user and group to themselves (user_namespaces(7)).  */
static bool
map_ids(uid_t uid, gid_t gid)
{
	char text[64];

	write_file("/proc/self/setgroups", "deny");
	snprintf(text, sizeof(text), "%u %u 1", gid, gid);
	if (!write_file("/proc/self/gid_map", text))
		return false;
	snprintf(text, sizeof(text), "%u %u 1", uid, uid);
	return write_file("/proc/self/uid_map", text);
}

/* What this process has of its own.  */
static unsigned mine;
static bool mine_mounts;

unsigned
namespace_mine(bool *mounts)
{
	*mounts = mine_mounts;
	return mine;
}

/* ---- the parts ---- */

static bool
furnish_ipc(void)
{
	return unshare(CLONE_NEWIPC) == 0;
}

/* A new network has a loopback that is down; up, it has both addresses.  */
static bool
furnish_net(void)
{
	struct ifreq lo = { .ifr_name = "lo" };
	bool up;
	int fd;

	if (unshare(CLONE_NEWNET) < 0)
		return false;
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	lo.ifr_flags = IFF_UP | IFF_RUNNING;
	up = fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &lo) == 0;
	if (fd >= 0)
		close(fd);
	return up;
}

/* Of file systems in memory.  */
static char bounds[64];

void
namespace_disk(int64_t bytes)
{
	snprintf(bounds, sizeof(bounds), ",size=%lld,nr_inodes=10000",
		 (long long)bytes);
}

const char *
namespace_bounds(void)
{
	return bounds[0] ? bounds + 1 : NULL;
}

static bool
mount_shm(const char *at)
{
	char options[80];

	snprintf(options, sizeof(options), "mode=1777%s", bounds);
	return mount("tmpfs", at, "tmpfs", MS_NOSUID | MS_NODEV, options) == 0;
}

static bool
furnish_shm(void)
{
	return mount_shm("/dev/shm");
}

/* An entry of /dev at another place: links copied, all else bound.  */
static bool
bind_entry(const char *name, const char *base)
{
	char from[512], to[512], link[512] = "";
	struct stat st;
	int fd;

	snprintf(from, sizeof(from), "/dev/%s", name);
	snprintf(to, sizeof(to), "%s/%s", base, name);
	if (lstat(from, &st) < 0)
		return false;
	if (S_ISLNK(st.st_mode))
		return readlink(from, link, sizeof(link) - 1) > 0 &&
		       symlink(link, to) == 0;
	if (S_ISDIR(st.st_mode))
		return mkdir(to, 0755) == 0 &&
		       mount(from, to, NULL, MS_BIND | MS_REC, NULL) == 0;
	fd = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0)
		return false;
	close(fd);
	return mount(from, to, NULL, MS_BIND, NULL) == 0;
}

static bool
bind_entries(const char *base)
{
	DIR *dev = opendir("/dev");
	struct dirent *d;
	bool ok = dev;

	while (ok && (d = readdir(dev)))
		if (d->d_name[0] != '.' && strcmp(d->d_name, "shm") != 0)
			ok = bind_entry(d->d_name, base);
	if (dev)
		closedir(dev);
	return ok;
}

/*
 * /dev has no folder for the queues, and a folder made there would be seen by
 * the whole machine.  So the run gets a /dev of its own, which has all that
 * is in the other one and the folder as well: about a hundred mounts, one
 * millisecond.  It is put together where the run's /dev/shm is.
 */
static bool
make_dev(void)
{
	static const char base[] = "/dev/shm";

	if (mount("tmpfs", base, "tmpfs", MS_NOSUID, "mode=755") < 0)
		return false;
	if (bind_entries(base) && mkdir("/dev/shm/shm", 01777) == 0 &&
	    mkdir("/dev/shm/mqueue", 01777) == 0 &&
	    mount_shm("/dev/shm/shm") &&
	    mount(base, "/dev", NULL, MS_MOVE, NULL) == 0)
		return true;
	umount2(base, MNT_DETACH);
	return false;
}

static bool
furnish_mqueue(void)
{
	if (access("/dev/mqueue", F_OK) < 0 && !make_dev())
		return false;
	return mount("mqueue", "/dev/mqueue", "mqueue",
		     MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0;
}

/* In the order in which they are furnished.  */
static const struct part {
	const char *name;
	bool (*furnish)(void);
	unsigned needs;		/* parts without which it is not tried */
} parts[PART_MAX] = {
	[PART_PIDS] = { "process numbers", NULL, 0 },
	[PART_IPC] = { "System V objects and POSIX queues", furnish_ipc, 0 },
	[PART_NET] = { "the network", furnish_net, 0 },
	[PART_SHM] = { "/dev/shm", furnish_shm, 0 },
	[PART_MQUEUE] = { "/dev/mqueue", furnish_mqueue,
			  PART_BIT(PART_IPC) | PART_BIT(PART_SHM) },
};

static unsigned
furnish(unsigned wanted)
{
	unsigned got = 0;

	for (int i = 0; i < PART_MAX; i++)
		if (wanted & PART_BIT(i) && parts[i].furnish &&
		    (got & parts[i].needs) == parts[i].needs &&
		    parts[i].furnish())
			got |= PART_BIT(i);
	return got;
}

void
namespace_list(unsigned set, struct buf *out)
{
	for (int i = 0; i < PART_MAX; i++)
		if (set & PART_BIT(i))
			buf_addf(out, "%s%s", out->len ? ", " : "",
				 parts[i].name);
}

bool
namespace_renew(enum namespace_part part)
{
	return mine & PART_BIT(part) && parts[part].furnish();
}

/* ---- the ways in ---- */

/* What was mounted elsewhere afterwards is none of ours, and the other way
 * round (mount_namespaces(7)).  */
static bool
settle_in(int flags, uid_t uid, gid_t gid)
{
	if (flags & CLONE_NEWUSER && !map_ids(uid, gid))
		return false;
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return false;
	return !(flags & CLONE_NEWPID) ||
	       mount("proc", "/proc", "proc", 0, NULL) == 0;
}

/* What the child has got; false: it is gone.  A signal is no answer.  */
static bool
hear(int fd, unsigned *got)
{
	ssize_t n;

	do
		n = read(fd, got, sizeof(*got));
	while (n < 0 && errno == EINTR);
	return n == sizeof(*got);
}

/* One way.  The child tells what it has got, or nothing and is gone.  */
static pid_t
fork_by(int flags, unsigned wanted, unsigned *got)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pid = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
	if (pid == 0) {
		if (!settle_in(flags, uid, gid))
			_exit(1);
		*got = furnish(wanted);
		if (flags & CLONE_NEWPID)
			*got |= PART_BIT(PART_PIDS);
		if (write(ends[1], got, sizeof(*got)) != sizeof(*got))
			_exit(1);
		close(ends[0]);
		close(ends[1]);
		mine = *got;
		mine_mounts = true;
		return 0;
	}
	close(ends[1]);
	/* Not allowed here.  */
	if (pid > 0 && !hear(ends[0], got)) {
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
		pid = -1;
	}
	close(ends[0]);
	return pid;
}

/* From the best to the least: with process numbers, whose end is the end of
 * all; as root first without a user namespace, in which root is less.  */
static const int ways[] = {
	CLONE_NEWNS | CLONE_NEWPID,
	CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUSER,
	CLONE_NEWNS,
	CLONE_NEWNS | CLONE_NEWUSER,
};

static bool
is_open(int way, unsigned wanted)
{
	if (way & CLONE_NEWPID ? !(wanted & PART_BIT(PART_PIDS))
			       : !(wanted & ~PART_BIT(PART_PIDS)))
		return false;
	return way & CLONE_NEWUSER || geteuid() == 0;
}

pid_t
namespace_fork(unsigned wanted, unsigned *got)
{
	pid_t pid;

	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		if (!is_open(ways[i], wanted))
			continue;
		pid = fork_by(ways[i], wanted, got);
		if (pid >= 0)
			return pid;
	}
	*got = 0;
	return fork();
}

/* Which of the ways is passable, found out by a child: one that turns out
 * to be closed half-way cannot be gone back.  */
static bool
is_passable(int way, unsigned wanted)
{
	unsigned got = 0;
	pid_t pid = fork_by(way, wanted, &got);

	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return pid > 0 && got;
}

unsigned
namespace_enter(unsigned wanted)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();

	wanted &= ~PART_BIT(PART_PIDS);
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++)
		if (is_open(ways[i], wanted) && is_passable(ways[i], wanted))
			return unshare(ways[i]) == 0 &&
			       settle_in(ways[i], uid, gid)
			       ? furnish(wanted) : 0;
	return 0;
}

bool
namespace_can(enum namespace_part part)
{
	unsigned got = 0;
	pid_t pid = namespace_fork(PART_BIT(part) | parts[part].needs, &got);

	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return pid > 0 && got & PART_BIT(part);
}

int
namespace_try(unsigned wanted, int (*trial)(void))
{
	unsigned got;
	int status;
	pid_t pid = namespace_fork(wanted, &got);

	if (pid == 0)
		_exit(trial());
	if (pid < 0)
		return errno;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return EIO;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
}

/* ---- the ports ---- */

enum { PORT_FIRST = 32768, PORTS = 28232 };	/* as ip(7) has them */

int
namespace_ports(void)
{
	return open("/proc/sys/net/ipv4/ip_local_port_range",
		    O_WRONLY | O_CLOEXEC);
}

/* Among many the kernel chooses by chance.  */
void
namespace_next_port(int ports, unsigned *count)
{
	unsigned port = PORT_FIRST + (*count)++ % PORTS;
	char range[32];
	int n = snprintf(range, sizeof(range), "%u %u", port, port);

	if (pwrite(ports, range, n, 0) != n)
		return;		/* then it is chance */
}

/* ---- process numbers ---- */

void
namespace_next_pid(pid_t last)
{
	static int fd = -1;	/* the file is of whoever writes to it */
	char text[24];
	int n = snprintf(text, sizeof(text), "%d", (int)last);

	if (fd < 0)
		fd = open("/proc/sys/kernel/ns_last_pid", O_WRONLY |
							  O_CLOEXEC);
	if (pwrite(fd, text, n, 0) != n)
		errno = 0;	/* then they go on */
}
