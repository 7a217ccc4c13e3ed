/*
 * What a path leads to, name by name as the kernel goes (path_resolution(7)):
 * each name on the way is looked up in the folder that holds it, and links are
 * followed, so that the same file is the same object whatever it is called.
 */
#include "config.h"

#include "tracer/footprint_inside.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINKS_MAX = 40 };	/* path_resolution(7) */

struct walk {
	struct foot *f;
	int folder;		/* where it stands, O_PATH */
	char rest[2 * PATH_MAX];	/* what is left of the path */
	int links;
};

/* Returns false where there is no such folder.  */
static bool
enter(struct walk *w, int at, const char *name)
{
	int next = openat(at, name, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (w->folder >= 0)
		close(w->folder);
	w->folder = next;
	return next >= 0;
}

/* The first name of what is left; it is taken away.  */
static bool
take_name(struct walk *w, char *name, size_t room)
{
	char *from = w->rest + strspn(w->rest, "/");
	size_t n = strcspn(from, "/");

	if (n == 0 || n >= room)
		return false;
	memcpy(name, from, n);
	name[n] = '\0';
	memmove(w->rest, from + n, strlen(from + n) + 1);
	return true;
}

/* The link takes the place of its name; its target may begin anew.  */
static bool
follow(struct walk *w, const char *name)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(w->folder, name, target, sizeof(target) - 1);
	size_t left = strlen(w->rest);

	if (n <= 0 || ++w->links > LINKS_MAX ||
	    (size_t)n + 1 + left >= sizeof(w->rest))
		return false;
	target[n] = '\0';
	memmove(w->rest + n + 1, w->rest, left + 1);
	memcpy(w->rest, target, (size_t)n);
	w->rest[n] = '/';
	/* The slash would say that a folder is meant.  */
	if (left == 0)
		w->rest[n] = '\0';
	return target[0] != '/' || enter(w, AT_FDCWD, "/");
}

static bool
fill(struct walk *w, struct place *p, const char *name)
{
	struct stat folder;

	if (fstat(w->folder, &folder) < 0)
		return false;
	p->dev = folder.st_dev;
	p->ino = folder.st_ino;
	p->there = fstatat(w->folder, name, &p->st, AT_SYMLINK_NOFOLLOW) == 0;
	p->number = number_of_name(w->f->t, p->dev, p->ino, name);
	return true;
}

/* True: it has arrived, or cannot go on; false: the next name.  */
static bool
go(struct walk *w, struct place *p, bool follows)
{
	char name[NAME_MAX + 1];
	bool last;

	if (!take_name(w, name, sizeof(name)))
		return true;
	if (strcmp(name, ".") == 0)
		return false;
	last = w->rest[strspn(w->rest, "/")] == '\0';
	if (!fill(w, p, name))
		return true;
	if (last && !(p->there && S_ISLNK(p->st.st_mode) &&
		      (follows || w->rest[0]))) {
		p->reached = true;
		return true;
	}
	foot_touch(w->f, ACT_NAME_LOOK, p->number);
	if (!p->there)
		return true;
	if (!S_ISLNK(p->st.st_mode))
		return !enter(w, w->folder, name);
	if (follow(w, name))
		return false;
	foot_unknown(w->f);
	return true;
}

/* Another thread may change the folder that it stands in, and the mask.  */
static void
stands(struct foot *f)
{
	if (foot_is_threaded(f->k))
		foot_own(f, ACT_INODE_LOOK, SPACE_STANDING, f->k);
}

/* Where relative paths begin.  */
static bool
begin(struct walk *w, int at)
{
	char proc[64];

	if (w->rest[0] == '/')
		return enter(w, AT_FDCWD, "/");
	if (at == AT_FDCWD)
		snprintf(proc, sizeof(proc), "/proc/%d/cwd", w->f->k->tid);
	else
		snprintf(proc, sizeof(proc), "/proc/%d/fd/%d", w->f->k->tid,
			 at);
	if (at == AT_FDCWD)
		stands(w->f);
	return enter(w, AT_FDCWD, proc);
}

void
foot_walk_text(struct foot *f, int at, const char *text, bool follows,
	       struct place *p)
{
	struct walk w = { .f = f, .folder = -1 };

	*p = (struct place){ .reached = false };
	/* The system's files do not change.  */
	if (path_is_system(text))
		return;
	foot_common(f, ACT_NAME_LOOK, COMMON_TREE);
	copy_str(w.rest, sizeof(w.rest), text);
	if (begin(&w, at))
		while (!go(&w, p, follows))
			;
	if (w.folder >= 0)
		close(w.folder);
}

void
foot_walk(struct foot *f, int at, int path, bool follows, struct place *p)
{
	char text[PATH_MAX];

	if (memory_string(f->k->tid, f->arg[path], text, sizeof(text))) {
		foot_walk_text(f, at < 0 ? AT_FDCWD : (int)f->arg[at], text,
			       follows, p);
		return;
	}
	*p = (struct place){ .reached = false };
	foot_unknown(f);
}

void
foot_place(struct foot *f, const struct place *p, bool changes)
{
	if (!p->reached)
		return;
	foot_touch(f, changes ? ACT_NAME_CHANGE : ACT_NAME_LOOK, p->number);
	if (!changes)
		return;
	foot_touch(f, ACT_FOLDER_CHANGE,
		   number_of_file(f->t, p->dev, p->ino));
	stands(f);
}

/* No name is empty: what stands there is the file itself.  */
void
foot_inode(struct foot *f, const struct stat *st, bool changes)
{
	foot_touch(f, changes ? ACT_INODE_CHANGE : ACT_INODE_LOOK,
		   number_of_name(f->t, st->st_dev, st->st_ino, ""));
}
