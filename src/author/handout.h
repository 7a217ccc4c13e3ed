/*
 * What students get of an exercise, or of a folder of exercises: files without
 * anything secret (secret.h), and an archive of them.
 *
 * The archive is a function of the files: sorted, no times, no users.
 */
#ifndef AUTHOR_HANDOUT_H
#define AUTHOR_HANDOUT_H

#include "base/problem.h"
#include "exercise/exercise.h"

struct handout_file {
	char *path;		/* "pingpong/start/pingpong.c" */
	char *bytes;		/* and a NUL */
	size_t n;
};

struct handout {
	struct handout_file *at;	/* sorted by path */
	size_t n, room;
};

#define HANDOUT_INIT { NULL, 0, 0 }

/* Of the folder: an exercise, or a pack as its pack.yaml lists it.  What is
 * wrong is added to p.  */
void handout_make(struct handout *h, const char *folder, struct problems *p);
void handout_release(struct handout *h);
/* The bytes become the handout's.  */
void handout_add(struct handout *h, char *path, char *bytes, size_t n);

/* handout_archive.c: an archive of the kind that the file's ending says, in
 * memory, and back.  0, or -1 with *why.  */
int handout_pack(const struct handout *h, const char *file, struct buf *out,
		 char **why);
int handout_unpack(struct handout *h, const void *bytes, size_t n,
		   char **why);

/* handout_check.c: is a secret of the exercise in it?  Each one is a problem.
 * What is in the handout is believed to be what students get, and nothing is
 * believed of how it was made.  */
void handout_check(const struct handout *h, const char *folder,
		   struct problems *p);

#endif
