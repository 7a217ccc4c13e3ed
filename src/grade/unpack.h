/* An archive as files beneath a folder.  */
#ifndef GRADE_UNPACK_H
#define GRADE_UNPACK_H

#include "base/base.h"

/* Folders and ordinary files only; an entry whose path leads out of the
 * folder, or a link, is refused, and so is too much.  0, or -1 with *why; what
 * was unpacked until then stays.  */
int unpack(const char *archive, const char *folder, char **why);

#endif
