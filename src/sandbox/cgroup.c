/* See cgroup.h.  */
#include "config.h"

#include "sandbox/cgroup.h"

#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

static const char prefix[] = "ipclab-", control[] = "cgroup.subtree_control";

enum { TEXT_MAX = 4096, TRIES = 16, REMOVALS = 5000, AGAIN_NS = 2000000 };

/* ---- texts ---- */

int64_t
cgroup_number(const char *text, const char *word)
{
	size_t len = strlen(word);
	char *end;

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		int64_t number;

		if (strncmp(text, word, len) != 0 || text[len] != ' ' ||
		    text[len + 1] < '0' || text[len + 1] > '9')
			continue;
		errno = 0;
		number = strtoll(text + len + 1, &end, 10);
		return errno == 0 && (*end == '\n' || *end == '\0') ? number
								    : -1;
	}
	return -1;
}

bool
cgroup_has(const char *text, const char *word)
{
	size_t len = strlen(word);

	while (*(text += strspn(text, " \n"))) {
		size_t n = strcspn(text, " \n");

		if (n == len && strncmp(text, word, n) == 0)
			return true;
		text += n;
	}
	return false;
}

/* ---- files of a folder ---- */

/* False with errno.  */
static bool
put(int folder, const char *file, const char *text)
{
	int fd = openat(folder, file, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));
	int error = errno;

	if (fd >= 0)
		close(fd);
	errno = error;
	return n == (ssize_t)strlen(text);
}

static bool
put_number(int folder, const char *file, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, number);
	return put(folder, file, text);
}

/* "" where there is none.  */
static void
get(int folder, const char *file, char text[TEXT_MAX])
{
	int fd = openat(folder, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : read(fd, text, TEXT_MAX - 1);

	text[n > 0 ? n : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

/* All are ended together: who is killed alone would be told to have crashed.
 * Not every kernel counts swap or has processors to hand out; then nothing is
 * to be limited.  */
int
cgroup_limit(int folder, const struct cgroup_limits *l, char **why)
{
	const char *file = "memory.max";
	bool ok = put_number(folder, file, l->memory) &&
		  put(folder, file = "memory.oom.group", "1") &&
		  put_number(folder, file = "pids.max", l->processes);

	if (!ok)
		return fail(why, "%s: %s", file, strerror(errno));
	if (!put(folder, file = "memory.swap.max", "0") && errno != ENOENT)
		return fail(why, "%s: %s", file, strerror(errno));
	if (!put(folder, file = "cpu.max", "200000 100000") && errno != ENOENT)
		return fail(why, "%s: %s", file, strerror(errno));
	return 0;
}

/* ---- those that were left ---- */

/* The caller's; -1: it is another's, or none.  */
static int
lock(int in, const char *name)
{
	int fd = openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
				  O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Who was killed is counted until he is reaped, which others may have to do. */
static void
end_all(int folder, const char *path)
{
	const struct timespec again = { .tv_nsec = AGAIN_NS };

	put(folder, "cgroup.kill", "1");
	for (int i = 0; i < REMOVALS && rmdir(path) < 0 && errno == EBUSY; i++)
		nanosleep(&again, NULL);
}

static void
sweep(const char *where)
{
	DIR *d = opendir(where);
	struct dirent *it;

	while (d && (it = readdir(d))) {
		char *path;
		int fd;

		if (strncmp(it->d_name, prefix, strlen(prefix)) != 0)
			continue;
		fd = lock(dirfd(d), it->d_name);
		if (fd < 0)
			continue;
		path = xasprintf("%s/%s", where, it->d_name);
		end_all(fd, path);
		free(path);
		close(fd);
	}
	if (d)
		closedir(d);
}

/* ---- the folder of folders ---- */

static int
hand_on(int folder, const char *where, char **why)
{
	char text[TEXT_MAX];

	get(folder, control, text);
	if (cgroup_has(text, "memory") && cgroup_has(text, "pids"))
		return 0;
	get(folder, "cgroup.controllers", text);
	if (!cgroup_has(text, "memory") || !cgroup_has(text, "pids"))
		return fail(why, _("$IPCLAB_CGROUP is %s, which was not given "
				   "both of memory and pids to hand on"),
			    where);
	if (!put(folder, control, "+memory +pids"))
		return fail(why, errno == EBUSY
			    ? _("$IPCLAB_CGROUP is %s, which has processes of "
				"its own: %s")
			    : _("$IPCLAB_CGROUP is %s, which cannot hand on "
				"memory and pids: %s"),
			    where, strerror(errno));
	put(folder, control, "+cpu");
	return 0;
}

int
cgroup_usable(const char *where, char **why)
{
	int folder = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC), ret;
	struct statfs fs;

	if (folder < 0 || fstatfs(folder, &fs) < 0)
		ret = fail(why, _("$IPCLAB_CGROUP is %s: %s"), where,
			   strerror(errno));
	else if (where[0] != '/' || fs.f_type != CGROUP2_SUPER_MAGIC)
		ret = fail(why, _("$IPCLAB_CGROUP is %s, which is no folder "
				  "of cgroups of version 2"), where);
	else
		ret = hand_on(folder, where, why);
	if (folder >= 0)
		close(folder);
	return ret;
}

/* Between the making and the lock somebody may take it for one that was left:
 * then it is gone.  */
static bool
make_locked(struct cgroup *g, const char *where)
{
	struct stat named, opened;

	g->path = xasprintf("%s/%sXXXXXX", where, prefix);
	g->fd = -1;
	if (!mkdtemp(g->path))
		return false;
	g->fd = lock(AT_FDCWD, g->path);
	if (g->fd >= 0 && fstat(g->fd, &opened) == 0 &&
	    stat(g->path, &named) == 0 && named.st_ino == opened.st_ino)
		return true;
	if (g->fd >= 0)
		close(g->fd);
	errno = EAGAIN;
	return false;
}

static void
forget(struct cgroup *g)
{
	free(g->path);
	*g = (struct cgroup){ .fd = -1 };
}

int
cgroup_make(struct cgroup *g, const char *where,
	    const struct cgroup_limits *limits, char **why)
{
	bool made = false;

	sweep(where);
	for (int i = 0; i < TRIES && !made; i++) {
		made = make_locked(g, where);
		if (made)
			break;
		forget(g);
		if (errno != EAGAIN)
			break;
	}
	if (!made)
		return fail(why, _("cannot make a cgroup in %s: %s"), where,
			    strerror(errno));
	if (cgroup_limit(g->fd, limits, why) == 0)
		return 0;
	cgroup_remove(g);
	return -1;
}

bool
cgroup_enter(const struct cgroup *g)
{
	return !g->path || put(g->fd, "cgroup.procs", "0");
}

bool
cgroup_was_full(const struct cgroup *g)
{
	char text[TEXT_MAX];

	if (!g->path)
		return false;
	get(g->fd, "memory.events", text);
	return cgroup_number(text, "oom_kill") > 0;
}

void
cgroup_remove(struct cgroup *g)
{
	if (!g->path)
		return;
	end_all(g->fd, g->path);
	close(g->fd);
	forget(g);
}
