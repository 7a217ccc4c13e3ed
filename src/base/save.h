/*
 * Writing a file whole or not at all: beside its place under another name,
 * then by rename(2), so that a full disk or a killed program never leaves
 * half a file, nor takes away the old one.  A link is followed; a device or a
 * FIFO is written to as it is.
 */
#ifndef BASE_SAVE_H
#define BASE_SAVE_H

#include "base/base.h"

/* 0, or -1 with *why.  A new file gets mode 0666 less the umask; an old one
 * keeps its own.  */
int save_file(const char *path, const void *bytes, size_t n, char **why);

/* Could it be written there?  To be asked before long work.  Nothing is made.
 * 0, or -1 with *why.  */
int save_possible(const char *path, char **why);

/* Copy a file with its permissions; not whole or not at all.  0, or -1 with
 * *why.  */
int copy_file(const char *from, const char *to, char **why);

#endif
