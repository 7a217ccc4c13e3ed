/* The table of objects: what the files of things share, and nobody else.  */
#ifndef TRACER_THINGS_H
#define TRACER_THINGS_H

#include "tracer/trace.h"

enum { BUCKETS = 1024 };

struct thing {
	enum object_kind kind;
	dev_t dev;
	ino_t ino;
	int next;		/* in the bucket, -1 */
	bool locked;		/* somebody locked it once */
	bool removed;		/* its name is gone: inode may be reused */
	bool system;
	pid_t pid;		/* of what stands in memory: where it was */
	uint64_t at;		/* last seen; 0: it does not */
	char name[NAME_MAX_LEN];
	char path[PATH_MAX_LEN];
	struct sight look;
};

/* A descriptor on its way through a socket (SCM_RIGHTS, unix(7)).  */
struct sent {
	int thing, description;
};

struct things {
	int n;
	size_t room;
	struct thing *thing;
	int n_sent;
	size_t room_sent;
	struct sent *sent;
	int bucket[BUCKETS];
	int of_kind[2][KIND_MAX];	/* named so far, [1]: the system's */
};

struct thing *thing_row(struct tracing *t, int id);	/* NULL: no such */
/* By what the kernel knows it by; -1: not known yet.  */
int thing_find(struct things *ts, dev_t dev, ino_t ino);
/* Make a row; link: as in /proc/PID/fd.  */
int thing_add(struct tracing *t, enum object_kind kind, dev_t dev, ino_t ino,
	      const char *link);
void thing_tell(struct tracing *t, struct task *k, int id);	/* first sight */
/* What it is, by what its link says; KIND_NONE: the link does not say.  */
enum object_kind thing_kind_of_name(const char *link);
/* ... by link, mode and file system (proc: the link itself).  */
enum object_kind thing_kind_of_file(const struct stat *st, const char *proc,
				    const char *link);

#endif
