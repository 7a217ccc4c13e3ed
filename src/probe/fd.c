/* Probing descriptors: /proc/PID/fd, /proc/PID/fdinfo (proc(5)), kcmp(2).  */
#include "config.h"

#include "probe/probe.h"

#include "base/i18n.h"
#include "probe/handle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <linux/major.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Pseudo-terminals use eight major numbers (devices.txt of Linux).  */
static bool
is_terminal(dev_t dev)
{
	unsigned number = major(dev);

	return number == TTY_MAJOR || number == TTYAUX_MAJOR ||
	       (number >= UNIX98_PTY_MASTER_MAJOR &&
		number < UNIX98_PTY_SLAVE_MAJOR + UNIX98_PTY_MAJOR_COUNT);
}

static enum object_kind
kind_of(const struct stat *st, const char *path)
{
	static const struct {
		mode_t type;
		enum object_kind kind;
	} kinds[] = {
		{ S_IFREG, KIND_FILE },
		{ S_IFDIR, KIND_DIRECTORY },
		{ S_IFCHR, KIND_DEVICE },
		{ S_IFBLK, KIND_DEVICE },
		{ S_IFSOCK, KIND_SOCKET },
	};

	if (S_ISFIFO(st->st_mode))
		return strncmp(path, "pipe:", 5) == 0 ? KIND_PIPE : KIND_FIFO;
	if (S_ISCHR(st->st_mode) && is_terminal(st->st_rdev))
		return KIND_TERMINAL;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if ((st->st_mode & S_IFMT) == kinds[i].type)
			return kinds[i].kind;
	return KIND_OTHER;
}

static void
set_flags(struct probe_fd *out, unsigned flags)
{
	static const unsigned modes[] = {
		[O_RDONLY] = MODE_READ,
		[O_WRONLY] = MODE_WRITE,
		[O_RDWR] = MODE_READ | MODE_WRITE,
		[O_ACCMODE] = 0,	/* open(2): for ioctl() only */
	};

	out->mode = flags & O_PATH ? 0 : modes[flags & O_ACCMODE];
	out->cloexec = flags & O_CLOEXEC;
	out->nonblock = flags & O_NONBLOCK;
	out->append = flags & O_APPEND;
}

/* fdinfo begins "pos:\t0\nflags:\t0100001\n", the flags in octal.  */
static int
read_fdinfo(struct probe_fd *out, const char *path)
{
	FILE *f = fopen(path, "re");
	unsigned flags;
	long long pos;
	int n, error = errno;

	if (!f)
		return errno = error, -1;
	n = fscanf(f, "pos: %lld flags: %o", &pos, &flags);
	fclose(f);
	if (n != 2)
		return errno = ENOENT, -1;
	out->pos = pos;
	set_flags(out, flags);
	return 0;
}

/* -1 with errno; ENOENT: no such process or descriptor.  */
static int
look_at(pid_t pid, int fd, struct probe_fd *out)
{
	char path[64];
	struct stat st;
	ssize_t n;

	*out = (struct probe_fd){ .fd = fd };
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	n = readlink(path, out->path, sizeof(out->path) - 1);
	if (n < 0 || stat(path, &st) < 0)
		return -1;
	out->path[n] = '\0';
	out->kind = kind_of(&st, out->path);
	out->dev = st.st_dev;
	out->inode = st.st_ino;
	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", (int)pid, fd);
	return read_fdinfo(out, path);
}

static bool
has_ended(pid_t pid)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	return access(path, F_OK) < 0;
}

int
probe_fd(pid_t pid, int fd, struct probe_fd *out, char **why)
{
	if (look_at(pid, fd, out) == 0)
		return 0;
	if (errno == ENOENT && !has_ended(pid))
		return fail(why, _("process %d has no open descriptor %d"),
			    (int)pid, fd);
	return handle_refused(pid, errno, why);
}

static int
compare_fds(const void *a, const void *b)
{
	return ((const struct probe_fd *)a)->fd -
	       ((const struct probe_fd *)b)->fd;
}

int
probe_fds(pid_t pid, struct probe_fd **list, char **why)
{
	struct dirent *entry;
	size_t n = 0, room = 0;
	char path[32];
	DIR *dir;

	*list = NULL;
	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	dir = opendir(path);
	if (!dir)
		return handle_refused(pid, errno, why);
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		*list = xgrow(*list, &room, n + 1, sizeof(**list));
		if (look_at(pid, atoi(entry->d_name), &(*list)[n]) == 0)
			n++;	/* else closed meanwhile */
	}
	closedir(dir);
	if (n)
		qsort(*list, n, sizeof(**list), compare_fds);
	return n;
}

int
probe_ends(const pid_t *pids, int n, uint64_t dev, uint64_t inode,
	   int *read_ends, int *write_ends, char **why)
{
	*read_ends = *write_ends = 0;
	for (int i = 0; i < n; i++) {
		struct probe_fd *list;
		int count = probe_fds(pids[i], &list, why);

		if (count < 0 && !has_ended(pids[i]))
			return -1;
		for (int k = 0; k < count; k++) {
			if (list[k].dev != dev || list[k].inode != inode)
				continue;
			*read_ends += (list[k].mode & MODE_READ) != 0;
			*write_ends += (list[k].mode & MODE_WRITE) != 0;
		}
		free(list);
	}
	return 0;
}

int
probe_same_description(pid_t a, int fd_a, pid_t b, int fd_b, char **why)
{
	int order = syscall(SYS_kcmp, a, b, KCMP_FILE, fd_a, fd_b);

	if (order >= 0)
		return order == 0;
	if (errno == EBADF)
		return fail(why, _("descriptor %d of process %d or descriptor "
				   "%d of process %d is not open"),
			    fd_a, (int)a, fd_b, (int)b);
	if (errno == ENOSYS)
		return fail(why, _("this kernel cannot compare descriptors: "
				   "it was built without kcmp"));
	return handle_refused(a, errno, why);
}
