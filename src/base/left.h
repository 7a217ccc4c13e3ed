/*
 * What a run made, and may leave behind: objects that outlive processes and
 * that no folder of ours holds.  They are noted in a list, a file in one of
 * our temporary folders, as soon as they are made; whoever ends the run, or
 * finds the folder of one that was killed, clears the list.
 *
 * Nothing else is ever removed: an object is noted with what tells it from
 * another of the same name or number, and only that one is removed.
 */
#ifndef BASE_LEFT_H
#define BASE_LEFT_H

#include "base/base.h"

#include <sys/types.h>

struct buf;

enum left_kind {
	LEFT_QUEUE,		/* System V */
	LEFT_SEMAPHORES,
	LEFT_MEMORY,
	LEFT_POSIX_QUEUE,
	LEFT_FILE,
};

/* The name of the list in a temporary folder.  */
extern const char left_name[];

/* Begin or go on with a list; its descriptor, locked while it is open, or
 * -1.  */
int left_open(const char *path);
/* Note what was just made.  */
void left_note_id(int list, enum left_kind kind, int id);
void left_note_queue(int list, const char *name);
void left_note_file(int list, const char *path);

/* Was it there before?  The key of a System V object; a queue's name.  */
bool left_has_key(enum left_kind kind, int key);
bool left_has_queue(const char *name);

/* Remove all that is noted and still there, and empty the list.  One that is
 * in use is waited for, but not long.  How many there were; each is added to
 * names as it was noted, a line; names may be NULL.  */
int left_clear(const char *path, struct buf *names);

/* A process that does this when we have been killed before we could, and
 * removes the folder that the list is in.  -1: none; the next one that starts
 * will (path_sweep()).  */
pid_t left_watch(const char *folder);
void left_unwatch(pid_t watcher);

#endif
