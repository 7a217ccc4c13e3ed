/* ipclab gradebook: the class.  */
#include "config.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "command/gradebook.h"
#include "grade/results.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char usual_book[] = "gradebook.db";

static const struct option_def options[] = {
	{ "book", 'b', "FILE", N_("the gradebook (gradebook.db)") },
	{ "assignment", 'a', "FILE", N_("count as this assignment says: "
					"points, dates, attempts, roster") },
	{ "to", 0, "FORMAT", N_("export: marks (a CSV), or a format of ipclab "
				"report") },
	{ "title", 0, "TITLE", N_("export: the assignment's name in that "
				  "system") },
	{ "output", 'o', "FILE", N_("export: write it to FILE") },
	{ "student", 0, "ID", N_("list: only of this student") },
	{ "exercise", 0, "NAME", N_("list, diff: only of this exercise") },
	{ "all", 0, NULL, N_("list: every attempt, not only those that "
			     "count") },
	{ "allow-drops", 0, NULL, N_("diff: end with 0 even if somebody has "
				     "less") },
	{ "class", 0, "DIR", N_("open, similar: each entry of DIR is a "
			      "submission") },
	{ "least", 0, "N", N_("similar: pairs of N percent and more (50)") },
	{ "pack", 0, "DIR", N_("similar: the exercises of this folder, in "
			       "place of those of ipclab") },
	{ NULL }
};

int
gradebook_print(struct buf *out, int code)
{
	fwrite(buf_str(out), 1, out->len, stdout);
	fflush(stdout);
	buf_release(out);
	return code;
}

/* ---- import ---- */
struct sums {
	int added[BOOK_ADDED_COUNT];
};

static int
import_file(struct gradebook *q, const char *path, struct sums *sums, char **why)
{
	struct buf text = BUF_INIT;
	enum book_added added;
	int ret = buf_read_file(&text, path, RESULTS_FILE_MAX, why);

	if (ret == 0)
		ret = book_add(q->book, buf_str(&text), text.len, path, &added,
			       why);
	if (ret == 0)
		sums->added[added]++;
	buf_release(&text);
	return ret;
}

static int
is_result(const struct dirent *d)
{
	return results_is_name(d->d_name);
}

static int
import_folder(struct gradebook *q, const char *path, struct sums *sums,
	      char **why)
{
	struct dirent **list;
	int n = scandir(path, &list, is_result, alphasort), ret = 0;

	if (n < 0)
		return fail(why, _("cannot read the folder %s"), path);
	if (n == 0)
		ret = fail(why, _("there is no result in %s"), path);
	for (int i = 0; i < n; i++) {
		char *file = xasprintf("%s/%s", path, list[i]->d_name);

		if (ret == 0)
			ret = import_file(q, file, sums, why);
		free(file);
		free(list[i]);
	}
	free(list);
	return ret;
}

static int
import_all(struct gradebook *q, struct sums *sums, char **why)
{
	const struct args *a = q->args;
	int ret = book_begin(q->book, why);

	for (int i = 1; ret == 0 && i < a->argc; i++) {
		struct stat st;

		ret = stat(a->argv[i], &st) == 0 && S_ISDIR(st.st_mode) ?
		      import_folder(q, a->argv[i], sums, why) :
		      import_file(q, a->argv[i], sums, why);
	}
	return ret < 0 ? -1 : book_commit(q->book, why);
}

static int
gradebook_import(struct gradebook *q)
{
	struct sums sums = { { 0 } };
	char *why = NULL;

	if (q->args->argc < 2)
		return command_fail(EXIT_USAGE, xstrdup(
			_("which results? files or folders that ipclab grade "
			  "--results made")));
	if (import_all(q, &sums, &why) < 0)
		return command_fail(EXIT_USAGE, why);
	printf(_("%d new, %d graded again, %d there already\n"),
	       sums.added[BOOK_ATTEMPT], sums.added[BOOK_REGRADED],
	       sums.added[BOOK_SAME]);
	return EXIT_DONE;
}

/* ---- list ---- */
static bool
is_asked(const struct gradebook *q, const struct book_row *row)
{
	const char *student = args_value(q->args, "student");
	const char *exercise = args_value(q->args, "exercise");

	return (!student || strcmp(student, row->student) == 0) &&
	       (!exercise || strcmp(exercise, row->exercise) == 0);
}

void
gradebook_mark(struct buf *out, int64_t mark)
{
	buf_addf(out, "%lld.%02lld", (long long)(mark / 100),
		 (long long)(mark % 100));
}

static void
pad(struct buf *out, size_t from, int cells)
{
	for (int have = cells_of(buf_str(out) + from); have < cells; have++)
		buf_addc(out, ' ');
}

static void
write_row(struct buf *out, const struct book_row *row)
{
	size_t from = out->len;

	buf_adds(out, row->student);
	pad(out, from, 20);
	buf_addf(out, " %-18s %4lld/%-4lld ", row->exercise,
		 (long long)row->score, (long long)row->maximum);
	gradebook_mark(out, row->mark);
	buf_addf(out, "  %s%s%s", grade_title(row->verdict),
		 *row->bug ? ": " : "", row->bug);
	if (row->lost)
		buf_addf(out, _("  (late: %d%% lost)"), row->lost);
	if (row->hints)
		buf_addf(out, ngettext("  (%lld hint read)",
				       "  (%lld hints read)",
				       (unsigned long)row->hints),
			 (long long)row->hints);
	if (!row->gradable)
		buf_adds(out, _("  (not counted: a fault of ours)"));
	buf_addc(out, '\n');
}

