/* Comma-separated values.  */
#include "config.h"

#include "report/cell.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */
/* What a spreadsheet computes begins so; the last four are = + - @ in the
 * width of Chinese characters.  */
static const char *const starts[] = {
	"=", "+", "-", "@", "\t", "\n", "\r", "\xef\xbc\x9d", "\xef\xbc\x8b",
	"\xef\xbc\x8d", "\xef\xbc\xa0",
};

static bool
is_formula(const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (strncmp(text, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

static void
separate(struct buf *out)
{
	if (out->len && out->data[out->len - 1] != '\n')
		buf_addc(out, ',');
}

void
cell_text(struct buf *out, const char *text)
{
	bool formula = is_formula(text);

	separate(out);
	if (!formula && *text && !strpbrk(text, "\",;'\t\n\r") &&
	    *text != ' ' && text[strlen(text) - 1] != ' ') {
		buf_adds(out, text);
		return;
	}
	/* An empty one is quoted, so that the next knows of it.  */
	buf_addc(out, '"');
	if (formula)
		buf_addc(out, '\'');
	for (; *text; text++) {
		if (*text == '"')
			buf_addc(out, '"');
		buf_addc(out, *text);
	}
	buf_addc(out, '"');
}

void
cell_number(struct buf *out, int64_t number)
{
	separate(out);
	buf_add_int(out, number);
}

void
cells_end(struct buf *out)
{
	buf_adds(out, "\r\n");
}

/* ---- reading ---- */
static struct cell *
add_cell(struct cell_line *line)
{
	line->cell = xrealloc(line->cell, (line->n + 1) * sizeof(*line->cell));
	return &line->cell[line->n++];
}

/* One cell; returns where it ends.  */
static const char *
read_cell(struct cell *c, const char *s)
{
	struct buf text = BUF_INIT;
	bool quoted = *s == '"';

	c->raw = s;
	s += quoted;
	while (*s && (quoted || !strchr(",\r\n", *s))) {
		if (quoted && *s == '"') {
			if (s[1] != '"') {
				quoted = false;
				s++;
				continue;
			}
			s++;
		}
		buf_addc(&text, *s++);
	}
	c->n = (size_t)(s - c->raw);
	c->text = buf_take(&text);
	return s;
}

void
cell_table_read(struct cell_table *t, const char *text)
{
	*t = (struct cell_table){ .n = 0 };
	while (*text) {
		struct cell_line line = { .n = 0 };

		text = read_cell(add_cell(&line), text);
		while (*text == ',')
			text = read_cell(add_cell(&line), text + 1);
		text += *text == '\r';
		text += *text == '\n';
		t->line = xrealloc(t->line, (t->n + 1) * sizeof(*t->line));
		t->line[t->n++] = line;
	}
}

void
cell_table_release(struct cell_table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		for (size_t k = 0; k < t->line[i].n; k++)
			free(t->line[i].cell[k].text);
		free(t->line[i].cell);
	}
	free(t->line);
	*t = (struct cell_table){ .n = 0 };
}
