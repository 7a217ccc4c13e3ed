/*
 * Numbers for objects of operations (schedule/operation.h): objects of the
 * table (things.h), files by device and inode, names by their folder, what a
 * process has of its own.  Numbers are given in the order in which they are
 * asked for, so runs that went alike number alike: whether events are told,
 * or what was seen of the loader, makes no difference.
 */
#ifndef TRACER_NUMBERS_H
#define TRACER_NUMBERS_H

#include "tracer/trace.h"

enum space {
	/* n: of a process, task.number of its first thread */
	SPACE_SIGNALS,
	SPACE_PROCESS,
	SPACE_MEMORY,		/* private */
	SPACE_TABLE,		/* of descriptors */
	SPACE_STANDING,		/* its folder and mask */
	/* of a kind each: n: 0, or what is wanted */
	SPACE_COMMON,
	/* interned */
	SPACE_INTERNED,
};

/* SPACE_COMMON: there is one of each.  */
enum common {
	COMMON_OUTPUT,		/* what the subject prints */
	COMMON_TIME,
	COMMON_TREE,		/* folders and links, as a whole */
	COMMON_ADDRESSES,	/* of sockets */
	COMMON_QUEUE_KEYS, COMMON_SET_KEYS, COMMON_SEGMENT_KEYS,
};

uint32_t number_of(enum space space, uint32_t n);
/* The file of that inode.  */
uint32_t number_of_file(struct tracing *t, dev_t dev, ino_t ino);
/* The name in the folder of that inode.  */
uint32_t number_of_name(struct tracing *t, dev_t dev, ino_t ino,
			const char *name);
/* What a thing holds: files by their inode, so that those that are named and
 * those that are open are the same.  */
uint32_t number_of_thing(struct tracing *t, int id);
/* An open file description.  */
uint32_t number_of_description(struct tracing *t, int description);
/* What stands in the memory of a process, and is nothing else.  */
uint32_t number_of_place(struct tracing *t, const struct task *k, uint64_t at);
void numbers_free(struct tracing *t);

#endif
