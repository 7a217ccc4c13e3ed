/*
 * Comma-separated values (RFC 4180), that no spreadsheet takes for a formula.
 */
#ifndef REPORT_CELL_H
#define REPORT_CELL_H

#include "base/buf.h"

/* Add a cell, after a comma unless it is the first of its line.  A text that
 * a spreadsheet would compute gets a ' before it.  */
void cell_text(struct buf *out, const char *text);
void cell_number(struct buf *out, int64_t number);
void cells_end(struct buf *out);	/* of a line: CR LF */

/* A cell of a table that was read: its text, and the bytes that it was.  */
struct cell {
	char *text;
	const char *raw;
	size_t n;
};

struct cell_line {
	struct cell *cell;
	size_t n;
};

struct cell_table {
	struct cell_line *line;
	size_t n;
};

/* Read text, which stays borrowed.  Any text is a table.  */
void cell_table_read(struct cell_table *t, const char *text);
void cell_table_release(struct cell_table *t);

#endif
