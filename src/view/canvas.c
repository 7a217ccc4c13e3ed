/*
 * The screen in memory.  Invariant: a cell of width 2 is followed, in its
 * row, by one of width 0; no other cell has width 0.
 */
#include "config.h"

#include "view/canvas.h"

#include "base/cells.h"
#include "term/glyph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One letter a role, in the order of the enum.  */
static const char role_letter[ROLE_MAX + 1] = ".TdbKSRBEFfCGXWcs123456";

struct canvas *
canvas_new(int rows, int cols, bool unicode)
{
	struct canvas *c = xcalloc(1, sizeof(*c));

	c->unicode = unicode;
	canvas_resize(c, rows, cols);
	return c;
}

void
canvas_free(struct canvas *c)
{
	if (!c)
		return;
	free(c->cell);
	free(c->target);
	free(c);
}

void
canvas_resize(struct canvas *c, int rows, int cols)
{
	c->rows = rows > 0 ? rows : 1;
	c->cols = cols > 0 ? cols : 1;
	free(c->cell);
	c->cell = xcalloc((size_t)c->rows * c->cols, sizeof(*c->cell));
	canvas_clear(c);
}

static void
cell_set(struct cell *cell, enum role role, const char *text, size_t len,
	 int width)
{
	/* Combining characters beyond what a cell holds are left out whole. */
	while (len >= sizeof(cell->text)) {
		len--;
		while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	memcpy(cell->text, text, len);
	cell->text[len] = '\0';
	cell->width = (uint8_t)width;
	cell->role = (uint8_t)role;
	cell->reverse = cell->bold = cell->underline = false;
	cell->fg = cell->bg = -1;
}

void
canvas_clear(struct canvas *c)
{
	for (int i = 0; i < c->rows * c->cols; i++)
		cell_set(&c->cell[i], ROLE_TEXT, " ", 1, 1);
	c->cursor_y = c->cursor_x = -1;
	c->n_targets = 0;
}

void
canvas_target(struct canvas *c, struct rect r, enum target_kind kind,
	      int64_t what)
{
	c->target = xgrow(c->target, &c->room_targets, c->n_targets + 1,
			  sizeof(*c->target));
	c->target[c->n_targets++] = (struct target){ kind, what, r };
}

const struct target *
canvas_target_at(const struct canvas *c, int y, int x)
{
	for (size_t i = c->n_targets; i > 0; i--) {
		const struct target *t = &c->target[i - 1];

		if (y >= t->r.y && y < t->r.y + t->r.rows && x >= t->r.x &&
		    x < t->r.x + t->r.cols)
			return t->kind == TARGET_NONE ? NULL : t;
	}
	return NULL;
}

struct cell *
canvas_cell(const struct canvas *c, int y, int x)
{
	if (y < 0 || y >= c->rows || x < 0 || x >= c->cols)
		return NULL;
	return &c->cell[y * c->cols + x];
}

/* About to overwrite (y, x): a wide character that has one half here loses
 * both.  */
static void
unlink_wide(struct canvas *c, int y, int x)
{
	struct cell *cell = canvas_cell(c, y, x);
	struct cell *half = NULL;

	if (!cell)
		return;
	if (cell->width == 0)
		half = canvas_cell(c, y, x - 1);
	else if (cell->width == 2)
		half = canvas_cell(c, y, x + 1);
	if (half)
		cell_set(half, half->role, " ", 1, 1);
	if (half)
		cell_set(cell, cell->role, " ", 1, 1);
}

/* Put one character; what lies outside is not drawn.  */
static void
put_char(struct canvas *c, int y, int x, enum role role, const char *text,
	 size_t len, int width)
{
	struct cell *cell = canvas_cell(c, y, x);
	struct cell *right = width == 2 ? canvas_cell(c, y, x + 1) : NULL;

	unlink_wide(c, y, x);
	if (width == 2)
		unlink_wide(c, y, x + 1);
	if (width == 2 && (!cell || !right)) {
		if (cell || right)
			cell_set(cell ? cell : right, role, " ", 1, 1);
		return;
	}
	if (!cell)
		return;
	cell_set(cell, role, text, len, width);
	if (right)
		cell_set(right, role, "", 0, 0);
}

/* A character as it is shown: ^X for a control character, ? for a byte that
 * is no character.  Returns its cells.  */
static int
put_shown(struct canvas *c, int y, int x, enum role role, const char *s,
	  size_t len, int width)
{
	unsigned char ch = (unsigned char)*s;
	char name;

	if (ch < 0x20 || ch == 0x7f) {
		name = (char)(ch ^ 0x40);
		put_char(c, y, x, role, "^", 1, 1);
		put_char(c, y, x + 1, role, &name, 1, 1);
	} else {
		int32_t code;

		cells_decode(s, &code);
		if (code < 0 || (code >= 0x80 && code < 0xa0))
			put_char(c, y, x, role, "?", 1, 1);
		else
			put_char(c, y, x, role, s, len, width);
	}
	return width;
}

int
canvas_put(struct canvas *c, int y, int x, int cols, enum role role,
	   const char *text)
{
	int at = 0, width;
	size_t used;

	for (; (used = cells_next(text, &width)); text += used) {
		if (at + width > cols) {
			if (at < cols && width == 2)
				put_char(c, y, x + at, role, " ", 1, 1);
			break;
		}
		at += put_shown(c, y, x + at, role, text, used, width);
	}
	return at;
}

int
canvas_put_short(struct canvas *c, int y, int x, int cols, enum role role,
		 const char *text)
{
	const char *dots = glyph(c->unicode, GLYPH_ELLIPSIS);
	int dots_cells = cells_of(dots), used;
	char *head;

	if (cells_of(text) <= cols)
		return canvas_put(c, y, x, cols, role, text);
	if (cols <= dots_cells)
		return canvas_put(c, y, x, cols, role, dots);
	head = xstrndup(text, cells_clip(text, cols - dots_cells));
	used = canvas_put(c, y, x, cols - dots_cells, role, head);
	free(head);
	return used + canvas_put(c, y, x + used, dots_cells, role, dots);
}

int
canvas_putf(struct canvas *c, int y, int x, int cols, enum role role,
	    const char *fmt, ...)
{
	va_list ap;
	char *text;
	int used;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	used = canvas_put(c, y, x, cols, role, text);
	free(text);
	return used;
}

void
canvas_fill(struct canvas *c, int y, int x, int rows, int cols, enum role role,
	    char ch)
{
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < cols; j++)
			put_char(c, y + i, x + j, role, &ch, 1, 1);
	if (c->n_targets)
		canvas_target(c, (struct rect){ y, x, rows, cols },
			      TARGET_NONE, 0);
}

