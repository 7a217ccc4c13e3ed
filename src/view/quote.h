/* Bytes as people read them.  */
#ifndef VIEW_QUOTE_H
#define VIEW_QUOTE_H

#include "base/buf.h"

/* Append n bytes in quotation marks: UTF-8 as it is, a newline as \n, other
 * control characters and stray bytes as \xNN.  more: "..." after it.  */
void quote_bytes(struct buf *out, const char *bytes, size_t n, bool more);

/* A number of bytes in words: "1 byte", "65536 bytes".  Translated.  */
void quote_count(struct buf *out, int64_t bytes);

#endif
