/*
 * Markdown (CommonMark and tables, read by md4c) as styled lines.
 *
 * HTML is left out; a picture is its text.  A soft line break between two
 * Chinese characters is nothing, elsewhere a space.
 */
#ifndef LESSON_MARKDOWN_H
#define LESSON_MARKDOWN_H

#include "lesson/styled.h"

struct look {
	int width;	/* cells */
	bool unicode;	/* bullets and frames that are not ASCII */
	bool plain;	/* styles will not be seen: headings are underlined,
			   code stands in backquotes, long code is not cut */
};

/* Append the lines of text, with blank lines between its blocks.  */
void markdown_lines(struct styled *out, const char *text, size_t len,
		    const struct look *look);

/* The same with something before the first line ("[x] ", "1. ") and as much
 * blank before the others.  */
void markdown_item(struct styled *out, enum text_style style,
		   const char *mark, const char *text,
		   const struct look *look);

/* table.c: lays a table out.  */
struct table {
	size_t n_cols;
	size_t n, room;		/* cells, row after row */
	struct run *cell;
	int *align;		/* of each column: -1 left, 0 centre, 1 right */
};

void table_lines(struct styled *out, const struct table *t,
		 const struct look *look, const struct run *prefix);
void table_release(struct table *t);

#endif
