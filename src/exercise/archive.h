/*
 * A submission as an archive, by libarchive: tar, zip, cpio, 7-Zip, plain or
 * compressed.  Each entry is hostile: only names that the exercise asks for
 * are looked at, only ordinary files, only so many bytes, and nothing is ever
 * written to a disk.
 */
#ifndef EXERCISE_ARCHIVE_H
#define EXERCISE_ARCHIVE_H

#include "exercise/submission.h"

struct archive;		/* libarchive's */

/* By its name: does it end as an archive does?  */
bool archive_is(const char *path);
/* How long the name is without such an ending.  */
size_t archive_stem(const char *name);
/* Begin to read one of these formats; NULL: it is none of them.  fd stays
 * open; the reader ends with archive_read_free().  */
struct archive *archive_reader(int fd);
/* Reads from fd, which stays open; beside: of submission_read_of().  */
enum submission_outcome submission_unpack(struct submission *s,
					  const struct exercise *e,
					  const char *const *beside, int fd,
					  char **why);

/* submission.c: does the exercise ask for a file of this name?  */
bool submission_wants(const struct exercise *e, const char *name);
/* One more file; the bytes become the submission's.  */
void submission_add(struct submission *s, const char *name, char *bytes,
		    size_t n);

#endif
