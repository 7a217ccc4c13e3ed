/* See show.h.  */
#include "config.h"

#include "term/show.h"

#include "term/palette.h"

#include <curses.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static struct cell *shown;
static int shown_rows, shown_cols;

static bool
cells_equal(const struct cell *a, const struct cell *b)
{
	return strcmp(a->text, b->text) == 0 && a->width == b->width
	       && a->role == b->role && a->reverse == b->reverse
	       && a->bold == b->bold && a->underline == b->underline
	       && a->fg == b->fg && a->bg == b->bg;
}

/* The text of a cell for curses.  A locale without UTF-8 has no word for
 * what is not ASCII: a question mark a cell says that something was there. */
static void
cell_wide(const struct cell *cell, bool utf8, wchar_t out[CCHARW_MAX + 1])
{
	mbstate_t state = { 0 };
	const char *s = cell->text;
	size_t n;

	if (!utf8 && (unsigned char)s[0] >= 0x80) {
		wcscpy(out, L"?");
		return;
	}
	n = mbsrtowcs(out, &s, CCHARW_MAX, &state);
	if (n == (size_t)-1 || n == 0)
		wcscpy(out, L"?");
	else
		out[n < CCHARW_MAX ? n : CCHARW_MAX] = L'\0';
}

static void
show_cell(const struct cell *cell, int y, int x, bool utf8)
{
	wchar_t text[CCHARW_MAX + 1];
	unsigned long attr;
	short pair;
	cchar_t cc;

	palette_cell(cell, &attr, &pair);
	cell_wide(cell, utf8, text);
	if (setcchar(&cc, text, (attr_t)attr, pair, NULL) == OK)
		mvadd_wch(y, x, &cc);
	if (cell->width == 2 && text[0] == L'?')
		mvadd_wch(y, x + 1, &cc);
}

void
show_forget(void)
{
	free(shown);
	shown = NULL;
}

void
show_canvas(const struct canvas *c)
{
	size_t n = (size_t)c->rows * c->cols;
	bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	bool all = !shown || shown_rows != c->rows || shown_cols != c->cols;

	if (all) {
		free(shown);
		shown = xcalloc(n, sizeof(*shown));
		shown_rows = c->rows;
		shown_cols = c->cols;
		erase();
	}
	for (size_t i = 0; i < n; i++) {
		const struct cell *cell = &c->cell[i];

		if (cell->width == 0 || (!all && cells_equal(cell, &shown[i])))
			continue;
		show_cell(cell, (int)i / c->cols, (int)i % c->cols, utf8);
	}
	memcpy(shown, c->cell, n * sizeof(*shown));
	curs_set(c->cursor_y >= 0 ? 1 : 0);
	if (c->cursor_y >= 0)
		move(c->cursor_y, c->cursor_x);
}
