/*
 * Notices that files of a folder have changed: somebody saved in an editor.
 *
 * The kernel tells (inotify(7)) where it can; of a network's or FUSE's files
 * others may change without its knowing, and the number of watches of a user
 * is limited: there a timer wakes, and the files are looked at.  Either way
 * what counts is whether size, time or identity of a file is another than
 * before, so that an editor that writes a backup, or saves through rename(2),
 * makes one change of it.
 */
#ifndef BASE_WATCH_H
#define BASE_WATCH_H

#include "base/base.h"

struct watch;

/* Names (n of them, copied) are files of the folder; one that does not exist
 * may come later.  Never fails.  */
struct watch *watch_new(const char *folder, const char *const *names,
			size_t n);
void watch_free(struct watch *w);

/* Readable when watch_changed() should be asked.  */
int watch_fd(const struct watch *w);
/* Have the files changed since this was last asked?  Does not block.  */
bool watch_changed(struct watch *w);
/* Does a timer wake, and not the kernel?  */
bool watch_polls(const struct watch *w);

#endif
