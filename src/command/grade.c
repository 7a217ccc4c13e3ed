/* ipclab grade: what is asked for.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/processors.h"
#include "base/suggest.h"
#include "base/utc.h"
#include "command/command.h"
#include "command/grade_merge.h"
#include "command/grade_run.h"
#include "exercise/catalogue.h"
#include "grade/assignment.h"
#include "grade/sheet.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { JOBS_MAX = 256, SHARES_MAX = 100000 };

static const struct option_def options[] = {
	{ "pack", 0, "PATH", N_("the exercises of this folder or archive, in "
				"place of those of ipclab") },
	{ "class", 0, "DIR", N_("each entry of DIR is a submission, its name "
				"the student's id") },
	{ "seed", 0, "S", N_("other values and runs (1)") },
	{ "jobs", 0, "N", N_("so many submissions side by side (one a "
			     "processor)") },
	{ "shard", 0, "I/N", N_("only the I-th of N shares of the "
				"submissions") },
	{ "results", 0, "DIR", N_("write each result to a file of DIR") },
	{ "resume", 0, NULL, N_("keep the results that are in DIR already, if "
				"they would be the same") },
	{ "times", 0, "FILE", N_("when each was handed in: a CSV with the "
				 "columns id and submitted_at") },
	{ "submitted-at", 0, "TIME", N_("when all of them were handed in") },
	{ "only", 0, "CHECK", N_("only this check, and those that it needs; "
				 "not with --results") },
	{ "json", 0, NULL, N_("print each result as JSON") },
	{ "output", 'o', "DIR", N_("merge: the folder that they are put "
				   "into") },
	{ NULL }
};

/* All that the batch borrows.  */
struct asked {
	const struct args *args;
	bool is_assignment;
	struct assignment assignment;
	struct pack pack;
	struct exercise exercise;
	struct batch_exercise *list;
	char **digest;			/* by exercise */
	size_t n;
	struct class class;
	struct results results;
	struct batch_config config;
};

/* ---- numbers ---- */
static int
read_number(const struct args *a, const char *name, uint64_t least,
	    uint64_t most, uint64_t *number, char **why)
{
	const char *text = args_value(a, name);
	char *end;

	if (!text)
		return 0;
	errno = 0;
	*number = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || *number < least ||
	    *number > most)
		return fail(why, _("--%s needs a whole number from %llu to "
				   "%llu, not '%s'"), name,
			    (unsigned long long)least,
			    (unsigned long long)most, text);
	return 0;
}

static int
read_numbers(struct asked *q, char **why)
{
	uint64_t jobs = (uint64_t)processors_count();

	jobs = jobs > JOBS_MAX ? JOBS_MAX : jobs;
	q->config.seed = 1;
	if (read_number(q->args, "seed", 0, UINT64_MAX, &q->config.seed,
			why) < 0 ||
	    read_number(q->args, "jobs", 1, JOBS_MAX, &jobs, why) < 0)
		return -1;
	q->config.jobs = (int)jobs;
	return 0;
}

/* "3/8" */
static int
read_shard(struct asked *q, char **why)
{
	const char *text = args_value(q->args, "shard");
	uint64_t share, shares;
	int used = 0;

	if (!text)
		return 0;
	if (strspn(text, "0123456789/") != strlen(text) ||
	    sscanf(text, "%lu/%lu%n", &share, &shares, &used) != 2 ||
	    text[used] || share < 1 || share > shares || shares > SHARES_MAX)
		return fail(why, _("--shard needs I/N, the I-th share of N, "
				   "such as 2/8, not '%s'"), text);
	class_keep_share(&q->class, share, shares);
	return 0;
}

/* ---- the exercises ---- */
static int
say_problems(const struct problems *p, char **why)
{
	struct buf said = BUF_INIT;

	problems_write(p, &said);
	if (said.len)
		said.data[--said.len] = '\0';
	fail(why, "%s", buf_str(&said));
	buf_release(&said);
	return -1;
}

static int
read_assignment(struct asked *q, char **why)
{
	struct problems p = PROBLEMS_INIT;
	int ret = assignment_load(&q->assignment, q->args->argv[0],
				  args_value(q->args, "pack"), NULL, &p);

	q->is_assignment = true;
	if (ret < 0)
		say_problems(&p, why);
	problems_release(&p);
	q->config.assignment = q->assignment.name.text;
	q->config.pack = q->assignment.source.name;
	return ret;
}

