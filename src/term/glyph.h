/*
 * Glyphs: the signs that the lab draws with, each in Unicode and in ASCII.
 * Each is one cell wide in both, but for the ellipsis.
 */
#ifndef TERM_GLYPH_H
#define TERM_GLYPH_H

#include <stdbool.h>

enum glyph {
	GLYPH_HLINE,
	GLYPH_VLINE,
	GLYPH_TOP_LEFT,
	GLYPH_TOP_RIGHT,
	GLYPH_BOTTOM_LEFT,
	GLYPH_BOTTOM_RIGHT,
	GLYPH_TEE_DOWN,		/* a line goes down from here */
	GLYPH_TEE_UP,
	GLYPH_TEE_LEFT,		/* a mark at the left of an axis */
	GLYPH_CROSS,
	GLYPH_BIRTH,		/* a life line begins */
	GLYPH_SLEEP,		/* time spent sleeping */
	GLYPH_TAKES,		/* the tip of an arrow into an operation */
	GLYPH_TIP,		/* the tip of the time axis */
	GLYPH_ARROW,		/* "->" between a writer and its pipe */
	GLYPH_ARROW_BACK,	/* "<-" of the other way of a connection */
	GLYPH_POINTER,		/* the current source line */
	GLYPH_ELLIPSIS,
	GLYPH_TICK,
	GLYPH_FAIL,
	GLYPH_BULLET,
	GLYPH_FULL,		/* of a fill bar, one whole cell */
	GLYPH_EMPTY,
	GLYPH_MAX
};

const char *glyph(bool unicode, enum glyph g);
/* A cell of a fill bar that is eighths / 8 full.  */
const char *glyph_eighth(bool unicode, int eighths);

/* Does the locale's character set have them?  (setlocale(3) was called)  */
bool glyph_unicode_wanted(void);

#endif
