/*
 * A growing string of bytes.  data is always terminated by a NUL that len
 * does not count, so it can be printed; it may hold NULs of its own.
 * An all-zero struct buf is empty and ready (BUF_INIT).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/base.h"

struct buf {
	char *data;	/* NULL until the first byte; see buf_str() */
	size_t len;
	size_t room;
};

#define BUF_INIT { NULL, 0, 0 }

void buf_release(struct buf *b);
void buf_clear(struct buf *b);		/* len = 0, keeps the memory */
void buf_need(struct buf *b, size_t more);
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_adds(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_vaddf(struct buf *b, const char *fmt, va_list ap)
	PRINTF_LIKE(2, 0);
/* Decimal, without the cost of printf: for the event writer.  */
void buf_add_int(struct buf *b, int64_t value);
/* Add bytes as text of one line: \n for a line end, \x1b for an escape.  */
void buf_add_line(struct buf *b, const char *s, size_t n);
/* Add a part to the list of parts that begins at byte from: "; " (in
 * the reader's language) between them, and none twice.  */
void buf_add_part(struct buf *b, size_t from, const char *part);
/* Remove the first n bytes.  */
void buf_drop(struct buf *b, size_t n);
/* The text, "" when empty; borrowed.  */
const char *buf_str(const struct buf *b);
/* The text, now the caller's to free; b is empty afterwards.  */
char *buf_take(struct buf *b);
/* The whole of a file, at most max bytes.  0, or -1 with *why.  */
int buf_read_file(struct buf *b, const char *path, size_t max, char **why);

#endif
