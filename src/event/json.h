/*
 * Just enough JSON for the lines of events: a cursor over one line that is
 * read once, front to back, without allocating.  (Documents go through
 * jansson; a million lines would take it ten times as long.)
 *
 * The json_read_ functions return false after the first error; json_why()
 * then tells what and where.
 */
#ifndef EVENT_JSON_H
#define EVENT_JSON_H

#include "base/buf.h"

struct json {
	const char *start, *p, *end;
	const char *wrong;	/* what is wrong, NULL: nothing */
	int depth;
};

/* Writing.  */
void json_key(struct buf *out, const char *name);	/* "name": */
/* UTF-8 kept; a byte that is not part of it becomes '?'.  */
void json_text(struct buf *out, const char *s);
void json_bytes(struct buf *out, const char *s, int n);	/* \u00XX a byte */

/* Reading.  */
void json_init(struct json *j, const char *text, size_t len);
/* The next key of the object that the cursor stands at or in.  False at its
 * end, or on an error (json_failed).  first: the '{' is still to be read.  A
 * key too long for room is cut.  */
bool json_next_key(struct json *j, bool first, char *key, size_t room);
bool json_next_item(struct json *j, bool first);	/* of an array */
bool json_read_text(struct json *j, char *out, size_t room);
/* A string of bytes as json_bytes() writes it.  */
bool json_read_bytes(struct json *j, char *out, int room, int *len);
bool json_read_int(struct json *j, int64_t *out);
bool json_read_bool(struct json *j, bool *out);
/* Any value, as its text; no newline can be in it.  */
bool json_read_raw(struct json *j, char *out, size_t room);
bool json_skip(struct json *j);
bool json_peek_text(struct json *j);	/* is the next value a string? */
bool json_peek_object(struct json *j);	/* an object? */
bool json_at_end(struct json *j);
bool json_wrong(struct json *j, const char *what);	/* returns false */
bool json_failed(const struct json *j);
int json_why(const struct json *j, char **why);		/* returns -1 */

#endif
