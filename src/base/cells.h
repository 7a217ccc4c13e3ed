/*
 * Text measured in terminal cells, not bytes: UTF-8, wide characters, and
 * combining ones.  Bytes that are not UTF-8 count as one cell each, and a
 * control character as two, because it is shown as ^X.
 */
#ifndef BASE_CELLS_H
#define BASE_CELLS_H

#include "base/buf.h"

/* The next character of s with its combining ones: bytes used (0 at the end)
 * and its width in cells.  width may be NULL.  */
size_t cells_next(const char *s, int *width);
/* The character itself, without combining ones: bytes used, 0 at the end;
 * *code is -1 for a byte that is not UTF-8.  */
size_t cells_decode(const char *s, int32_t *code);
/* The UTF-8 of a character, ended by a NUL.  */
void utf8_write(int code, char out[8]);
int cells_of(const char *s);
/* Bytes of the longest start of s that fits into cells.  */
size_t cells_clip(const char *s, int cells);
/* The text in at most so many cells (8 or more): what is too long for them lacks
 * its middle, " ... " stands there.  The caller's.  */
char *cells_middle(const char *s, int cells);

/* Of the character that s begins with: two cells wide?  Chinese punctuation,
 * which has its room within?  */
bool cells_is_wide(const char *s);
bool cells_is_mark(const char *s);
/* The last character of a text, "" of an empty one; borrowed.  */
const char *cells_last(const char *s);
/* Does a line break between these two characters stand for a blank?  */
bool cells_stand_apart(const char *last, const char *next);

/* Break text into lines of at most cells, at spaces and between Chinese
 * characters (not before closing punctuation).  Calls line() for each.  */
void cells_wrap(const char *text, int cells,
		void (*line)(void *arg, const char *start, size_t len),
		void *arg);

#endif
