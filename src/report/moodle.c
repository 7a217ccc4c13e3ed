/*
 * Moodle, in two ways: a table for the import of grades
 * (grade/import/csv of moodle/moodle), or a worksheet that an assignment
 * exported, filled in (mod/assign/feedback/offline).  That one is given back
 * as it was but for grades and comments: Moodle knows participants and times
 * by its other cells.  An empty grade is none.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/cell.h"
#include "report/formats.h"
#include "report/markup.h"
#include "report/marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Comments are shown as HTML.  */
static char *
feedback_of(const struct mark *m)
{
	struct buf text = BUF_INIT, safe = BUF_INIT;
	char *line, *save = NULL;

	mark_feedback(&text, m);
	if (text.data)
		for (line = strtok_r(text.data, "\n", &save); line;
		     line = strtok_r(NULL, "\n", &save))
			markup(&safe, "<p>%</p>", line);
	buf_release(&text);
	return buf_take(&safe);
}

static void
write_grade(struct buf *out, const struct mark *m)
{
	if (m->gradable)
		cell_number(out, m->score);
	else
		cell_text(out, "");
}

static void
write_plain(struct buf *out, const struct marks *marks)
{
	cell_text(out, "Username");
	cell_text(out, "Grade");
	cell_text(out, "Feedback");
	cells_end(out);
	for (size_t i = 0; i < marks->n; i++) {
		char *feedback = feedback_of(&marks->mark[i]);

		cell_text(out, marks->mark[i].id);
		write_grade(out, &marks->mark[i]);
		cell_text(out, feedback);
		cells_end(out);
		free(feedback);
	}
}

/* ---- a worksheet ---- */
enum column {
	IDENTIFIER, GRADE, MODIFIED, NAME, EMAIL, NUMBER, USERNAME, GREATEST,
	COMMENTS, COLUMNS
};

static const struct { const char *title; bool must; } titles[COLUMNS] = {
	[IDENTIFIER] = { "Identifier", true },
	[GRADE] = { "Grade", true },
	[MODIFIED] = { "Last modified (grade)", true },
	[NAME] = { "Full name", false },
	[EMAIL] = { "Email address", false },
	[NUMBER] = { "ID number", false },
	[USERNAME] = { "Username", false },
	[GREATEST] = { "Maximum grade", false },
	[COMMENTS] = { "Feedback comments", false },
};

struct sheet {
	struct cell_table table;
	size_t at[COLUMNS];	/* the column, SIZE_MAX: there is none */
	const struct mark **mark;	/* of each line, or NULL */
};

static int
find_columns(struct sheet *s, char **why)
{
	for (int c = 0; c < COLUMNS; c++) {
		s->at[c] = SIZE_MAX;
		for (size_t k = 0; s->table.n && k < s->table.line[0].n; k++) {
			if (strcmp(s->table.line[0].cell[k].text,
				   titles[c].title) == 0)
				s->at[c] = k;
		}
		if (titles[c].must && s->at[c] == SIZE_MAX)
			return fail(why, _("the worksheet has no column '%s': "
					   "download it from the assignment, "
					   "with Moodle in English"),
				    titles[c].title);
	}
	return 0;
}

/* A cell's text, "" where there is none.  */
static const char *
cell_of(const struct sheet *s, size_t line, enum column c)
{
	const struct cell_line *l = &s->table.line[line];

	return s->at[c] < l->n ? l->cell[s->at[c]].text : "";
}

/* "Participant 123", also as "123"; "ann@example.org", also as "ann".  */
static bool
is_row_of(const struct sheet *s, size_t line, const char *id)
{
	static const enum column whole[] = {
		IDENTIFIER, NAME, EMAIL, NUMBER, USERNAME,
	};
	const char *identifier = cell_of(s, line, IDENTIFIER);
	const char *email = cell_of(s, line, EMAIL);
	const char *number = strrchr(identifier, ' ');
	size_t n = strlen(id);

	if (!n)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(whole); i++)
		if (strcmp(cell_of(s, line, whole[i]), id) == 0)
			return true;
	return (number && strcmp(number + 1, id) == 0) ||
	       (strncasecmp(email, id, n) == 0 && email[n] == '@');
}

static int
find_row(struct sheet *s, const struct mark *m, char **why)
{
	size_t found = 0;

	for (size_t i = 1; i < s->table.n; i++) {
		if (!is_row_of(s, i, m->id))
			continue;
		if (found || s->mark[i])
			return fail(why, _("two rows of the worksheet, or two "
					   "results, are those of %s"), m->id);
		found = i;
	}
	if (!found)
		return fail(why, _("no row of the worksheet is that of %s"),
			    m->id);
	s->mark[found] = m;
	return 0;
}

/* Points that are none there.  */
static int
check_maximum(const struct sheet *s, int64_t maximum, char **why)
{
	for (size_t i = 1; i < s->table.n; i++) {
		const char *text = cell_of(s, i, GREATEST);

		if (s->mark[i] && *text && strtod(text, NULL) !=
		    (double)maximum)
			return fail(why, _("the maximum grade in Moodle is "
					   "%s, and that of the checks is "
					   "%lld: make them the same there"),
				    text, (long long)maximum);
	}
	return 0;
}

static void
write_line(struct buf *out, const struct sheet *s, size_t line)
{
	const struct cell_line *l = &s->table.line[line];
	const struct mark *m = s->mark[line];

	for (size_t k = 0; k < l->n; k++) {
		if (m && m->gradable && k == s->at[GRADE]) {
			cell_number(out, m->score);
		} else if (m && k == s->at[COMMENTS]) {
			char *feedback = feedback_of(m);

			cell_text(out, feedback);
			free(feedback);
		} else {
			if (k > 0)
				buf_addc(out, ',');
			buf_add(out, l->cell[k].raw, l->cell[k].n);
		}
	}
	cells_end(out);
}

static int
fill_in(struct buf *out, const struct marks *marks, const char *text,
	char **why)
{
	static const char mark_of_utf8[] = "\xef\xbb\xbf";
	struct sheet s = { .mark = NULL };
	int rc;

	if (strncmp(text, mark_of_utf8, 3) == 0)
		text += 3;
	cell_table_read(&s.table, text);
	s.mark = xcalloc(s.table.n + 1, sizeof(*s.mark));
	rc = find_columns(&s, why);
	for (size_t i = 0; rc == 0 && i < marks->n; i++)
		rc = find_row(&s, &marks->mark[i], why);
	if (rc == 0)
		rc = check_maximum(&s, marks->maximum, why);
	for (size_t i = 0; rc == 0 && i < s.table.n; i++)
		write_line(out, &s, i);
	cell_table_release(&s.table);
	free(s.mark);
	return rc;
}

static int
write_moodle(struct buf *out, const struct result *r, size_t n,
	     const struct report_options *o, char **why)
{
	struct marks marks;
	int rc = marks_make(&marks, r, n, why);

	if (rc == 0 && o->worksheet)
		rc = fill_in(out, &marks, o->worksheet, why);
	else if (rc == 0)
		write_plain(out, &marks);
	marks_release(&marks);
	return rc;
}

const struct report_format report_moodle = {
	.name = "moodle",
	.extension = "csv",
	.meaning = N_("grades that Moodle imports; with --worksheet, the "
		      "assignment's offline worksheet filled in"),
	.view = REPORT_MARK,
	.write = write_moodle,
};