static int
gradebook_list(struct gradebook *q)
{
	bool all = args_has(q->args, "all");
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < q->list.n; i++)
		if (is_asked(q, &q->list.row[i]) &&
		    (all || q->list.row[i].counts))
			write_row(&out, &q->list.row[i]);
	if (!out.len)
		buf_adds(&out, _("there is nothing in it\n"));
	return gradebook_print(&out, EXIT_DONE);
}

/* ---- diff ---- */
static int
by_change(const void *x, const void *y)
{
	const struct book_row *a = *(const struct book_row *const *)x;
	const struct book_row *b = *(const struct book_row *const *)y;
	int64_t da = a->score - a->score_before, db = b->score - b->score_before;

	if (da != db)
		return da < db ? -1 : 1;
	return a < b ? -1 : a > b;
}

static bool
is_changed(const struct book_row *row)
{
	return row->before && (row->score != row->score_before ||
			       row->verdict != row->verdict_before);
}

/* Whose points are others than before, those who lose first.  */
static int
gradebook_diff(struct gradebook *q)
{
	const struct book_row **changed = xcalloc(q->list.n + 1,
						  sizeof(*changed));
	struct buf out = BUF_INIT;
	size_t n = 0, drops = 0;

	for (size_t i = 0; i < q->list.n; i++)
		if (is_changed(&q->list.row[i]) &&
		    is_asked(q, &q->list.row[i]))
			changed[n++] = &q->list.row[i];
	if (n)
		qsort(changed, n, sizeof(*changed), by_change);
	for (size_t i = 0; i < n; i++) {
		const struct book_row *row = changed[i];

		drops += row->score < row->score_before;
		buf_addf(&out, "%+5lld  %s  %s: %lld, %s -> %lld, %s\n",
			 (long long)(row->score - row->score_before),
			 row->student, row->exercise,
			 (long long)row->score_before,
			 grade_title(row->verdict_before),
			 (long long)row->score, grade_title(row->verdict));
	}
	if (!n)
		buf_adds(&out, _("nobody's points have changed\n"));
	free(changed);
	return gradebook_print(&out, drops && !args_has(q->args, "allow-drops") ?
			 EXIT_NO : EXIT_DONE);
}

/* ---- the command ---- */
static const struct action {
	const char *name;
	int (*run)(struct gradebook *q);
	bool creates;		/* the gradebook may be new */
} actions[] = {
	{ "import", gradebook_import, true }, { "list", gradebook_list },
	{ "export", gradebook_export }, { "diff", gradebook_diff }, { "open", gradebook_open },
};

static int
read_assignment(struct gradebook *q, char **why)
{
	const char *path = args_value(q->args, "assignment");
	struct problems p = PROBLEMS_INIT;
	struct buf said = BUF_INIT;
	int ret = 0;

	if (!path)
		return 0;
	q->has_assignment = true;
	ret = assignment_load(&q->assignment, path,
			      args_value(q->args, "pack"), NULL, &p);
	problems_write(&p, &said);
	if (said.len)
		said.data[--said.len] = '\0';
	if (ret < 0)
		fail(why, "%s", buf_str(&said));
	buf_release(&said);
	problems_release(&p);
	return ret;
}

static int
run_action(const struct action *action, const struct args *a)
{
	const char *path = args_value(a, "book");
	struct gradebook q = { .args = a };
	char *why = NULL;
	int code;

	if (read_assignment(&q, &why) == 0)
		q.book = book_open(path ? path : usual_book, action->creates,
				   &why);
	if (!q.book || book_read(q.book, &q.list, &why) < 0) {
		code = command_fail(EXIT_USAGE, why);
	} else {
		book_mark(&q.list, q.has_assignment ? &q.assignment : NULL);
		code = action->run(&q);
	}
	book_list_release(&q.list);
	book_close(q.book);
	if (q.has_assignment)
		assignment_release(&q.assignment);
	return code;
}

static int
gradebook_main(const struct args *a)
{
	const char *word = a->argc ? a->argv[0] : "list";
	struct suggest near = SUGGEST_INIT(word);

	if (strcmp(word, "similar") == 0)
		return gradebook_similar(a);
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
		if (strcmp(actions[i].name, word) == 0)
			return run_action(&actions[i], a);
		suggest_try(&near, actions[i].name);
	}
	suggest_try(&near, "similar");
	if (suggest_best(&near))
		return command_fail(EXIT_USAGE, xasprintf(
			_("'%s' is nothing to do with a gradebook; did you "
			  "mean '%s'?"), word, suggest_best(&near)));
	return command_fail(EXIT_USAGE, xasprintf(
		_("'%s' is nothing to do with a gradebook: import, open, "
		  "list, export, diff or similar"), word));
}

const struct command command_gradebook = {
	.name = "gradebook",
	.synopsis = "import|open|list|export|diff|similar [RESULT...]",
	.summary = N_("the marks of a class"),
	.details = N_("import takes results that ipclab grade made; the same "
		      "again changes nothing. open shows the class "
		      "on the screen. Of a student's attempts the "
		      "best counts. diff tells whose points changed when they "
		      "were graded again, those who lose first, and ends with "
		      "1 if there are such. similar EXERCISE compares "
		      "submissions by what their programs are made of."),
	.options = options,
	.run = gradebook_main,
};
