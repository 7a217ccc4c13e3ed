/*
 * What calls that open, make, move and remove names touch: the name, which is
 * one object with the folder that holds it, the folder's list, and what the
 * name stands for.
 */
#include "config.h"

#include "tracer/footprint_inside.h"
#include "tracer/things.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static bool
has_folder(const struct foot *f)
{
	return f->call->arg[0].kind == ARG_DIRFD;
}

void
foot_name(struct foot *f, int at, int path)
{
	struct place p;

	foot_walk(f, at, path, true, &p);
	foot_place(f, &p, false);
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

/* Of the last name a link is followed, but where it must be new.  */
static bool
opens_link(uint64_t flags)
{
	return !(flags & O_NOFOLLOW) &&
	       (flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL);
}

void
foot_opens(struct foot *f)
{
	uint64_t flags = decode_open_flags(f->k);
	int at = has_folder(f) ? 0 : -1;
	struct place p;

	foot_makes_fd(f);
	foot_walk(f, at, at + 1, opens_link(flags), &p);
	foot_place(f, &p, !p.there && flags & O_CREAT);
	if (!p.reached || !p.there)
		return;
	foot_inode(f, &p.st, false);
	if (S_ISFIFO(p.st.st_mode) && f->k->thing >= 0)
		open_fifo(f, flags);
	else if (flags & O_TRUNC)
		foot_touch(f, ACT_FILE_RESIZE,
			   number_of_file(f->t, p.st.st_dev, p.st.st_ino));
}

void
foot_resizes_path(struct foot *f)
{
	struct place p;

	foot_walk(f, -1, 0, true, &p);
	foot_place(f, &p, false);
	if (p.reached && p.there)
		foot_touch(f, ACT_FILE_RESIZE,
			   number_of_file(f->t, p.st.st_dev, p.st.st_ino));
}

/* ---- changing names ---- */

/* It loses a name: fstat(2) tells how many are left.  */
static void
lose_name(struct foot *f, const struct place *p)
{
	foot_place(f, p, p->there);
	if (p->reached && p->there && S_ISREG(p->st.st_mode))
		foot_inode(f, &p->st, true);
}

/* A folder that is moved has another one above it.  */
void
foot_renames(struct foot *f)
{
	int at = has_folder(f) ? 0 : -1, step = at + 2;
	struct place from, to;

	foot_walk(f, at, at + 1, false, &from);
	foot_walk(f, at < 0 ? -1 : step, at < 0 ? 1 : step + 1, false, &to);
	foot_place(f, &from, from.there);
	foot_place(f, &to, from.there);
	if (from.there && S_ISDIR(from.st.st_mode))
		foot_touch(f, ACT_NAME_CHANGE,
			   number_of_name(f->t, from.st.st_dev,
					  from.st.st_ino, ".."));
	if (!from.there || !to.there)
		return;
	if (S_ISREG(to.st.st_mode))
		foot_inode(f, &to.st, true);
	else if (S_ISDIR(to.st.st_mode))
		foot_touch(f, ACT_NAME_LIST,
			   number_of_file(f->t, to.st.st_dev, to.st.st_ino));
}

void
foot_links(struct foot *f)
{
	int at = has_folder(f) ? 0 : -1;
	bool follows = at == 0 && f->arg[4] & AT_SYMLINK_FOLLOW;
	struct place from, to;

	foot_walk(f, at, at + 1, follows, &from);
	foot_walk(f, at < 0 ? -1 : 2, at < 0 ? 1 : 3, false, &to);
	foot_place(f, &from, false);
	foot_place(f, &to, from.there && !to.there);
	if (from.reached && from.there)
		foot_inode(f, &from.st, true);
}

void
foot_unlinks(struct foot *f)
{
	int at = has_folder(f) ? 0 : -1;
	struct place p;

	if (at == 0 && f->arg[2] & AT_REMOVEDIR) {
		foot_rmdirs(f);
		return;
	}
	foot_walk(f, at, at + 1, false, &p);
	lose_name(f, &p);
}

void
foot_makes_node(struct foot *f)
{
	foot_makes_name(f);
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
