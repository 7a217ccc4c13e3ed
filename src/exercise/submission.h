/*
 * What was handed in: files of the names that the exercise asks for, in
 * memory, copied once and never looked at again.
 *
 * Whoever handed it in chose the names, the kinds of the files and the bytes
 * of the archive; nothing of it is trusted.  Of a folder, files are opened by
 * openat2(2) beneath it without following any link, must be regular, and are
 * read up to a bound; of an archive (libarchive: tar, zip, compressed or
 * not), no entry is ever written to a disk.
 */
#ifndef EXERCISE_SUBMISSION_H
#define EXERCISE_SUBMISSION_H

#include "exercise/exercise.h"

enum {
	SUBMISSION_FILE_MAX = 1 << 20,		/* bytes of one file */
	SUBMISSION_ARCHIVE_MAX = 16 << 20,	/* bytes of an archive, packed */
	SUBMISSION_ENTRIES_MAX = 1000,		/* looked at in a folder */
};

struct submission_file {
	char *name;
	char *bytes;
	size_t n;
	char *digest;		/* "sha256:..." */
};

struct submission {
	char *id;		/* the folder's or archive's name without its
				   ending, made presentable */
	struct submission_file *file;
	size_t n_files;
	char *digest;		/* of names and contents, in order of names */
};

enum submission_outcome {
	SUBMISSION_TAKEN,
	SUBMISSION_REFUSED,	/* its own fault: `reject`, and *why */
	SUBMISSION_FAILED,	/* ours: `internal`, and *why */
};

/* path: a folder, an archive, or (where the exercise asks for one file) that
 * file.  Of a folder that has none of the files but a folder of the exercise's
 * name: those in there.  s is to be released in any case.  */
enum submission_outcome submission_read(struct submission *s,
					const struct exercise *e,
					const char *path, char **why);
/* The same of one of several exercises that are handed in together: its files
 * lie in a folder of its name; where there is none, where they would lie alone.
 * beside: the names of all of them, NULL last; NULL: it is alone.  */
enum submission_outcome submission_read_of(struct submission *s,
					   const struct exercise *e,
					   const char *const *beside,
					   const char *path, char **why);
/* The same, where nothing at all need be there: then it has no files.  Of more
 * than one file some may lack, too.  */
enum submission_outcome submission_look(struct submission *s,
					const struct exercise *e,
					const char *const *beside,
					const char *path, char **why);
/* Is it neither a folder nor an archive, but the one file itself?  */
bool submission_is_file(const char *path);
void submission_release(struct submission *s);
/* The id that a submission of this path has; the caller's.  */
char *submission_id(const char *path);
/* NULL: it was not handed in.  */
const struct submission_file *submission_file(const struct submission *s,
					      const char *name);

#endif
