/* ipclab report: results in the formats that courses read.  */
#include "config.h"

#include "base/i18n.h"
#include "base/save.h"
#include "base/suggest.h"
#include "command/command.h"
#include "report/report.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { RESULT_MAX = 64 << 20, WORKSHEET_MAX = 16 << 20 };

struct results {
	struct result *result;
	size_t n;
};

static int
read_file(struct results *all, const char *path, char **why)
{
	struct buf text = BUF_INIT;
	struct result r;
	int rc = buf_read_file(&text, path, RESULT_MAX, why);

	if (rc == 0) {
		rc = result_read(&r, buf_str(&text), text.len, path, why);
		all->result = xrealloc(all->result, (all->n + 1) *
						    sizeof(*all->result));
		all->result[all->n++] = r;
	}
	buf_release(&text);
	return rc;
}

static int
is_result_file(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return *e->d_name != '.' && dot && strcmp(dot, ".json") == 0;
}

/* All results of a folder, by name.  */
static int
read_folder(struct results *all, const char *path, char **why)
{
	struct dirent **list;
	int n = scandir(path, &list, is_result_file, alphasort), rc = 0;

	if (n == 0)
		rc = fail(why, _("there is no result in %s: no file's name "
				 "ends in .json"), path);
	for (int i = 0; i < n; i++) {
		char *file = xasprintf("%s/%s", path, list[i]->d_name);

		if (rc == 0)
			rc = read_file(all, file, why);
		free(file);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	return n < 0 ? fail(why, _("cannot read the folder %s"), path) : rc;
}

static int
read_all(struct results *all, const struct args *a, char **why)
{
	int rc = 0;

	if (a->argc == 0)
		return fail(why, _("report needs results: files or folders "
				   "that ipclab grade --results made"));
	for (int i = 0; rc == 0 && i < a->argc; i++) {
		struct stat st;

		rc = stat(a->argv[i], &st) == 0 && S_ISDIR(st.st_mode) ?
		     read_folder(all, a->argv[i], why) :
		     read_file(all, a->argv[i], why);
	}
	return rc;
}

static void
release_all(struct results *all)
{
	for (size_t i = 0; i < all->n; i++)
		result_release(&all->result[i]);
	free(all->result);
}

static const struct report_format *
read_format(const struct args *a, char **why)
{
	const char *name = args_value(a, "to");
	const struct report_format *f = name ? report_named(name) : NULL;
	struct suggest s = SUGGEST_INIT(name ? name : "");
	struct buf names = BUF_INIT;

	if (f)
		return f;
	for (size_t i = 0; report_formats[i]; i++) {
		buf_addf(&names, "%s%s", i ? ", " : "",
			 report_formats[i]->name);
		suggest_try(&s, report_formats[i]->name);
	}
	if (!name)
		fail(why, _("report needs --to and a format: %s"),
		     buf_str(&names));
	else if (suggest_best(&s))
		fail(why, _("there is no format %s; did you mean %s?"), name,
		     suggest_best(&s));
	else
		fail(why, _("there is no format %s; there are %s"), name,
		     buf_str(&names));
	buf_release(&names);
	return NULL;
}

/* ---- what formats ask for ---- */
/* Classroom 50's runner says it in the environment.  */
static char *
context_of_environment(void)
{
	static const struct { const char *field, *variable, *other; } says[] = {
		{ "classroom", "CLASSROOM", NULL },
		{ "assignment", "ASSIGNMENT", NULL },
		{ "assignment_type", "ASSIGNMENT_TYPE", NULL },
		{ "owner", "OWNER", "USERNAME" },
		{ "submission", "SUBMISSION_TAG", NULL },
		{ "commit", "COMMIT_URL", NULL },
		{ "release", "RELEASE_URL", NULL },
		{ "review", "REVIEW_URL", "COMMIT_URL" },
	};
	json_t *context = json_object();
	char *text;

	for (size_t i = 0; i < ARRAY_SIZE(says); i++) {
		const char *value = getenv(says[i].variable);

		if ((!value || !*value) && says[i].other)
			value = getenv(says[i].other);
		if (value && *value)
			json_object_set_new(context, says[i].field,
					    json_string(value));
	}
	text = json_dumps(context, JSON_COMPACT);
	json_decref(context);
	return text;
}

static int
read_context(struct buf *text, const char *path, char **why)
{
	json_error_t error;
	json_t *context;

	if (buf_read_file(text, path, WORKSHEET_MAX, why) < 0)
		return -1;
	context = json_loadb(text->data, text->len, 0, &error);
	if (!context)
		return fail(why, "%s:%d: %s", path, error.line, error.text);
	json_decref(context);
	return 0;
}

/* The bytes of a file that somebody else wrote, which must be text.  */
static int
read_worksheet(struct buf *text, const char *path, char **why)
{
	if (buf_read_file(text, path, WORKSHEET_MAX, why) < 0)
		return -1;
	if (strlen(buf_str(text)) != text->len)
		return fail(why, _("%s is no text"), path);
	return 0;
}

static int
write_report(const struct report_format *f, const struct results *all,
	     const struct report_options *o, const char *path, char **why)
{
	struct buf out = BUF_INIT;
	int rc = report_write(f, &out, all->result, all->n, o, why);

	if (rc == 0 && path)
		rc = save_file(path, buf_str(&out), out.len, why);
	else if (rc == 0)
		fwrite(buf_str(&out), 1, out.len, stdout);
	buf_release(&out);
	return rc;
}

static int
report(const struct args *a, const struct report_format *f,
       struct results *all, char **why)
{
	const char *worksheet = args_value(a, "worksheet");
	const char *context = args_value(a, "context");
	struct buf sheet = BUF_INIT, told = BUF_INIT;
	char *around = context_of_environment();
	struct report_options o = {
		.instructor = args_has(a, "instructor"),
		.due = args_has(a, "due"),
		.published = args_has(a, "published"),
		.assignment = args_value(a, "assignment"),
		.context = around,
	};
	int rc = worksheet ? read_worksheet(&sheet, worksheet, why) : 0;

	if (rc == 0 && context)
		rc = read_context(&told, context, why);
	if (rc == 0)
		rc = read_all(all, a, why);
	if (worksheet)
		o.worksheet = buf_str(&sheet);
	if (context)
		o.context = buf_str(&told);
	if (rc == 0)
		rc = write_report(f, all, &o, args_value(a, "output"), why);
	buf_release(&sheet);
	buf_release(&told);
	free(around);
	return rc;
}

static int
run_report(const struct args *a)
{
	struct results all = { .n = 0 };
	char *why = NULL;
	const struct report_format *f = read_format(a, &why);
	int code = EXIT_DONE;

	if (!f || report(a, f, &all, &why) < 0)
		code = command_fail(EXIT_USAGE, why);
	release_all(&all);
	return code;
}

static const struct option_def options[] = {
	{ "to", 0, "FORMAT", N_("the format: text, html, csv, gradescope, "
				"prairielearn, classroom50, autolab, canvas, "
				"moodle, junit, tap, github or "
				"github-summary") },
	{ "output", 'o', "FILE", N_("write it to FILE") },
	{ "instructor", 0, NULL, N_("show hidden checks as well") },
	{ "due", 0, NULL, N_("the due date is over: show what was hidden "
			     "until then") },
	{ "published", 0, NULL, N_("the marks are published: show what was "
				   "hidden until then") },
	{ "assignment", 0, "TITLE", N_("the assignment's name in that system; "
				       "Canvas: \"TITLE (NUMBER)\"") },
	{ "worksheet", 0, "FILE", N_("moodle: fill in this offline grading "
				     "worksheet") },
	{ "context", 0, "FILE", N_("classroom50: a JSON object that says "
				   "classroom, assignment, owner and so on; "
				   "else its runner's environment does") },
	{ .name = NULL },
};

const struct command command_report = {
	.name = "report",
	.synopsis = "--to FORMAT [-o FILE] [--instructor] [--due] "
		    "[--published] RESULT...",
	.summary = N_("puts results into the formats that courses read"),
	.details = N_("RESULT is a file that ipclab grade made, or a folder "
		      "of them. gradescope, prairielearn, classroom50 and "
		      "autolab take one result, the others take several: "
		      "html makes one page for a class of these.\n\n"
		      "A report is for students unless --instructor is given: "
		      "checks that are hidden from them are left out. csv has "
		      "all checks always, and gradescope gets all, for it "
		      "hides them by itself."),
	.options = options,
	.run = run_report,
};
