/*
 * A command as one line of text, quoted as for a shell, and back.  Only
 * quoting is understood: nothing is expanded, and what a shell would do more
 * with (|, >, $, *) is refused when it is not quoted.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/buf.h"

/* Append argv, quoted where that is needed.  */
void words_join(struct buf *out, char *const *argv);

/* An array of strings, ended by NULL, freed by words_free().  NULL with *why
 * for a quote that does not end, for no word at all, and for what only a
 * shell could do.  */
char **words_split(const char *text, char **why);

char **words_copy(char *const *argv);
void words_free(char **argv);

#endif