static int
read_exercise(struct asked *q, char **why)
{
	struct problems p = PROBLEMS_INIT;
	const char *name = q->args->argv[0];
	char *folder, *language;
	int ret;

	if (pack_open(&q->pack, args_value(q->args, "pack"), NULL, why) < 0)
		return -1;
	folder = exercise_find(name, q->pack.folder, why);
	if (!folder)
		return -1;
	language = exercise_language(folder);
	ret = exercise_load(&q->exercise, folder, language, &p);
	if (ret < 0)
		say_problems(&p, why);
	problems_release(&p);
	/* One that is named by its folder is of no pack.  */
	q->config.pack = strchr(name, '/') ? NULL : q->pack.name;
	free(language);
	free(folder);
	return ret;
}

static int
read_exercises(struct asked *q, char **why)
{
	bool many = assignment_is(q->args->argv[0]);
	const struct exercise *all;

	if ((many ? read_assignment(q, why) : read_exercise(q, why)) < 0)
		return -1;
	all = many ? q->assignment.loaded : &q->exercise;
	q->n = many ? q->assignment.exercises.n : 1;
	q->list = xcalloc(q->n, sizeof(*q->list));
	q->digest = xcalloc(q->n, sizeof(*q->digest));
	for (size_t i = 0; i < q->n; i++) {
		q->digest[i] = pack_digest(all[i].folder, why);
		if (!q->digest[i])
			return -1;
		q->list[i] = (struct batch_exercise){ &all[i], q->digest[i] };
	}
	q->config.exercise = q->list;
	q->config.n_exercises = q->n;
	q->config.together = many;
	return 0;
}

/* --only: a check that there is.  */
static int
read_only(struct asked *q, char **why)
{
	const char *only = args_value(q->args, "only");
	struct suggest near = SUGGEST_INIT(only ? only : "");

	if (!only)
		return 0;
	if (args_has(q->args, "results"))
		return fail(why, _("--only makes a part of a result, which "
				   "--results does not keep"));
	for (size_t i = 0; i < q->n; i++)
		for (size_t k = 0; k < q->list[i].exercise->checks.n; k++) {
			const char *id = exercise_check(q->list[i].exercise,
							k)->id.text;

			suggest_try(&near, id);
			if (strcmp(id, only) == 0)
				q->config.only = only;
		}
	if (q->config.only)
		return 0;
	return suggest_best(&near) ?
	       fail(why, _("there is no check '%s'; did you mean '%s'?"), only,
		    suggest_best(&near)) :
	       fail(why, _("there is no check '%s'"), only);
}

/* ---- the submissions ---- */
static int
read_submitted_at(struct asked *q, char **why)
{
	const char *text = args_value(q->args, "submitted-at");
	int64_t when;

	if (!text)
		return 0;
	if (!utc_parse(text, &when))
		return fail(why, _("'%s' is no time such as "
				   "2026-11-16T23:59:59Z"), text);
	for (size_t i = 0; i < q->class.n; i++)
		q->class.one[i].submitted_at = utc_text(when);
	return 0;
}

static int
read_times(struct asked *q, char **why)
{
	const char *path = args_value(q->args, "times");
	struct problems p = PROBLEMS_INIT;
	struct buf text = BUF_INIT;
	int ret;

	if (!path)
		return 0;
	ret = buf_read_file(&text, path, SHEET_BYTES_MAX, why);
	if (ret == 0) {
		ret = class_take_times(&q->class, path, buf_str(&text),
				       text.len, &p);
		if (ret < 0)
			say_problems(&p, why);
	}
	problems_release(&p);
	buf_release(&text);
	return ret;
}

