/* JSON documents of clean text.  */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "base/buf.h"

#include <jansson.h>

/* Set a member; a text of NULL is null.  */
void document_text(json_t *object, const char *key, const char *text);
void document_number(json_t *object, const char *key, int64_t number);
/* The document and a line end; value is given up.  */
void document_write(struct buf *out, json_t *value, size_t flags);

#endif
