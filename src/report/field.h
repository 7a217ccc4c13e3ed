/*
 * The fields of a result, as a table: it writes them, reads them and gives
 * them back, and docs/result-format.md is checked against it.
 */
#ifndef REPORT_FIELD_H
#define REPORT_FIELD_H

#include "report/result.h"

enum field_kind {
	FIELD_TEXT,	/* char *; null is NULL */
	FIELD_LINES,	/* char *: a list of texts, one a line */
	FIELD_JSON,	/* char *: an object as it is; null is NULL */
	FIELD_NUMBER,	/* int64_t */
	FIELD_SEED,	/* uint64_t, as a text: JSON's numbers are too short */
	FIELD_FLAG,	/* bool */
	FIELD_GRADE,	/* enum grade */
	FIELD_OBJECT,	/* fields of the same structure */
	FIELD_LIST,	/* an array of structures, and its count */
};

struct field {
	const char *key;	/* NULL: the end */
	enum field_kind kind;
	size_t at, count, size;
	const struct field *fields;
	bool time;		/* differs between two runs */
	bool optional;		/* may be missing or null, where it is a text */
};

extern const struct field result_fields[];

#endif
