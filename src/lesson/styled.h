/*
 * Styled text: lines with a style for each byte, wrapped to a width counted
 * in cells.  Lessons are shown from it on the canvas and as plain text.
 */
#ifndef LESSON_STYLED_H
#define LESSON_STYLED_H

#include "base/buf.h"

enum text_style {
	STYLE_TEXT,
	STYLE_TITLE,	/* headings */
	STYLE_STRONG,
	STYLE_EMPHASIS,
	STYLE_CODE,
	STYLE_DIM,	/* rules, frames of tables, addresses */
	STYLE_GOOD,
	STYLE_BAD,
	STYLE_KEY,
	STYLE_MAX
};

/* A text that is still to be wrapped.  style has a byte (enum text_style)
 * for each byte of text.  */
struct run {
	struct buf text, style;
};

#define RUN_INIT { BUF_INIT, BUF_INIT }

void run_add(struct run *r, enum text_style style, const char *s, size_t n);
void run_adds(struct run *r, enum text_style style, const char *s);
void run_clear(struct run *r);
void run_release(struct run *r);

struct styled_line {
	char *text;
	uint8_t *style;		/* one for each byte of text */
};

struct styled {
	size_t n, room;
	struct styled_line *line;
};

#define STYLED_INIT { 0, 0, NULL }

void styled_release(struct styled *s);
/* One line, as it is.  len bytes of text and of style.  */
void styled_line(struct styled *s, const char *text, const char *style,
		 size_t len);
void styled_plain_line(struct styled *s, enum text_style style,
		       const char *text);
/* Wrap the run to width cells.  The first line begins with first, the others
 * with rest: as many cells, taken from the width.  Either may be empty.  */
void styled_wrap(struct styled *s, const struct run *r, int width,
		 const struct run *first, const struct run *rest);
/* The lines as text, without blanks at their ends.  */
void styled_text(const struct styled *s, struct buf *out);

#endif
