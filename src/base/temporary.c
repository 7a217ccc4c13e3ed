/*
 * Temporary folders.  Each is locked (flock(2)) for as long as its maker
 * lives: the kernel lets go of the lock however that ends.  So a folder of
 * ours that nobody locks was left by one that was killed.
 */
#include "config.h"

#include "base/left.h"
#include "base/paths.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

static const char own_prefix[] = "ipclab-run-";
static const char random_part[] = "XXXXXX";

/* The folders that this process made, with the descriptors that lock them. */
static struct lock {
	struct lock *next;
	char *path;
	int fd;
} *locks;

/* The folder itself, locked; -1: it is not there, or not ours, or in use. */
static int
lock_folder(const char *path, int how)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat opened, there;

	if (fd < 0)
		return -1;
	/* It may have been taken away while we waited.  Where nothing can be
	 * locked, nothing is swept either.  */
	if ((flock(fd, how) == 0 || how == LOCK_EX) && fstat(fd, &opened) == 0 &&
	    lstat(path, &there) == 0 && opened.st_ino == there.st_ino &&
	    opened.st_dev == there.st_dev && opened.st_uid == geteuid())
		return fd;
	close(fd);
	return -1;
}

char *
path_temporary_at(const char *stem, char **why)
{
	for (int tries = 0; tries < 10; tries++) {
		char *path = xasprintf("%s%s", stem, random_part);
		struct lock *l;
		int fd;

		if (!mkdtemp(path)) {
			fail(why, _("cannot make a temporary folder %s: %s"),
			     path, strerror(errno));
			free(path);
			return NULL;
		}
		fd = lock_folder(path, LOCK_EX);
		if (fd < 0) {	/* swept before it was locked */
			free(path);
			continue;
		}
		l = xcalloc(1, sizeof(*l));
		*l = (struct lock){ .next = locks, .path = xstrdup(path),
				    .fd = fd };
		locks = l;
		return path;
	}
	fail(why, _("cannot make a temporary folder %s: %s"), stem,
	     _("others take it away"));
	return NULL;
}

static char *
own_stem(void)
{
	const char *base = getenv("TMPDIR");

	return xasprintf("%s/%s", base && base[0] == '/' ? base : "/tmp",
			 own_prefix);
}

char *
path_temporary(char **why)
{
	char *stem = own_stem(), *path;

	path_sweep();
	path = path_temporary_at(stem, why);
	free(stem);
	return path;
}

/* ---- taking away ---- */

static int
remove_entry(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st, (void)flag, (void)ftw;
	return remove(path);
}

static void
unlock_folder(const char *path)
{
	for (struct lock **l = &locks; *l; l = &(*l)->next)
		if (strcmp((*l)->path, path) == 0) {
			struct lock *gone = *l;

			*l = gone->next;
			close(gone->fd);
			free(gone->path);
			free(gone);
			return;
		}
}

int
path_remove_tree(const char *path, char **why)
{
	int rc = 0;

	if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) < 0 &&
	    errno != ENOENT)
		rc = fail(why, _("cannot remove %s: %s"), path,
			  strerror(errno));
	unlock_folder(path);
	return rc;
}

/* Is the name that of a folder which path_temporary_at() made?  */
static bool
is_left_name(const char *name, const char *stem)
{
	size_t n = strlen(name), end = sizeof(random_part) - 1;

	if (strncmp(name, stem, strlen(stem)) != 0 || n < end + 1)
		return false;
	name += n - end;
	/* What a program was renamed to has no random part.  */
	return name[-1] == '-' && strspn(name, "abcdefghijklmnopqrstuvwxyz"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == end;
}

/* A folder of ours that nobody uses any more, with what was left by what ran
 * there.  */
static void
sweep(const char *path)
{
	char *left = xasprintf("%s/%s", path, left_name);

	left_clear(left, NULL);
	path_remove_tree(path, NULL);
	free(left);
}

static void
sweep_folder(const char *folder, const char *stem)
{
	DIR *dir = opendir(folder);
	struct dirent *d;

	while (dir && (d = readdir(dir))) {
		char *path;
		int fd;

		if (!is_left_name(d->d_name, stem))
			continue;
		path = xasprintf("%s/%s", folder, d->d_name);
		fd = lock_folder(path, LOCK_EX | LOCK_NB);
		if (fd >= 0) {
			sweep(path);
			close(fd);
		}
		free(path);
	}
	if (dir)
		closedir(dir);
}

void
path_sweep(void)
{
	static bool done;
	char *stem, *programs;

	if (done)
		return;
	done = true;
	stem = own_stem();
	stem[strlen(stem) - strlen(own_prefix) - 1] = '\0';
	sweep_folder(stem, own_prefix);
	free(stem);
	programs = path_cache("programs");
	sweep_folder(programs, "");
	free(programs);
}
