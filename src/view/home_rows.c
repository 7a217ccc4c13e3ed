/* See home_rows.h.  */
#include "config.h"

#include "view/home_rows.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "exercise/workspace.h"

#include <stdlib.h>
#include <string.h>

/* ---- which there are ---- */
static struct exercise *
open_exercise(const char *folder, const char *name)
{
	struct exercise *e = xcalloc(1, sizeof(*e));
	char *path = xasprintf("%s/%s", folder, name);
	char *language = exercise_language(path);
	int ret = exercise_load(e, path, language, NULL);

	free(language);
	free(path);
	if (ret == 0)
		return e;
	exercise_release(e);
	free(e);
	return NULL;
}

/* Of the task, as it is read in one line.  */
static char *
first_paragraph(const struct exercise *e)
{
	char *language = exercise_language(e->folder);
	char *text = exercise_text(e, "task.md", language), *end;
	size_t n = 0;

	free(language);
	if (!text)
		return NULL;
	end = strstr(text, "\n\n");
	for (const char *p = text; *p && p != end; p++)
		if (!strchr("`*", *p))
			text[n++] = (char)(*p == '\n' ? ' ' : *p);
	text[n] = '\0';
	return text;
}

static void
close_exercise(struct exercise *e)
{
	if (e)
		exercise_release(e);
	free(e);
}

static struct home_row *
add(struct home_rows *rows, const char *name)
{
	struct home_row *row = &rows->row[rows->n++];

	row->name = name;
	row->found = true;
	return row;
}

/* By id; what is to be broken comes before what is to be mended.  */
static bool
comes_before(const struct exercise *a, const struct exercise *b)
{
	size_t n = strcspn(a->id.text, "-"), m = strcspn(b->id.text, "-");
	int by = strncmp(a->id.text, b->id.text, n > m ? n : m);

	if (n == m && strncmp(a->id.text, b->id.text, n) == 0)
		return !a->breaks.text && b->breaks.text;
	return by < 0;
}

static bool
is_of(const struct exercise *e, const char *lesson)
{
	return !lesson || (e->lesson.text &&
			   strcmp(e->lesson.text, lesson) == 0);
}

/* All of a lesson; lesson NULL: those of none that is here.  */
static void
add_exercises(struct home_rows *rows, const char *lesson,
	      const struct exercise_names *names, struct exercise **all)
{
	for (;;) {
		struct home_row *row;
		size_t next = names->n;

		for (size_t i = 0; i < names->n; i++)
			if (all[i] && is_of(all[i], lesson) &&
			    (next == names->n ||
			     comes_before(all[i], all[next])))
				next = i;
		if (next == names->n)
			return;
		row = add(rows, names->name[next]);
		row->is_exercise = true;
		row->exercise = all[next];
		row->goal = first_paragraph(all[next]);
		all[next] = NULL;
	}
}

static void
add_lesson(struct home_rows *rows, const struct catalogue_entry *entry)
{
	struct home_row *row = add(rows, entry->name);

	row->lesson = lesson_open(entry->folder, &row->why);
}

/* The exercise that a folder of the assignment's is the workspace of.  */
static struct exercise *
exercise_at(const struct homework *h, const char *name)
{
	char *workspace = homework_workspace(h, name);
	char *folder = workspace_exercise(workspace);
	char *above = folder ? xasprintf("%s/..", folder) : NULL;
	struct exercise *e = folder ? open_exercise(above, strrchr(folder, '/')
						    + 1) : NULL;

	free(above);
	free(folder);
	free(workspace);
	return e;
}

static void
add_homework(struct home_rows *rows, const struct homework *h, int64_t now)
{
	const struct assignment_exercise *part;
	struct home_row *row = add(rows, "");

	row->homework = h;
	row->now = now;
	for (size_t i = 0; !h->why &&
	     (part = assignment_exercise(&h->assignment, i)); i++) {
		row = add(rows, part->name.text);
		row->homework = h;
		row->part = part;
		row->is_exercise = true;
		row->exercise = exercise_at(h, part->name.text);
		if (row->exercise)
			row->goal = first_paragraph(row->exercise);
	}
}

static size_t
count_homework(const struct homeworks *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += 1 + all->one[i].assignment.exercises.n;
	return n;
}

void
home_rows_load(struct home_rows *rows, const struct catalogue *lessons,
	       const struct exercise_names *exercises, const char *only,
	       struct progress *p, int64_t now)
{
	const struct exercise_names none = { .n = 0 };
	const struct exercise_names *names = exercises ? exercises : &none;
	size_t n = lessons ? lessons->n : 0;
	struct exercise **all = xcalloc(names->n + 1, sizeof(*all));

	for (size_t i = 0; i < names->n; i++)
		all[i] = open_exercise(names->folder, names->name[i]);
	*rows = (struct home_rows){ .n = 0 };
	if (!only)
		homeworks_load(&rows->homeworks, p, now);
	rows->row = xcalloc(n + names->n + 1 +
			    count_homework(&rows->homeworks),
			    sizeof(*rows->row));
	for (size_t i = 0; i < rows->homeworks.n; i++)
		add_homework(rows, &rows->homeworks.one[i], now);
	for (size_t i = 0; i < n; i++) {
		add_lesson(rows, &lessons->entry[i]);
		add_exercises(rows, lessons->entry[i].name, names, all);
	}
	add_exercises(rows, only, names, all);
	for (size_t i = 0; i < names->n; i++)
		close_exercise(all[i]);
	free(all);
}