/* All that was named is there, or nothing is begun.  */
static int
read_class(struct asked *q, char **why)
{
	const char *folder = args_value(q->args, "class");

	for (int i = 1; i < q->args->argc; i++) {
		if (access(q->args->argv[i], F_OK) < 0 && errno == ENOENT)
			return fail(why, _("there is no %s"),
				    q->args->argv[i]);
		class_add(&q->class, q->args->argv[i]);
	}
	if (folder && class_add_folder(&q->class, folder, why) < 0)
		return -1;
	if (q->class.n == 0)
		return folder ?
		       fail(why, _("there is no submission in %s"), folder) :
		       fail(why, _("whose work? Name submissions, or a folder "
				   "of them with --class"));
	if (class_sort(&q->class, why) < 0 || read_submitted_at(q, why) < 0 ||
	    read_times(q, why) < 0)
		return -1;
	return read_shard(q, why);
}

/* Who is in one list and not in the other is said, and stops nothing.  */
static void
compare_with_roster(const struct asked *q)
{
	const struct roster *people = &q->assignment.people;
	size_t unknown = 0;
	const char *one = "";

	if (!q->is_assignment || people->n == 0)
		return;
	for (size_t i = 0; i < q->class.n; i++)
		if (!roster_find(people, q->class.one[i].id)) {
			one = q->class.one[i].id;
			unknown++;
		}
	if (unknown)
		command_fail(EXIT_DONE, xasprintf(ngettext(
			"%zu submission is of nobody on the roster: %s",
			"%zu submissions are of nobody on the roster, such as "
			"%s", unknown), unknown, one));
}

/* ---- all of it ---- */
static int
read_args(struct asked *q, char **why)
{
	if (q->args->argc == 0)
		return fail(why, _("what is to be graded? ipclab grade "
				   "EXERCISE SUBMISSION"));
	if (args_has(q->args, "resume") && !args_has(q->args, "results"))
		return fail(why, _("--resume needs --results: the folder that "
				   "the results are in"));
	if (read_numbers(q, why) < 0 || read_exercises(q, why) < 0 ||
	    read_only(q, why) < 0 || read_class(q, why) < 0)
		return -1;
	q->config.class = &q->class;
	q->config.resume = args_has(q->args, "resume");
	return 0;
}

static int
run(struct asked *q, char **why)
{
	const char *folder = args_value(q->args, "results");

	if (sandbox_tier(why) == SANDBOX_NONE) {
		char *reason = *why ? xstrdup(*why) : xstrdup("?");

		fail(why, _("nothing is graded without a sandbox: %s"),
		     reason);
		free(reason);
		return EXIT_MACHINE;
	}
	if (folder && results_open(&q->results, folder, why) < 0)
		return EXIT_MACHINE;
	free(*why);
	*why = NULL;
	q->config.results = folder ? &q->results : NULL;
	compare_with_roster(q);
	return grade_run(&q->config, args_has(q->args, "json"));
}

static void
release(struct asked *q)
{
	results_close(&q->results);
	class_release(&q->class);
	for (size_t i = 0; q->digest && i < q->n; i++)
		free(q->digest[i]);
	free(q->digest);
	free(q->list);
	if (q->is_assignment)
		assignment_release(&q->assignment);
	exercise_release(&q->exercise);
	pack_close(&q->pack);
}

static int
grade_main(const struct args *a)
{
	struct asked q = { .args = a, .class = CLASS_INIT,
			   .results = { .lock = -1 } };
	char *why = NULL;
	int code = EXIT_USAGE;

	if (a->argc && strcmp(a->argv[0], "merge") == 0)
		return grade_merge(a);
	if (read_args(&q, &why) == 0)
		code = run(&q, &why);
	if (why)
		command_fail((enum exit_code)code, why);
	release(&q);
	return code;
}

const struct command command_grade = {
	.name = "grade",
	.synopsis = "[--results DIR] [--jobs N] [--shard I/N] [--resume] "
		    "[--json] EXERCISE|ASSIGNMENT SUBMISSION...",
	.summary = N_("grades what was handed in"),
	.details = N_("EXERCISE is a name, or a folder (with a '/'); "
		      "ASSIGNMENT is a file that ends in .yaml. SUBMISSION is "
		      "a folder, an archive, or the file that the exercise "
		      "asks for; its name is the student's id. Everything "
		      "that was handed in is compiled and run in a sandbox; "
		      "where there is none, nothing is graded.\n\n"
		      "Shards are graded into a folder each, and ipclab grade "
		      "merge DIR... -o DIR puts them together. What ^C or a "
		      "fault stops goes on with --resume."),
	.options = options,
	.run = grade_main,
};
