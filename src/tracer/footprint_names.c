/*
 * What calls on paths touch: the name, which is one object with the folder that
 * holds it, and the folder's list.  What a path means also depends on the
 * folders and links on its way: all of these together are one object, which
 * only making and removing folders and links changes.
 */
#include "config.h"

#include "tracer/footprint_inside.h"
#include "tracer/things.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Of an absolute path: the inode of its folder, and where its last name
 * begins.  */
static bool
split(char *path, struct stat *folder, const char **name)
{
	char *slash = strrchr(path, '/');
	bool ok;

	while (slash && slash[1] == '\0' && slash != path) {
		*slash = '\0';		/* "folder/" */
		slash = strrchr(path, '/');
	}
	if (!slash)
		return false;
	*name = slash + 1;
	*slash = '\0';
	ok = stat(path[0] ? path : "/", folder) == 0;
	*slash = '/';
	return ok;
}

/* The path as the lab sees it: the subject's root may be another.  */
static bool
path_of(struct foot *f, int at, int path, char *out, size_t room)
{
	return path_argument(f->t, f->k, at, path, out, room);
}

static void
touch_name(struct foot *f, char *path, bool changes)
{
	struct stat folder, st;
	const char *name;

	foot_common(f, ACT_NAME_LOOK, COMMON_TREE);
	if (!split(path, &folder, &name))
		return;
	foot_touch(f, changes ? ACT_NAME_CHANGE : ACT_NAME_LOOK,
		   number_of_name(f->t, folder.st_dev, folder.st_ino, name));
	if (changes)
		foot_touch(f, ACT_FOLDER_CHANGE,
			   number_of_file(f->t, folder.st_dev,
					  folder.st_ino));
	/* Where it leads to is another name, in another folder; the system's
	 * names (/proc/self/exe, /bin/sh) stay what they are.  */
	if (!path_is_system(path) && lstat(path, &st) == 0 &&
	    S_ISLNK(st.st_mode))
		foot_unknown(f);
}

void
foot_name(struct foot *f, int at, int path, bool changes)
{
	char text[PATH_MAX_LEN];

	if (path_of(f, at, path, text, sizeof(text)))
		touch_name(f, text, changes);
	else
		foot_unknown(f);
}

static bool
has_folder(const struct foot *f)
{
	return f->call->arg[0].kind == ARG_DIRFD;
}

/* ---- opening ---- */

static void
open_fifo(struct foot *f, uint64_t flags)
{
	unsigned access = flags & O_ACCMODE;
	bool waits = !(flags & O_NONBLOCK) && access != O_RDWR;

	f->o->sleeps_inside = waits;
	if (access != O_WRONLY)
		foot_thing(f, ACT_FIFO_OPEN_READ, f->k->thing)->gives_up =
			!waits;
	if (access != O_RDONLY)
		foot_thing(f, ACT_FIFO_OPEN_WRITE, f->k->thing)->gives_up =
			!waits;
}

void
foot_opens(struct foot *f)
{
	uint64_t flags = decode_open_flags(f->k);
	char path[PATH_MAX_LEN];
	struct stat st;
	int at = has_folder(f) ? 0 : -1;
	bool there;

	foot_makes_fd(f);
	if (!path_of(f, at, at + 1, path, sizeof(path))) {
		foot_unknown(f);
		return;
	}
	there = stat(path, &st) == 0;
	touch_name(f, path, !there && flags & O_CREAT);
	if (there && S_ISFIFO(st.st_mode) && f->k->thing >= 0)
		open_fifo(f, flags);
	else if (there && flags & O_TRUNC)
		foot_touch(f, ACT_FILE_RESIZE,
			   number_of_file(f->t, st.st_dev, st.st_ino));
}

void
foot_resizes_path(struct foot *f)
{
	char path[PATH_MAX_LEN];
	struct stat st;

	foot_name(f, -1, 0, false);
	if (path_of(f, -1, 0, path, sizeof(path)) && stat(path, &st) == 0)
		foot_touch(f, ACT_FILE_RESIZE,
			   number_of_file(f->t, st.st_dev, st.st_ino));
}

/* ---- changing names ---- */

static bool
is_folder(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

void
foot_renames(struct foot *f)
{
	int at = has_folder(f) ? 0 : -1, step = at + 2;
	char from[PATH_MAX_LEN];

	foot_name(f, at, at + 1, true);
	foot_name(f, at < 0 ? -1 : step, at < 0 ? 1 : step + 1, true);
	if (path_of(f, at, at + 1, from, sizeof(from)) && is_folder(from))
		foot_common(f, ACT_NAME_CHANGE, COMMON_TREE);
}

void
foot_links(struct foot *f)
{
	int at = has_folder(f) ? 0 : -1;

	foot_name(f, at, at + 1, false);
	foot_name(f, at < 0 ? -1 : 2, at < 0 ? 1 : 3, true);
}

void
foot_unlinks(struct foot *f)
{
	int at = has_folder(f) ? 0 : -1;

	foot_name(f, at, at + 1, true);
	if (at == 0 && f->arg[2] & AT_REMOVEDIR)
		foot_common(f, ACT_NAME_CHANGE, COMMON_TREE);
}

void
foot_makes_node(struct foot *f)
{
	int at = has_folder(f) ? 0 : -1;

	foot_name(f, at, at + 1, true);
}

/* ---- names that are in no folder that we see ---- */

/* A name of queues or semaphores: one folder for all of them.  */
static void
touch_plain(struct foot *f, enum object_kind kind, int path, bool changes)
{
	char name[PATH_MAX_LEN];
	const char *plain = name;

	if (!memory_string(f->k->tid, f->arg[path], name, sizeof(name))) {
		foot_unknown(f);
		return;
	}
	while (*plain == '/')
		plain++;
	foot_touch(f, changes ? ACT_NAME_CHANGE : ACT_NAME_LOOK,
		   number_of_name(f->t, 0, kind, plain));
}

void
foot_mq_opens(struct foot *f)
{
	foot_makes_fd(f);
	touch_plain(f, KIND_MQUEUE, 0, f->arg[1] & O_CREAT);
}

void
foot_mq_unlinks(struct foot *f)
{
	touch_plain(f, KIND_MQUEUE, 0, true);
}

void
foot_semaphore_name(struct foot *f, bool changes)
{
	touch_plain(f, KIND_SEMAPHORE, 0, changes);
}
