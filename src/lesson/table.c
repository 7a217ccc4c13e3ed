/*
 * Tables: columns as wide as their widest cell, or, where that is more than
 * there is room for, the widest ones narrowed until it fits; cells are
 * wrapped.  All widths are in terminal cells, so Chinese columns stand
 * straight.
 */
#include "config.h"

#include "base/cells.h"
#include "lesson/markdown.h"

#include <stdlib.h>

struct layout {
	const struct table *table;
	const struct look *look;
	const struct run *prefix;
	int *width;		/* of each column */
	bool wrapped;		/* a cell has more than one line */
};

void
table_release(struct table *t)
{
	for (size_t i = 0; i < t->n; i++)
		run_release(&t->cell[i]);
	free(t->cell);
	free(t->align);
	*t = (struct table){ 0 };
}

static int
total(const struct layout *l)
{
	int sum = 3 * (int)(l->table->n_cols - 1);

	for (size_t i = 0; i < l->table->n_cols; i++)
		sum += l->width[i];
	return sum;
}

static void
choose_widths(struct layout *l)
{
	const struct table *t = l->table;
	int room = l->look->width - cells_of(buf_str(&l->prefix->text));

	for (size_t i = 0; i < t->n; i++) {
		int cells = cells_of(buf_str(&t->cell[i].text));

		if (cells > l->width[i % t->n_cols])
			l->width[i % t->n_cols] = cells;
	}
	while (total(l) > room) {
		size_t widest = 0;

		for (size_t i = 1; i < t->n_cols; i++)
			if (l->width[i] > l->width[widest])
				widest = i;
		if (l->width[widest] <= 2)
			break;
		l->width[widest]--;
		l->wrapped = true;
	}
}

static void
pad(struct run *line, int cells)
{
	while (cells-- > 0)
		run_add(line, STYLE_TEXT, " ", 1);
}

static void
add_cell(struct run *line, const struct styled_line *cell, int width,
	 int align, bool last)
{
	int room = width - (cell ? cells_of(cell->text) : 0);
	int left = align > 0 ? room : align == 0 ? room / 2 : 0;

	pad(line, left);
	for (size_t i = 0; cell && cell->text[i]; i++)
		run_add(line, cell->style[i], cell->text + i, 1);
	if (!last)
		pad(line, room - left);
}

static void
finish_line(struct styled *out, struct run *line)
{
	styled_line(out, buf_str(&line->text), buf_str(&line->style),
		    line->text.len);
	run_clear(line);
}

static void
begin_line(const struct layout *l, struct run *line)
{
	const struct run *p = l->prefix;

	for (size_t i = 0; i < p->text.len; i++)
		run_add(line, p->style.data[i], p->text.data + i, 1);
}

static void
add_row(struct styled *out, const struct layout *l, size_t row)
{
	size_t n = l->table->n_cols, high = 1;
	struct styled *cell = xcalloc(n, sizeof(*cell));
	const struct run none = RUN_INIT;
	struct run line = RUN_INIT;

	for (size_t i = 0; i < n; i++) {
		styled_wrap(&cell[i], &l->table->cell[row * n + i],
			    l->width[i], &none, &none);
		if (cell[i].n > high)
			high = cell[i].n;
	}
	for (size_t y = 0; y < high; y++) {
		begin_line(l, &line);
		for (size_t i = 0; i < n; i++) {
			if (i)
				run_adds(&line, STYLE_DIM,
					 l->look->unicode ? " │ " : " | ");
			add_cell(&line, y < cell[i].n ? &cell[i].line[y] : NULL,
				 l->width[i], l->table->align[i], i == n - 1);
		}
		finish_line(out, &line);
	}
	for (size_t i = 0; i < n; i++)
		styled_release(&cell[i]);
	free(cell);
	run_release(&line);
}

static void
add_rule(struct styled *out, const struct layout *l, bool heavy)
{
	const char *dash = l->look->unicode ? "─" : heavy ? "=" : "-";
	const char *cross = l->look->unicode ? "─┼─" : "-+-";
	struct run line = RUN_INIT;

	begin_line(l, &line);
	for (size_t i = 0; i < l->table->n_cols; i++) {
		if (i)
			run_adds(&line, STYLE_DIM, cross);
		for (int x = 0; x < l->width[i]; x++)
			run_adds(&line, STYLE_DIM, dash);
	}
	finish_line(out, &line);
	run_release(&line);
}

void
table_lines(struct styled *out, const struct table *t,
	    const struct look *look, const struct run *prefix)
{
	struct layout l = { .table = t, .look = look, .prefix = prefix };
	size_t rows = t->n_cols ? t->n / t->n_cols : 0;

	if (!rows)
		return;
	l.width = xcalloc(t->n_cols, sizeof(*l.width));
	choose_widths(&l);
	for (size_t row = 0; row < rows; row++) {
		if (row == 1)
			add_rule(out, &l, true);
		else if (row > 1 && l.wrapped)
			add_rule(out, &l, false);
		add_row(out, &l, row);
	}
	free(l.width);
}
