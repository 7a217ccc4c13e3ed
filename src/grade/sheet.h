/*
 * A table that a course system exported: comma-separated values (RFC 4180),
 * UTF-8, the first line naming the columns.  A byte order mark and lines with
 * nothing in them are passed over, CR LF and LF end a line.
 *
 * What comes in is not trusted: bytes that are no text, quotes that do not
 * end and lines with too few or too many cells are problems, each with its
 * line.
 */
#ifndef GRADE_SHEET_H
#define GRADE_SHEET_H

#include "base/problem.h"
#include "report/cell.h"

enum { SHEET_BYTES_MAX = 4 << 20, SHEET_ROWS_MAX = 50000 };

struct sheet {
	struct cell_table table;
	struct cell_line **row;	/* without the first line and empty ones */
	int *line;		/* of each row, from 1 */
	size_t n;
};

/* From n bytes, ended by a NUL, that came from file (a name for people).  0,
 * or -1 when problems were added to p.  To be released in either case.  */
int sheet_read(struct sheet *s, const char *file, const char *text, size_t n,
	       struct problems *p);
void sheet_release(struct sheet *s);

/* The column of this name, whatever the case; -1: there is none.  */
int sheet_column(const struct sheet *s, const char *name);
/* Borrowed; "" where column is -1.  */
const char *sheet_cell(const struct sheet *s, size_t row, int column);

/* Can it be the id of a student or a team: 1 to 100 bytes of text without '/',
 * not "." or "..", and no blank at its ends?  */
bool sheet_id_is_sound(const char *id);

#endif
