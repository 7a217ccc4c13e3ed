/*
 * A pack that a learner works with for weeks: an archive is unpacked once,
 * among the user's own files, under its digest, and stays there, so that what
 * was begun with it can be gone on with.
 */
#ifndef GRADE_KEPT_H
#define GRADE_KEPT_H

#include "base/base.h"

/* The folder of the exercises of a pack, which is a folder or an archive; the
 * caller's.  NULL with *why.  */
char *pack_kept(const char *path, char **why);

#endif
