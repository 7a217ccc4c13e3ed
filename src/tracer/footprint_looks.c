/* What looking at files and folders touches, and changing what is seen there. */
#include "config.h"

#include "tracer/footprint_inside.h"
#include "tracer/things.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Which argument is the path; and that before it, its folder, -1: none.  */
static int
path_index(const struct foot *f, int *at)
{
	int i = 0;

	while (i < 5 && f->call->arg[i].kind != ARG_PATH)
		i++;
	*at = i > 0 && f->call->arg[i - 1].kind == ARG_DIRFD ? i - 1 : -1;
	return i;
}

/* "lstat" and the like stop at a link, and so do flags.  */
static bool
follows_links(const struct foot *f)
{
	if (f->call->name[0] == 'l' ||
	    strncmp(f->call->name, "readlink", 8) == 0)
		return false;
	for (int i = 0; i < 6; i++)
		if (f->call->arg[i].kind == ARG_AT_FLAGS)
			return !(f->arg[i] & AT_SYMLINK_NOFOLLOW);
	return true;
}

static void
walk(struct foot *f, bool follows, struct place *p)
{
	int at, path = path_index(f, &at);

	foot_walk(f, at, path, follows, p);
}

/* Of a descriptor.  */
static bool
stat_fd(struct foot *f, struct stat *st)
{
	char proc[64];

	snprintf(proc, sizeof(proc), "/proc/%d/fd/%d", f->k->tid,
		 (int)f->arg[0]);
	return !thing_is_system(f->t, f->k->thing) && stat(proc, st) == 0;
}

/* What stat(2) tells beside the mode: of a file its size, of a folder what is
 * in it (its links, and its times).  */
static void
look_inside(struct foot *f, const struct stat *st)
{
	if (S_ISREG(st->st_mode))
		foot_touch(f, ACT_FILE_LOOK,
			   number_of_file(f->t, st->st_dev, st->st_ino));
	else if (S_ISDIR(st->st_mode))
		foot_touch(f, ACT_NAME_LIST,
			   number_of_file(f->t, st->st_dev, st->st_ino));
}

void
foot_looks(struct foot *f)
{
	bool by_name = decode_is_by_name(f->k), there;
	struct place p = { .there = false };

	if (by_name) {
		walk(f, follows_links(f), &p);
		foot_place(f, &p, false);
		there = p.reached && p.there;
	} else {
		there = f->k->thing >= 0 && stat_fd(f, &p.st);
	}
	if (!there)
		return;
	foot_inode(f, &p.st, false);
	if (strstr(f->call->name, "stat"))
		look_inside(f, &p.st);
}

/* mkdir(2), symlink(2): where the name is taken they only look.  */
void
foot_makes_name(struct foot *f)
{
	struct place p;

	walk(f, false, &p);
	foot_place(f, &p, !p.there);
}

/* Only an empty folder is removed.  */
void
foot_rmdirs(struct foot *f)
{
	struct place p;

	walk(f, false, &p);
	foot_place(f, &p, p.there);
	if (p.reached && p.there)
		foot_touch(f, ACT_NAME_LIST,
			   number_of_file(f->t, p.st.st_dev, p.st.st_ino));
}

/* Who may enter a folder decides on all paths that lead through it.  */
void
foot_changes(struct foot *f)
{
	struct place p = { .there = false };
	bool there;

	if (decode_is_by_name(f->k)) {
		walk(f, follows_links(f), &p);
		foot_place(f, &p, false);
		there = p.reached && p.there;
	} else {
		there = f->k->thing >= 0 && stat_fd(f, &p.st);
	}
	if (!there)
		return;
	foot_inode(f, &p.st, true);
	if (S_ISDIR(p.st.st_mode))
		foot_common(f, ACT_NAME_CHANGE, COMMON_TREE);
}

/* Threads have one folder in which they stand, and one mask (umask(2)).  */
void
foot_enters(struct foot *f)
{
	struct place p;

	if (f->call->arg[0].kind == ARG_PATH) {
		walk(f, true, &p);
		foot_place(f, &p, false);
	}
	if (foot_is_threaded(f->k))
		foot_own(f, ACT_INODE_CHANGE, SPACE_STANDING, f->k);
}

/* Each call goes on where the last one stopped.  */
void
foot_lists(struct foot *f)
{
	struct descriptor *d = thing_of_fd(f->t, f->k, (int)f->arg[0]);
	struct stat st;

	if (!d || !stat_fd(f, &st))
		return;
	foot_touch(f, ACT_NAME_LIST,
		   number_of_file(f->t, st.st_dev, st.st_ino));
	foot_touch(f, ACT_OFFSET_USE,
		   number_of_description(f->t, d->description));
}
