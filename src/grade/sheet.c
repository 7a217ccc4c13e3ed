/* See sheet.h.  */
#include "config.h"

#include "base/i18n.h"
#include "grade/sheet.h"
#include "report/result.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	const char *file;
	struct problems *problems;
	bool failed;
};

static void wrong(struct reading *r, int line, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

static void
wrong(struct reading *r, int line, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	problem_add(r->problems, r->file, line, "%s", text);
	free(text);
	r->failed = true;
}

/* Would it be shown as it is?  */
static bool
is_clean(const char *text)
{
	char *shown = result_text(text, strlen(text), SHEET_BYTES_MAX);
	bool clean = strcmp(shown, text) == 0;

	free(shown);
	return clean;
}

static bool
is_empty(const struct cell_line *l)
{
	return l->n == 1 && l->cell[0].n == 0;
}

/* In quotes, it ends with one; else there is none in it.  */
static bool
is_quoted_well(const struct cell *c)
{
	if (c->n == 0 || *c->raw != '"')
		return !memchr(c->raw, '"', c->n);
	return c->n > 1 && c->raw[c->n - 1] == '"';
}

static void
check_row(struct reading *r, const struct cell_line *l, size_t columns,
	  int line)
{
	if (l->n != columns)
		wrong(r, line, _("cells: %zu, and the first line has %zu"),
		      l->n, columns);
	for (size_t i = 0; i < l->n; i++) {
		if (!is_quoted_well(&l->cell[i]))
			wrong(r, line, _("a quote that does not end, or that "
					 "stands within a cell"));
		else if (!is_clean(l->cell[i].text))
			wrong(r, line, _("a cell with bytes that are no "
					 "text"));
	}
}

/* The line that a row begins in: line ends within cells count too.  */
static int
lines_between(const char *from, const char *to)
{
	int n = 0;

	while (from < to && (from = memchr(from, '\n', (size_t)(to - from)))) {
		from++;
		n++;
	}
	return n;
}

static void
take_rows(struct sheet *s, struct reading *r, const char *text)
{
	struct cell_line *all = s->table.line;
	const char *before = text;
	int line = 1;

	s->row = xcalloc(s->table.n + 1, sizeof(struct cell_line *));
	s->line = xcalloc(s->table.n + 1, sizeof(*s->line));
	for (size_t i = 0; i < s->table.n; i++) {
		line += lines_between(before, all[i].cell[0].raw);
		before = all[i].cell[0].raw;
		if (is_empty(&all[i]) && i > 0)
			continue;
		check_row(r, &all[i], all[0].n, line);
		if (i == 0)
			continue;
		s->row[s->n] = &all[i];
		s->line[s->n++] = line;
	}
}

int
sheet_read(struct sheet *s, const char *file, const char *text, size_t n,
	   struct problems *p)
{
	struct reading r = { .file = file, .problems = p };
	const char mark[] = "\xef\xbb\xbf";

	*s = (struct sheet){ .n = 0 };
	if (n > SHEET_BYTES_MAX || strlen(text) != n) {
		wrong(&r, 0, n > SHEET_BYTES_MAX ? _("larger than 4 MiB") :
			     _("it is no text"));
		return -1;
	}
	if (strncmp(text, mark, 3) == 0)
		text += 3;
	cell_table_read(&s->table, text);
	if (s->table.n == 0)
		wrong(&r, 1, _("nothing stands in it"));
	else if (s->table.n > SHEET_ROWS_MAX)
		wrong(&r, 0, _("more than %d lines"), SHEET_ROWS_MAX);
	else
		take_rows(s, &r, text);
	return r.failed ? -1 : 0;
}

void
sheet_release(struct sheet *s)
{
	cell_table_release(&s->table);
	free(s->row);
	free(s->line);
	*s = (struct sheet){ .n = 0 };
}

int
sheet_column(const struct sheet *s, const char *name)
{
	const struct cell_line *head = s->table.line;

	for (size_t i = 0; s->table.n && i < head->n; i++)
		if (strcasecmp(head->cell[i].text, name) == 0)
			return (int)i;
	return -1;
}

const char *
sheet_cell(const struct sheet *s, size_t row, int column)
{
	return column < 0 || (size_t)column >= s->row[row]->n ? "" :
	       s->row[row]->cell[column].text;
}

bool
sheet_id_is_sound(const char *id)
{
	size_t n = strlen(id);

	return n > 0 && n <= 100 && !strchr(id, '/') && !strchr(id, '\n') &&
	       !strchr(id, '\t') && strcmp(id, ".") != 0 &&
	       strcmp(id, "..") != 0 && *id != ' ' && id[n - 1] != ' ' &&
	       is_clean(id);
}
