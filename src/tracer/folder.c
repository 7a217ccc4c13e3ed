/*
 * The subject's folder, as it was before each run.
 *
 * A file system in memory is mounted over it, where only the driver and its
 * children see it, and gets a copy of what is in the folder.  inotify(7) says
 * whether a run changed anything; if so the copy is made anew.
 */
#include "config.h"

#include "base/i18n.h"
#include "tracer/namespace.h"
#include "tracer/run.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BYTES_MAX = 64 << 20,
	FILES_MAX = 4096,
	DEPTH_MAX = 32,
};

struct folder {
	char *path;
	int real;		/* the folder itself, beneath */
	int copy;		/* what lies over it */
	int changes;		/* inotify */
};

static const uint32_t watched = IN_CREATE | IN_DELETE | IN_MOVED_FROM |
				IN_MOVED_TO | IN_MODIFY | IN_CLOSE_WRITE |
				IN_ATTRIB;

static bool
is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

/* A folder within another, to be read.  */
static DIR *
open_folder(int at, const char *name)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
				  O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	if (fd >= 0 && !dir)
		close(fd);
	return dir;
}

/* ---- how large ---- */

struct size {
	int64_t bytes;
	int files;
};

static bool
measure(int at, const char *name, int depth, struct size *s)
{
	DIR *dir = depth < DEPTH_MAX ? open_folder(at, name) : NULL;
	bool small = dir;
	struct dirent *e;
	struct stat st;

	while (small && (e = readdir(dir))) {
		if (is_dots(e->d_name) || fstatat(dirfd(dir), e->d_name, &st,
						  AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		s->files++;
		s->bytes += S_ISREG(st.st_mode) ? st.st_size : 0;
		small = s->bytes <= BYTES_MAX && s->files <= FILES_MAX &&
			(!S_ISDIR(st.st_mode) ||
			 measure(dirfd(dir), e->d_name, depth + 1, s));
	}
	if (dir)
		closedir(dir);
	return small;
}

/* ---- copying ---- */

static bool
copy_file(int from, int to, const char *name, const struct stat *st)
{
	int in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int out = in < 0 ? -1 : openat(to, name, O_WRONLY | O_CREAT | O_EXCL |
						 O_CLOEXEC, 0600);
	off_t left = st->st_size;

	while (out >= 0 && left > 0) {
		ssize_t n = sendfile(out, in, NULL, left);

		if (n <= 0)
			break;
		left -= n;
	}
	if (out >= 0) {
		if (fchown(out, st->st_uid, st->st_gid) < 0)
			errno = 0;	/* as in a user namespace */
		fchmod(out, st->st_mode & 07777);
		close(out);
	}
	if (in >= 0)
		close(in);
	return out >= 0 && left == 0;
}

static bool
copy_link(int from, int to, const char *name)
{
	char text[PATH_MAX];
	ssize_t n = readlinkat(from, name, text, sizeof(text) - 1);

	text[n > 0 ? n : 0] = '\0';
	return n > 0 && symlinkat(text, to, name) == 0;
}

static bool copy_tree(int from, int to);

static bool
copy_subfolder(int from, int to, const char *name, const struct stat *st)
{
	int in, out;
	bool ok;

	if (mkdirat(to, name, 0700) < 0)
		return false;
	in = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
				O_CLOEXEC);
	out = openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
			       O_CLOEXEC);
	ok = in >= 0 && out >= 0 && copy_tree(in, out) &&
	     fchmod(out, st->st_mode & 07777) == 0;
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return ok;
}

