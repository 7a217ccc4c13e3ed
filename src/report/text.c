/* Results as text: one in full, or a line for each of several.  */
#include "config.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "report/account.h"
#include "report/formats.h"

#include <string.h>

static void
pad_to(struct buf *out, size_t from, int cells)
{
	int have = cells_of(buf_str(out) + from);

	while (have++ < cells)
		buf_addc(out, ' ');
}

static void
add_one_line(struct buf *out, const char *text)
{
	for (; *text; text++)
		buf_addc(out, *text == '\n' || *text == '\t' ? ' ' : *text);
}

static void
add_score(struct buf *out, const struct result *r)
{
	if (r->gradable)
		buf_addf(out, "%lld/%lld", (long long)r->score,
			 (long long)r->maximum);
	else
		buf_adds(out, _("not counted"));
}

static void
add_left_out(struct buf *out, size_t n)
{
	if (!n)
		return;
	buf_addf(out, ngettext("%zu more check is not shown.",
			       "%zu more checks are not shown.", n), n);
	buf_addc(out, '\n');
}

static void
write_check(struct buf *out, const struct result_check *c)
{
	buf_addf(out, "%s %3lld/%-3lld ",
		 c->verdict == GRADE_ACCEPT ? "+" :
		 c->verdict == GRADE_SKIPPED ? " " : "-",
		 (long long)c->points, (long long)c->maximum);
	add_one_line(out, c->title);
	buf_addf(out, ": %s\n", grade_title(c->verdict));
}

static void
write_one(struct buf *out, const struct result *r, size_t left_out)
{
	add_one_line(out, r->title);
	buf_adds(out, ": ");
	add_one_line(out, r->id);
	buf_adds(out, ": ");
	add_score(out, r);
	buf_adds(out, "\n\n");
	account_whole(out, r);
	for (size_t i = 0; i < r->n_checks; i++)
		write_check(out, &r->check[i]);
	add_left_out(out, left_out);
	for (size_t i = 0; i < r->n_checks; i++) {
		const struct result_check *c = &r->check[i];

		if (c->verdict == GRADE_ACCEPT || c->verdict == GRADE_SKIPPED)
			continue;
		buf_adds(out, "\n== ");
		add_one_line(out, c->title);
		buf_addc(out, '\n');
		account_check(out, c);
	}
}

static void
write_row(struct buf *out, const struct result *r, int id, int exercise)
{
	size_t from = out->len;

	add_one_line(out, r->id);
	pad_to(out, from, id + 2);
	add_one_line(out, r->exercise);
	pad_to(out, from, id + exercise + 4);
	add_score(out, r);
	pad_to(out, from, id + exercise + 14);
	buf_addf(out, " %s\n", grade_title(r->verdict));
}

static int
width_of(const char *text, int most)
{
	int width = cells_of(text);

	return width > most ? most : width;
}

static int
write_text(struct buf *out, const struct result *r, size_t n,
	   const struct report_options *o, char **why)
{
	int id = 0, exercise = 0;

	(void)why;
	if (n == 1) {
		write_one(out, r, o->left_out[0]);
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		int a = width_of(r[i].id, 30), b = width_of(r[i].exercise, 20);

		id = a > id ? a : id;
		exercise = b > exercise ? b : exercise;
	}
	for (size_t i = 0; i < n; i++)
		write_row(out, &r[i], id, exercise);
	return 0;
}

const struct report_format report_text = {
	.name = "text",
	.extension = "txt",
	.meaning = N_("text for people: one result in full, or a line for "
		      "each of several"),
	.view = REPORT_SHOWN,
	.write = write_text,
};
