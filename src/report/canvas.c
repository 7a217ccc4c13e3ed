/*
 * A gradebook for Canvas (lib/gradebook_importer.rb of instructure/canvas-lms).
 * Students are found by their login.  A title without its number would make a
 * new assignment there, so it is asked for.  A blank is no score.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/cell.h"
#include "report/formats.h"
#include "report/marks.h"

#include <string.h>

static const char *const columns[] = {
	"Student", "ID", "SIS User ID", "SIS Login ID", "Section",
};

/* "Pipes (1234)"? */
static bool
has_number(const char *title)
{
	const char *open = strrchr(title, '(');
	size_t n = open ? strspn(open + 1, "0123456789") : 0;

	return n > 0 && strcmp(open + 1 + n, ")") == 0;
}

static void
write_row(struct buf *out, const struct mark *m)
{
	cell_text(out, m->id);
	cell_text(out, "");
	cell_text(out, "");
	cell_text(out, m->id);
	cell_text(out, "");
	if (m->gradable)
		cell_number(out, m->score);
	else
		cell_text(out, "");
	cells_end(out);
}

static int
write_canvas(struct buf *out, const struct result *r, size_t n,
	     const struct report_options *o, char **why)
{
	const char *title = o->assignment ? o->assignment : r->title;
	struct marks marks;
	int rc;

	if (!has_number(title))
		return fail(why, _("Canvas makes a new assignment of a title "
				   "without its number: --assignment "
				   "\"%s (NUMBER)\""), title);
	rc = marks_make(&marks, r, n, why);
	if (rc == 0) {
		for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
			cell_text(out, columns[i]);
		cell_text(out, title);
		cells_end(out);
		cell_text(out, "    Points Possible");
		for (size_t i = 1; i < ARRAY_SIZE(columns); i++)
			cell_text(out, "");
		cell_number(out, marks.maximum);
		cells_end(out);
		for (size_t i = 0; i < marks.n; i++)
			write_row(out, &marks.mark[i]);
	}
	marks_release(&marks);
	return rc;
}

const struct report_format report_canvas = {
	.name = "canvas",
	.extension = "csv",
	.meaning = N_("a gradebook that Canvas imports; needs --assignment "
		      "\"TITLE (NUMBER)\""),
	.view = REPORT_MARK,
	.write = write_canvas,
};
