/* See watch.h.  */
#include "config.h"

#include "base/watch.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { PERIOD_MS = 500 };

/* What tells one state of a file from another.  All 0: it is not there.  */
struct mark {
	uint64_t device, inode;
	int64_t size, seconds, nanoseconds;
};

struct watch {
	char *folder;
	size_t n;
	char **name;
	struct mark *mark;
	int fd;
	bool polls;
};

/* Others may change these without this kernel's knowing (inotify(7)).  */
static bool
is_remote(const char *folder)
{
	static const uint32_t remote[] = {
		NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, CIFS_SUPER_MAGIC,
		SMB2_SUPER_MAGIC, FUSE_SUPER_MAGIC, V9FS_MAGIC,
		AFS_SUPER_MAGIC, CODA_SUPER_MAGIC,
	};
	struct statfs st;

	if (statfs(folder, &st) < 0)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(remote); i++)
		if ((uint32_t)st.f_type == remote[i])
			return true;
	return false;
}

static int
listen_to_kernel(const char *folder)
{
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	if (fd >= 0 && inotify_add_watch(fd, folder, IN_CLOSE_WRITE |
					 IN_MOVED_TO | IN_MOVED_FROM |
					 IN_DELETE | IN_CREATE |
					 IN_ONLYDIR) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static int
timer(void)
{
	struct itimerspec every = {
		.it_interval.tv_nsec = PERIOD_MS * 1000000L,
		.it_value.tv_nsec = PERIOD_MS * 1000000L,
	};
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd >= 0)
		timerfd_settime(fd, 0, &every, NULL);
	return fd;
}

static struct mark
look(const struct watch *w, size_t i)
{
	char *path = xasprintf("%s/%s", w->folder, w->name[i]);
	struct mark m = { .inode = 0 };
	struct stat st;

	if (stat(path, &st) == 0)
		m = (struct mark){
			st.st_dev, st.st_ino, st.st_size,
			st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
		};
	free(path);
	return m;
}

struct watch *
watch_new(const char *folder, const char *const *names, size_t n)
{
	struct watch *w = xcalloc(1, sizeof(*w));

	w->folder = xstrdup(folder);
	w->fd = is_remote(folder) ? -1 : listen_to_kernel(folder);
	w->polls = w->fd < 0;
	if (w->polls)
		w->fd = timer();
	w->n = n;
	w->name = xcalloc(n + 1, sizeof(*w->name));
	w->mark = xcalloc(n + 1, sizeof(*w->mark));
	for (size_t i = 0; i < n; i++) {
		w->name[i] = xstrdup(names[i]);
		w->mark[i] = look(w, i);
	}
	return w;
}

void
watch_free(struct watch *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	for (size_t i = 0; i < w->n; i++)
		free(w->name[i]);
	free(w->name);
	free(w->mark);
	free(w->folder);
	free(w);
}

int
watch_fd(const struct watch *w)
{
	return w->fd;
}

bool
watch_polls(const struct watch *w)
{
	return w->polls;
}

bool
watch_changed(struct watch *w)
{
	char told[4096];
	bool changed = false;

	/* What it says does not matter: the files do.  */
	while (read(w->fd, told, sizeof(told)) > 0)
		;
	for (size_t i = 0; i < w->n; i++) {
		struct mark now = look(w, i);

		if (memcmp(&now, &w->mark[i], sizeof(now)) == 0)
			continue;
		w->mark[i] = now;
		changed = true;
	}
	return changed;
}