void
canvas_paint(struct canvas *c, int y, int x, int cols, enum role role)
{
	struct cell *cell;

	for (int i = 0; i < cols; i++)
		if ((cell = canvas_cell(c, y, x + i)))
			cell->role = (uint8_t)role;
}

static void
put_glyph(struct canvas *c, int y, int x, enum role role, enum glyph g)
{
	canvas_put(c, y, x, 1, role, glyph(c->unicode, g));
}

void
canvas_box(struct canvas *c, int y, int x, int rows, int cols, enum role role,
	   const char *title, const char *right)
{
	int bottom = y + rows - 1, last = x + cols - 1;
	int room = cols - 4, used = 0, right_cells;

	if (rows < 2 || cols < 2)
		return;
	for (int i = x + 1; i < last; i++) {
		put_glyph(c, y, i, role, GLYPH_HLINE);
		put_glyph(c, bottom, i, role, GLYPH_HLINE);
	}
	for (int i = y + 1; i < bottom; i++) {
		put_glyph(c, i, x, role, GLYPH_VLINE);
		put_glyph(c, i, last, role, GLYPH_VLINE);
	}
	put_glyph(c, y, x, role, GLYPH_TOP_LEFT);
	put_glyph(c, y, last, role, GLYPH_TOP_RIGHT);
	put_glyph(c, bottom, x, role, GLYPH_BOTTOM_LEFT);
	put_glyph(c, bottom, last, role, GLYPH_BOTTOM_RIGHT);
	right_cells = right && *right ? cells_of(right) + 2 : 0;
	if (right_cells + 4 > room)
		right_cells = 0;
	if (title && *title && room > 0) {
		canvas_put(c, y, x + 1, 1, role, " ");
		used = 1 + canvas_put_short(c, y, x + 2, room - right_cells,
					    role, title);
		canvas_put(c, y, x + 1 + used, 1, role, " ");
	}
	if (right_cells)
		canvas_putf(c, y, last - right_cells, right_cells, role,
			    " %s ", right);
}

struct wrapping {
	struct canvas *canvas;
	struct rect r;
	enum role role;
	int row;
	char *last;		/* the line on the last row, for "..." */
};

/* There is more than fits: the last line says so.  */
static void
wrap_overflow(const struct wrapping *w, const char *next)
{
	int y = w->r.y + w->r.rows - 1;
	int used = cells_of(w->last);
	const char *dots = glyph(w->canvas->unicode, GLYPH_ELLIPSIS);
	char *more;

	if (used + cells_of(dots) <= w->r.cols) {
		canvas_put(w->canvas, y, w->r.x + used, w->r.cols - used,
			   w->role, dots);
		return;
	}
	more = xasprintf("%s %s", w->last, next);
	canvas_put_short(w->canvas, y, w->r.x, w->r.cols, w->role, more);
	free(more);
}

static void
wrap_line(void *arg, const char *start, size_t len)
{
	struct wrapping *w = arg;
	char *line = xstrndup(start, len);

	if (w->row == w->r.rows && w->last)
		wrap_overflow(w, line);
	if (w->row++ >= w->r.rows) {
		free(line);
		return;
	}
	canvas_put(w->canvas, w->r.y + w->row - 1, w->r.x, w->r.cols, w->role,
		   line);
	free(w->last);
	w->last = line;
}

int
canvas_wrap(struct canvas *c, struct rect r, enum role role, const char *text)
{
	struct wrapping w = { .canvas = c, .r = r, .role = role };

	if (r.rows == 1 && *text && !strchr(text, '\n')) {
		canvas_put_short(c, r.y, r.x, r.cols, role, text);
		return 1;
	}
	cells_wrap(text, r.cols, wrap_line, &w);
	free(w.last);
	return w.row < r.rows ? w.row : r.rows;
}

void
canvas_text(const struct canvas *c, struct buf *out)
{
	for (int y = 0; y < c->rows; y++) {
		for (int x = 0; x < c->cols; x++)
			buf_adds(out, c->cell[y * c->cols + x].text);
		while (out->len > 0 && out->data[out->len - 1] == ' ')
			out->data[--out->len] = '\0';
		buf_addc(out, '\n');
	}
}

void
canvas_roles(const struct canvas *c, struct buf *out)
{
	for (int y = 0; y < c->rows; y++) {
		for (int x = 0; x < c->cols; x++) {
			const struct cell *cell = &c->cell[y * c->cols + x];
			bool blank = cell->role == ROLE_TEXT
				     && strcmp(cell->text, " ") == 0;

			buf_addc(out, blank ? ' ' : role_letter[cell->role]);
		}
		while (out->len > 0 && out->data[out->len - 1] == ' ')
			out->data[--out->len] = '\0';
		buf_addc(out, '\n');
	}
}
