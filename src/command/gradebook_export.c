/* ipclab gradebook export: the marks, for a course's own system.  */
#include "config.h"

#include "base/i18n.h"
#include "base/save.h"
#include "command/gradebook.h"
#include "report/cell.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

/* The row that counts of a student's exercise, or NULL.  */
static const struct book_row *
counted(const struct gradebook *q, const char *student, const char *exercise)
{
	for (size_t i = 0; i < q->list.n; i++) {
		const struct book_row *row = &q->list.row[i];

		if (row->counts && strcmp(row->student, student) == 0 &&
		    strcmp(row->exercise, exercise) == 0)
			return row;
	}
	return NULL;
}

struct names {
	const char **name;
	size_t n;
};

static void
add_name(struct names *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->name[i], name) == 0)
			return;
	all->name = xrealloc(all->name, (all->n + 1) * sizeof(*all->name));
	all->name[all->n++] = name;
}

static int
by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Of the assignment in its order, else all that there are.  */
static void
name_exercises(const struct gradebook *q, struct names *exercises)
{
	const struct assignment_exercise *e;

	for (size_t i = 0; q->has_assignment &&
	     (e = assignment_exercise(&q->assignment, i)); i++)
		add_name(exercises, e->name.text);
	for (size_t i = 0; !q->has_assignment && i < q->list.n; i++)
		add_name(exercises, q->list.row[i].exercise);
}

/* All who take part, also those who handed nothing in.  */
static void
name_students(const struct gradebook *q, struct names *students)
{
	for (size_t i = 0; i < q->assignment.people.n; i++)
		add_name(students, q->assignment.people.person[i].id);
	for (size_t i = 0; i < q->list.n; i++)
		if (q->list.row[i].counts)
			add_name(students, q->list.row[i].student);
	if (students->n)
		qsort(students->name, students->n, sizeof(*students->name),
		      by_text);
}

static void
add_mark(struct buf *out, int64_t mark)
{
	struct buf text = BUF_INIT;

	gradebook_mark(&text, mark);
	cell_text(out, buf_str(&text));
	buf_release(&text);
}

static void
write_student(const struct gradebook *q, struct buf *out, const char *id,
	      const struct names *exercises)
{
	const struct person *p = roster_find(&q->assignment.people, id);
	int64_t total = 0;

	cell_text(out, id);
	cell_text(out, p ? p->name : "");
	cell_text(out, p ? p->email : "");
	for (size_t i = 0; i < exercises->n; i++) {
		const struct book_row *row = counted(q, id,
						     exercises->name[i]);

		/* A blank is no mark: nothing was handed in.  */
		if (row)
			add_mark(out, row->mark);
		else
			cell_text(out, "");
		total += row ? row->mark : 0;
	}
	add_mark(out, total);
	cells_end(out);
}

static void
write_marks(const struct gradebook *q, struct buf *out)
{
	struct names exercises = { .n = 0 }, students = { .n = 0 };

	name_exercises(q, &exercises);
	name_students(q, &students);
	cell_text(out, "id");
	cell_text(out, "name");
	cell_text(out, "email");
	for (size_t i = 0; i < exercises.n; i++)
		cell_text(out, exercises.name[i]);
	cell_text(out, "total");
	cells_end(out);
	for (size_t i = 0; i < students.n; i++)
		write_student(q, out, students.name[i], &exercises);
	free(exercises.name);
	free(students.name);
}

/* The results that count, as one of ipclab report's formats.  */
static int
write_report(const struct gradebook *q, const struct report_format *f,
	     struct buf *out, char **why)
{
	struct result *all = xcalloc(q->list.n + 1, sizeof(*all));
	struct report_options o = {
		.instructor = true,
		.assignment = args_value(q->args, "title"),
	};
	size_t n = 0;
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < q->list.n; i++) {
		char *text;

		if (!q->list.row[i].counts)
			continue;
		text = book_result(q->book, &q->list.row[i], why);
		ret = text ? result_read(&all[n++], text, strlen(text),
					 "gradebook", why) : -1;
		free(text);
	}
	if (ret == 0)
		ret = report_write(f, out, all, n, &o, why);
	for (size_t i = 0; i < n; i++)
		result_release(&all[i]);
	free(all);
	return ret;
}

int
gradebook_export(struct gradebook *q)
{
	const char *to = args_value(q->args, "to");
	const char *path = args_value(q->args, "output");
	bool marks = !to || strcmp(to, "marks") == 0;
	const struct report_format *f = marks ? NULL : report_named(to);
	struct buf out = BUF_INIT;
	char *why = NULL;
	int ret = 0;

	if (!marks && (!f || f->single))
		return command_fail(EXIT_USAGE, xasprintf(
			_("a class cannot be exported to '%s': marks, or a "
			  "format of ipclab report for several results"), to));
	if (marks)
		write_marks(q, &out);
	else
		ret = write_report(q, f, &out, &why);
	if (ret == 0 && path)
		ret = save_file(path, buf_str(&out), out.len, &why);
	if (ret < 0) {
		buf_release(&out);
		return command_fail(EXIT_USAGE, why);
	}
	if (path)
		buf_clear(&out);
	return gradebook_print(&out, EXIT_DONE);
}
