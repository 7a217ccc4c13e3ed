/*
 * Descriptor tables, as the kernel keeps them: a process (or several that
 * share with CLONE_FILES) has a table; each entry points to an open file
 * description; several entries, in several tables, may share one.
 *
 * Both the tracer (to name what a call works on) and the world (to know who
 * holds which end) keep these, from the same facts.
 */
#ifndef EVENT_DESCRIPTORS_H
#define EVENT_DESCRIPTORS_H

#include "event/event.h"

struct descriptor {
	bool open;
	bool cloexec;
	bool nonblock;
	bool append;
	uint8_t mode;		/* MODE_READ | MODE_WRITE */
	int description;
	int object;		/* the owner's number of the object, -1 */
	uint32_t opening;	/* tracer, in a search: kept.c; 0 */
	bool handed;		/* ... it came through an exec, and was not
				   used since */
};

struct descriptors {
	int refs;		/* processes that share this table */
	size_t room;		/* entries allocated; fd >= room is closed */
	struct descriptor *fd;
};

struct descriptors *descriptors_new(void);	/* refs = 1 */
struct descriptors *descriptors_share(struct descriptors *t);
struct descriptors *descriptors_copy(const struct descriptors *t); /* fork */
void descriptors_put(struct descriptors *t);	/* drops one reference */

/* NULL when fd is not open (or not known to be).  Borrowed until the next
 * change of the table.  */
struct descriptor *descriptors_get(const struct descriptors *t, int fd);
void descriptors_set(struct descriptors *t, int fd, struct descriptor d);
void descriptors_close(struct descriptors *t, int first, int last);
void descriptors_exec(struct descriptors *t);	/* close-on-exec closes */

#endif
