/*
 * Two files of this machine for which ftok gives the same key, found by
 * looking.  ftok takes 16 bits of a file's number (inode), 8 of its device's
 * and 8 of yours: there are more files than that.
 */
#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/stat.h>

static struct seen {
	ino_t inode;		/* 0: none yet */
	dev_t device;
	char path[256];
} seen[1 << 16];

static int
look(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	struct seen *s = &seen[st->st_ino & 0xffff];

	(void)ftw;
	if (kind != FTW_F || strlen(path) >= sizeof(s->path))
		return 0;
	if (!s->inode) {
		s->inode = st->st_ino;
		s->device = st->st_dev;
		strcpy(s->path, path);
		return 0;
	}
	if ((s->inode == st->st_ino && s->device == st->st_dev) ||
	    ftok(s->path, 'Q') != ftok(path, 'Q'))
		return 0;
	printf("%s: inode %lu, key 0x%08x\n", s->path,
	       (unsigned long)s->inode, (unsigned)ftok(s->path, 'Q'));
	printf("%s: inode %lu, key 0x%08x\n", path,
	       (unsigned long)st->st_ino, (unsigned)ftok(path, 'Q'));
	printf("two files, one key\n");
	return 1;
}

int
main(int argc, char *argv[])
{
	if (nftw(argc > 1 ? argv[1] : "/usr", look, 16, FTW_PHYS) == 0)
		printf("none found here\n");
	return 0;
}
