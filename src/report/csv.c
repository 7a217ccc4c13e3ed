/* A table for a spreadsheet: a line for each result, all that is known.  */
#include "config.h"

#include "base/i18n.h"
#include "report/cell.h"
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>

/* The checks of all results, each once: a column of points, and one of the
 * verdict.  */
struct columns {
	struct { const char *exercise, *id; } *check;
	size_t n;
	bool several;		/* exercises: each column names its own */
};

static const char *const heads[] = {
	"id", "exercise", "assignment", "submitted_at", "verdict", "score",
	"maximum", "gradable",
};

static void
add_column(struct columns *c, const char *exercise, const char *id)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->check[i].exercise, exercise) == 0 &&
		    strcmp(c->check[i].id, id) == 0)
			return;
	c->check = xrealloc(c->check, (c->n + 1) * sizeof(*c->check));
	c->check[c->n].exercise = exercise;
	c->check[c->n++].id = id;
}

static void
columns_init(struct columns *c, const struct result *r, size_t n)
{
	*c = (struct columns){ .n = 0 };
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < r[i].n_checks; k++)
			add_column(c, r[i].exercise, r[i].check[k].id);
		c->several |= strcmp(r[i].exercise, r[0].exercise) != 0;
	}
}

static void
write_head(struct buf *out, const struct columns *c)
{
	for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
		cell_text(out, heads[i]);
	for (size_t i = 0; i < c->n; i++) {
		char *points = c->several ?
			xasprintf("%s/%s", c->check[i].exercise,
				  c->check[i].id) : xstrdup(c->check[i].id);
		char *verdict = xasprintf("%s verdict", points);

		cell_text(out, points);
		cell_text(out, verdict);
		free(points);
		free(verdict);
	}
	cells_end(out);
}

static const struct result_check *
check_of(const struct result *r, const char *exercise, const char *id)
{
	if (strcmp(r->exercise, exercise) != 0)
		return NULL;
	for (size_t i = 0; i < r->n_checks; i++)
		if (strcmp(r->check[i].id, id) == 0)
			return &r->check[i];
	return NULL;
}

static void
write_row(struct buf *out, const struct columns *c, const struct result *r)
{
	cell_text(out, r->id);
	cell_text(out, r->exercise);
	cell_text(out, r->assignment ? r->assignment : "");
	cell_text(out, r->submitted_at ? r->submitted_at : "");
	cell_text(out, grade_word(r->verdict));
	if (r->gradable)
		cell_number(out, r->score);
	else
		cell_text(out, "");
	cell_number(out, r->maximum);
	cell_text(out, r->gradable ? "true" : "false");
	for (size_t i = 0; i < c->n; i++) {
		const struct result_check *k =
			check_of(r, c->check[i].exercise, c->check[i].id);

		if (k)
			cell_number(out, k->points);
		else
			cell_text(out, "");
		cell_text(out, k ? grade_word(k->verdict) : "");
	}
	cells_end(out);
}

static int
write_csv(struct buf *out, const struct result *r, size_t n,
	  const struct report_options *o, char **why)
{
	struct columns c;

	(void)o;
	(void)why;
	columns_init(&c, r, n);
	write_head(out, &c);
	for (size_t i = 0; i < n; i++)
		write_row(out, &c, &r[i]);
	free(c.check);
	return 0;
}

const struct report_format report_csv = {
	.name = "csv",
	.extension = "csv",
	.meaning = N_("a table: a line for each result, hidden checks too"),
	.view = REPORT_WHOLE,
	.write = write_csv,
};
