/*
 * The table of an event's fields, for the files that write, read and compare
 * lines; nobody else needs it.
 */
#ifndef EVENT_FIELDS_H
#define EVENT_FIELDS_H

#include "event/event.h"

/*
 * Every field of the line, once: name, kind, place, and whether two runs of
 * one schedule must agree on it.  The writer's order is the table's.
 */
enum field_kind {
	F_INT,		/* int, -1 or absent_value: not written */
	F_INT64,
	F_VALUE,	/* int64_t, NO_VALUE: not written */
	F_TEXT,		/* char array, "": not written */
	F_BOOL,
	F_JSON,		/* args: an object, kept as its text */
	F_WHAT, F_KIND, F_MODE, F_ERROR, F_SIGNAL,
	F_RESULT, F_DATA, F_OPENS, F_CLOSES, F_STATE,
};

struct field {
	const char *name;
	const char *key;	/* as it is written: "name": */
	size_t key_len;
	enum field_kind kind;
	size_t at;
	size_t room;
	int64_t absent;
	bool compared;
};

enum { FIELDS = 37, MODES = 4 };

extern const struct field event_fields[FIELDS];

/* By number; NULL: no such.  */
extern const char *const event_what_names[WHAT_MAX];
extern const char *const event_kind_names[KIND_MAX];
extern const char *const event_mode_names[MODES];	/* MODE_READ: "read" */

/* state.c: the value of object_state.  */
struct json;
void state_write(struct buf *out, const struct object_state *s);
bool state_read(struct json *j, struct object_state *s);
bool state_equal(const struct object_state *a, const struct object_state *b);

#endif