/* Sockets and devices are left out: who made them is not here.  */
static bool
copy_entry(int from, int to, const char *name)
{
	struct timespec times[2];
	struct stat st;
	bool ok = true;

	if (fstatat(from, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return true;
	switch (st.st_mode & S_IFMT) {
	case S_IFREG: ok = copy_file(from, to, name, &st); break;
	case S_IFLNK: ok = copy_link(from, to, name); break;
	case S_IFDIR: ok = copy_subfolder(from, to, name, &st); break;
	case S_IFIFO: ok = mkfifoat(to, name, st.st_mode & 07777) == 0; break;
	default: return true;
	}
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	utimensat(to, name, times, AT_SYMLINK_NOFOLLOW);
	return ok;
}

static bool
copy_tree(int from, int to)
{
	DIR *dir = open_folder(from, ".");
	struct dirent *e;
	bool ok = dir;

	while (ok && (e = readdir(dir)))
		if (!is_dots(e->d_name))
			ok = copy_entry(dirfd(dir), to, e->d_name);
	if (dir)
		closedir(dir);
	return ok;
}

/* ---- emptying ---- */

static void
count_left(int at, const char *name, const struct stat *st,
	   struct run_left *left)
{
	const char *what = S_ISFIFO(st->st_mode) ? "FIFO"
			   : S_ISSOCK(st->st_mode) ? "socket" : NULL;

	(void)at;
	if (what)
		remains_add(&left->objects, "%.120s (%s)", name, what);
}

/* left: what is none of the folder's own (real, -1 where there is none)
 * counts; or NULL.  */
static void
empty(int at, int real, struct run_left *left)
{
	DIR *dir = open_folder(at, ".");
	struct dirent *e;
	struct stat st, was;

	while (dir && (e = readdir(dir))) {
		if (is_dots(e->d_name) || fstatat(at, e->d_name, &st,
						  AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		if (left && (real < 0 || fstatat(real, e->d_name, &was,
					    AT_SYMLINK_NOFOLLOW) < 0))
			count_left(at, e->d_name, &st, left);
		if (S_ISDIR(st.st_mode)) {
			int inner = openat(at, e->d_name, O_RDONLY |
					   O_DIRECTORY | O_NOFOLLOW |
					   O_CLOEXEC);
			int below = real < 0 ? -1 :
				    openat(real, e->d_name, O_RDONLY |
					   O_DIRECTORY | O_NOFOLLOW |
					   O_CLOEXEC);

			if (inner >= 0) {
				empty(inner, below, left);
				close(inner);
			}
			if (below >= 0)
				close(below);
		}
		unlinkat(at, e->d_name, S_ISDIR(st.st_mode) ? AT_REMOVEDIR : 0);
	}
	if (dir)
		closedir(dir);
}

/* ---- has it changed? ---- */

static void
watch_tree(struct folder *f, const char *path, int depth)
{
	DIR *dir = opendir(path);
	struct dirent *e;

	inotify_add_watch(f->changes, path, watched | IN_ONLYDIR);
	while (dir && depth < DEPTH_MAX && (e = readdir(dir))) {
		char *below;

		if (is_dots(e->d_name) || e->d_type != DT_DIR)
			continue;
		below = xasprintf("%s/%s", path, e->d_name);
		watch_tree(f, below, depth + 1);
		free(below);
	}
	if (dir)
		closedir(dir);
}

static void
watch_anew(struct folder *f)
{
	if (f->changes >= 0)
		close(f->changes);
	f->changes = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	watch_tree(f, f->path, 0);
}

static bool
has_changed(struct folder *f)
{
	char events[4096];

	return read(f->changes, events, sizeof(events)) > 0 ||
	       errno != EAGAIN;
}

/* ---- life ---- */

static int
put_over(struct folder *f, char **why)
{
	struct stat st;

	if (fstat(f->real, &st) < 0 ||
	    mount("tmpfs", f->path, "tmpfs", MS_NOSUID | MS_NODEV,
		  namespace_bounds()) < 0)
		return fail(why, _("the folder %s cannot be copied for the "
				   "runs: %s"), f->path, strerror(errno));
	f->copy = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f->copy < 0 || fchmod(f->copy, st.st_mode & 07777) < 0 ||
	    !copy_tree(f->real, f->copy)) {
		fail(why, _("the folder %s cannot be copied for the runs: "
			    "%s"), f->path, strerror(errno));
		umount2(f->path, MNT_DETACH);
		return -1;
	}
	watch_anew(f);
	return 0;
}

struct folder *
folder_open(const char *path, char **why)
{
	struct folder *f = xcalloc(1, sizeof(*f));
	struct size s = { 0 };

	f->path = realpath(path, NULL);
	f->copy = f->changes = f->real = -1;
	f->real = f->path ? open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
			  : -1;
	if (f->real < 0) {
		fail(why, _("the folder %s cannot be read: %s"), path,
		     strerror(errno));
	} else if (strcmp(f->path, "/") == 0 ||
		   !measure(f->real, ".", 0, &s)) {
		fail(why, _("the folder %s is larger than %d MiB or has more "
			    "than %d files: what a run changes in it is not "
			    "put back"), path, BYTES_MAX >> 20, FILES_MAX);
	} else if (put_over(f, why) == 0) {
		return f;
	}
	folder_close(f);
	return NULL;
}

void
folder_restore(struct folder *f, struct run_left *left)
{
	if (!has_changed(f))
		return;
	empty(f->copy, f->real, left);
	copy_tree(f->real, f->copy);
	watch_anew(f);
}

void
folder_close(struct folder *f)
{
	if (!f)
		return;
	if (f->changes >= 0)
		close(f->changes);
	if (f->copy >= 0) {
		close(f->copy);
		umount2(f->path, MNT_DETACH);
	}
	if (f->real >= 0)
		close(f->real);
	free(f->path);
	free(f);
}
