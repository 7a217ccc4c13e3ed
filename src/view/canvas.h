/*
 * The canvas: a screen in memory.  Views draw on it; term/ shows it with
 * curses, sending only what changed; tests read it back.  A view never knows
 * a terminal.
 *
 * Coordinates are cells, (0, 0) at the top left; a wide character takes two.
 * Drawing outside is clipped, and a wide character that would be cut in half
 * becomes a space.
 */
#ifndef VIEW_CANVAS_H
#define VIEW_CANVAS_H

#include "base/buf.h"

/* What a piece of text is, not what it looks like: term/palette.c gives each
 * role its colours and attributes, for each kind of terminal.  */
enum role {
	ROLE_TEXT,
	ROLE_TITLE,
	ROLE_DIM,
	ROLE_BORDER,
	ROLE_KEY,	/* a key in the bottom line */
	ROLE_SELECTED,
	ROLE_READY,
	ROLE_BLOCKED,
	ROLE_ENDED,
	ROLE_FULL,	/* a fill level at its end */
	ROLE_FILL,	/* a fill level */
	ROLE_CURRENT,	/* the current source line */
	ROLE_GOOD,	/* a claim that holds */
	ROLE_BAD,
	ROLE_WARN,
	ROLE_CODE,
	ROLE_STRONG,
	ROLE_ACTOR_1, ROLE_ACTOR_2, ROLE_ACTOR_3,
	ROLE_ACTOR_4, ROLE_ACTOR_5, ROLE_ACTOR_6,
	ROLE_MAX
};

struct cell {
	char text[20];		/* one character with its combining ones, UTF-8;
				   "" for the right half of a wide one */
	uint8_t width;		/* 1, 2, 0: right half */
	uint8_t role;
	bool reverse, bold, underline;	/* beside the role: output pane */
	int8_t fg, bg;		/* -1: the role's own; output pane: 0-15 */
};

/* A part of the screen that somebody draws in.  */
struct rect {
	int y, x, rows, cols;
};

/* Something that a click means, and where it was drawn.  */
enum target_kind {
	TARGET_NONE,
	TARGET_KEY,	/* what: the key that is pressed (term/keys.h) */
	TARGET_ACTOR,	/* what: its index */
	TARGET_EVENT,	/* what: its number */
	TARGET_LESSON,	/* what: the row of the list; -1: "continue" */
	TARGET_MECHANISM,	/* what: its number */
	TARGET_ANSWER,	/* what: its number, from 0 */
};

struct target {
	enum target_kind kind;
	int64_t what;
	struct rect r;
};

struct canvas {
	int rows, cols;
	bool unicode;		/* line drawing, arrows, eighth blocks */
	int cursor_y, cursor_x;	/* -1: hidden */
	struct cell *cell;	/* rows * cols */
	size_t n_targets, room_targets;
	struct target *target;	/* until the canvas is cleared */
};

struct canvas *canvas_new(int rows, int cols, bool unicode);
void canvas_free(struct canvas *c);
void canvas_resize(struct canvas *c, int rows, int cols);
void canvas_clear(struct canvas *c);
struct cell *canvas_cell(const struct canvas *c, int y, int x); /* or NULL */

/* A click in these cells means this.  What was drawn there before no longer
 * counts; canvas_fill() takes away what it covers.  */
void canvas_target(struct canvas *c, struct rect r, enum target_kind kind,
		   int64_t what);
/* NULL: nothing.  */
const struct target *canvas_target_at(const struct canvas *c, int y, int x);

/* Put text at (y, x), at most cols cells wide (clipped).  Control characters
 * are shown as ^X.  Returns the cells used.  */
int canvas_put(struct canvas *c, int y, int x, int cols, enum role role,
	       const char *text);
/* The same, but text that does not fit ends in an ellipsis.  */
int canvas_put_short(struct canvas *c, int y, int x, int cols, enum role role,
		     const char *text);
int canvas_putf(struct canvas *c, int y, int x, int cols, enum role role,
		const char *fmt, ...) PRINTF_LIKE(6, 7);
void canvas_fill(struct canvas *c, int y, int x, int rows, int cols,
		 enum role role, char ch);
/* A frame with a title in its upper line and another at its right.  */
void canvas_box(struct canvas *c, int y, int x, int rows, int cols,
		enum role role, const char *title, const char *right);
/* Text broken into lines at spaces; at most rows of them, the last one ends
 * in an ellipsis if there is more.  Returns the rows used.  */
int canvas_wrap(struct canvas *c, struct rect r, enum role role,
		const char *text);
/* Give cells that stand already another role (a selection).  */
void canvas_paint(struct canvas *c, int y, int x, int cols, enum role role);
/* The screen as text, a line a row, trailing blanks cut: tests, --plain.  */
void canvas_text(const struct canvas *c, struct buf *out);
/* The same for roles: a letter a cell (golden tests of colour).  */
void canvas_roles(const struct canvas *c, struct buf *out);

#endif