void
home_rows_release(struct home_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		lesson_free(rows->row[i].lesson);
		close_exercise(rows->row[i].exercise);
		free(rows->row[i].goal);
		free(rows->row[i].why);
	}
	free(rows->row);
	homeworks_release(&rows->homeworks);
	*rows = (struct home_rows){ .n = 0 };
}

/* What is known of an assignment's exercises, which are the rows behind its
 * own, as its goal.  */
static void
sum_up(struct home_rows *rows, size_t i)
{
	struct home_row *row = &rows->row[i];
	struct buf said = BUF_INIT;
	int64_t mark = 0;
	size_t done = 0;

	for (size_t k = i + 1; k < rows->n && rows->row[k].part &&
			       rows->row[k].homework == row->homework; k++) {
		done += rows->row[k].work.passed;
		mark += homework_mark(row->homework, rows->row[k].part,
				      &rows->row[k].work);
	}
	homework_tell(row->homework, row->now, done, mark, &said);
	free(row->goal);
	row->goal = buf_take(&said);
}

void
home_rows_recall(struct home_rows *rows, struct progress *p)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct home_row *row = &rows->row[i];

		if (row->is_exercise)
			progress_exercise(p, row->name, &row->work);
		else if (!row->homework)
			progress_lesson(p, row->name, &row->state);
	}
	for (size_t i = 0; i < rows->n; i++)
		if (rows->row[i].homework && !rows->row[i].part)
			sum_up(rows, i);
}

/* ---- what is shown of one ---- */
const char *
home_row_title(const struct home_row *row)
{
	const char *title = row->exercise ? row->exercise->title.text :
			    row->lesson ? row->lesson->title.text :
			    row->homework && !row->part ?
			    homework_title(row->homework) : NULL;

	return title ? title : row->name;
}

const char *
home_row_goal(const struct home_row *row)
{
	if (row->is_exercise || row->homework)
		return row->goal;
	return row->lesson ? row->lesson->goal.text : row->why;
}

char *
home_row_minutes(const struct home_row *row)
{
	if (row->exercise && row->exercise->minutes.value > 0)
		return xasprintf("%lld",
				 (long long)row->exercise->minutes.value);
	if (row->lesson && row->lesson->minutes.text)
		return xstrdup(row->lesson->minutes.text);
	return NULL;
}

static enum role
exercise_state(const struct progress_exercise *w, bool narrow,
	       struct buf *out)
{
	if (w->passed) {
		buf_adds(out, _("passed"));
		return ROLE_GOOD;
	}
	if (!w->begun) {
		buf_adds(out, _("not begun"));
		return ROLE_DIM;
	}
	if (!w->tried)
		buf_adds(out, _("begun"));
	else if (narrow)
		buf_addf(out, "%d/%d", w->score, w->maximum);
	else
		buf_addf(out, ngettext("%d of %d point", "%d of %d points",
				       (unsigned long)w->maximum),
			 w->score, w->maximum);
	return ROLE_READY;
}

enum role
home_row_state(const struct home_row *row, bool narrow, struct buf *out)
{
	if (row->part)
		return homework_state(row->homework, row->part, &row->work,
				      narrow, out);
	if (row->homework && !row->homework->why)
		return homework_due(row->homework, row->now, narrow, out);
	if (row->is_exercise)
		return exercise_state(&row->work, narrow, out);
	if (!row->lesson) {
		buf_adds(out, _("cannot be read"));
		return ROLE_BAD;
	}
	if (row->state.done) {
		buf_adds(out, _("done"));
		return ROLE_GOOD;
	}
	if (!row->state.begun) {
		buf_adds(out, _("not begun"));
		return ROLE_DIM;
	}
	if (narrow)
		buf_addf(out, "%d/%zu", row->state.reached,
			 row->lesson->n - 1);
	else
		buf_addf(out, _("step %d of %zu"),
			 row->state.reached, row->lesson->n - 1);
	return ROLE_READY;
}

/* To so many cells.  */
static void
pad(struct buf *out, const char *text, int cells)
{
	buf_adds(out, text);
	for (int n = cells_of(text); n < cells; n++)
		buf_addc(out, ' ');
}

void
home_rows_write(const struct home_rows *rows, struct buf *out)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct home_row *row = &rows->row[i];

		if (!row->homework)
			continue;
		if (!row->part) {
			buf_addf(out, "%s%s\n%s\n\n", i ? "\n" : "",
				 home_row_title(row), row->goal);
			continue;
		}
		buf_adds(out, "    ");
		pad(out, row->name, 20);
		buf_adds(out, "  ");
		pad(out, home_row_title(row), 34);
		buf_adds(out, "  ");
		home_row_state(row, false, out);
		buf_addc(out, '\n');
	}
}

/* ---- searching ---- */
static bool
has_word(const char *text, const char *word)
{
	return text && strcasestr(text, word) != NULL;
}

static bool
lesson_has(const struct lesson *l, const char *word)
{
	if (has_word(l->title.text, word) || has_word(l->goal.text, word))
		return true;
	for (size_t i = 0; i < l->n; i++) {
		if (has_word(l->step[i].title, word))
			return true;
		for (size_t j = 0; j < l->step[i].n; j++)
			if (l->step[i].part[j].kind == PART_TEXT &&
			    has_word(l->step[i].part[j].text, word))
				return true;
	}
	return false;
}

bool
home_row_has(const struct home_row *row, const char *word)
{
	if (has_word(row->name, word))
		return true;
	if (row->exercise)
		return has_word(row->exercise->id.text, word) ||
		       has_word(row->exercise->title.text, word);
	if (row->homework && !row->part)
		return has_word(home_row_title(row), word);
	return row->lesson && lesson_has(row->lesson, word);
}
