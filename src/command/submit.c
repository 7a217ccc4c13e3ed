/* ipclab submit: one archive to hand in.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "command/command.h"
#include "exercise/catalogue.h"
#include "exercise/workspace.h"
#include "grade/assignment.h"
#include "grade/handin.h"
#include "lesson/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option_def options[] = {
	{ "to", 0, "FILE", N_("the archive (NAME.tar.gz); its name ends in "
			      ".tar.gz, .tgz or .tar") },
	{ "from", 0, "DIR", N_("the workspaces are in DIR (here)") },
	{ "pack", 0, "PATH", N_("the exercises of this folder or archive, in "
				"place of those of ipclab") },
	{ NULL }
};

struct asked {
	const struct args *args;
	bool is_assignment;
	struct assignment assignment;
	struct pack pack;
	struct exercise exercise;
	char *workspace;		/* of the one exercise */
	struct handin_part *part;
	size_t n;
};

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

static const char *
from(const struct asked *q)
{
	const char *folder = args_value(q->args, "from");

	return folder ? folder : ".";
}

/* ---- what is handed in ---- */
/* Named, or the one that this folder is the workspace of.  */
static char *
find_folder(struct asked *q, const char *name, char **why)
{
	char *folder;

	if (!name) {
		q->workspace = xstrdup(from(q));
		folder = workspace_exercise(from(q));
		if (!folder)
			fail(why, _("what is to be handed in? ipclab submit "
				    "ASSIGNMENT, or an exercise"));
		return folder;
	}
	q->workspace = xasprintf("%s/%s", from(q), name);
	folder = workspace_exercise(q->workspace);
	if (!folder && pack_open(&q->pack, args_value(q->args, "pack"), NULL,
				 why) == 0)
		folder = exercise_find(name, q->pack.folder, why);
	return folder;
}

static int
look_at_exercise(struct asked *q, const char *name, char **why)
{
	char *folder = find_folder(q, name, why);
	struct problems p = PROBLEMS_INIT;
	int ret = -1;

	if (folder) {
		ret = exercise_load(&q->exercise, folder, NULL, &p);
		if (ret < 0)
			say_problems(&p, why);
	}
	problems_release(&p);
	free(folder);
	if (ret < 0)
		return -1;
	q->part = xcalloc(1, sizeof(*q->part));
	q->n = 1;
	handin_look(q->part, &q->exercise, q->workspace);
	return 0;
}

static int
look_at_assignment(struct asked *q, const char *path, char **why)
{
	struct problems p = PROBLEMS_INIT;
	int ret = assignment_load_work(&q->assignment, path,
				  args_value(q->args, "pack"), NULL, &p);

	q->is_assignment = true;
	if (ret < 0)
		say_problems(&p, why);
	problems_release(&p);
	if (ret < 0)
		return -1;
	q->part = xcalloc(q->assignment.exercises.n, sizeof(*q->part));
	for (; q->n < q->assignment.exercises.n; q->n++) {
		const struct exercise *e = &q->assignment.loaded[q->n];
		char *workspace = strcmp(from(q), ".") == 0 ? xstrdup(e->name)
				  : xasprintf("%s/%s", from(q), e->name);

		handin_look(&q->part[q->n], e, workspace);
		free(workspace);
	}
	return 0;
}

/* As the lab noted when they were read.  */
static void
recall_hints(struct asked *q)
{
	struct progress *p = progress_open(NULL);
	struct progress_exercise known;

	for (size_t i = 0; i < q->n; i++) {
		progress_exercise(p, q->part[i].exercise->name, &known);
		q->part[i].hints = known.hints;
	}
	progress_close(p);
}

static int
look(struct asked *q, char **why)
{
	const char *what = q->args->argc ? q->args->argv[0] : NULL;

	if (q->args->argc > 1)
		return fail(why, _("one assignment or exercise, not '%s' as "
				   "well"), q->args->argv[1]);
	return what && assignment_is(what) ?
	       look_at_assignment(q, what, why) :
	       look_at_exercise(q, what, why);
}

/* ---- the archive ---- */
static void
tell_work(const struct handin_part *p, struct buf *out)
{
	buf_addf(out, ngettext("%zu file", "%zu files", p->work.n_files),
		 p->work.n_files);
	if (p->breaker)
		buf_adds(out, _(", and your schedule that broke it"));
	if (p->hints)
		buf_addf(out, ngettext(", %d hint read", ", %d hints read",
				       (unsigned long)p->hints), p->hints);
	buf_addc(out, '\n');
}

/* How many are there.  */
static size_t
tell(const struct asked *q, struct buf *out)
{
	size_t there = 0;

	for (size_t i = 0; i < q->n; i++) {
		const struct handin_part *p = &q->part[i];

		buf_addf(out, "%s: ", p->exercise->name);
		if (p->lacks)
			buf_addf(out, _("missing: %s\n"), p->lacks);
		else if (p->untouched)
			buf_adds(out, _("still as at the beginning\n"));
		else
			tell_work(p, out);
		there += !p->lacks;
	}
	return there;
}

static int
write_archive(const struct asked *q, struct buf *out, size_t there)
{
	const char *to = args_value(q->args, "to"), *name = q->is_assignment ?
		q->assignment.name.text : q->exercise.name;
	char *path = to ? xstrdup(to) : xasprintf("%s.tar.gz", name);
	char *digest = NULL, *why = NULL;
	int code = there == q->n ? EXIT_DONE : EXIT_NO;

	if (handin_write(q->part, q->n, q->is_assignment ? name : NULL, path,
			 &digest, &why) < 0)
		code = command_fail(EXIT_MACHINE, why);
	else
		buf_addf(out, _("%s: %zu of %zu, %s\n"), path, there, q->n,
			 digest);
	free(digest);
	free(path);
	return code;
}

static int
hand_in(const struct asked *q)
{
	struct buf out = BUF_INIT;
	size_t there = tell(q, &out);
	int code = EXIT_NO;

	if (there)
		code = write_archive(q, &out, there);
	else
		buf_adds(&out, _("nothing is there to be handed in\n"));
	fwrite(buf_str(&out), 1, out.len, stdout);
	fflush(stdout);
	buf_release(&out);
	return code;
}

static void
release(struct asked *q)
{
	for (size_t i = 0; i < q->n; i++)
		handin_release(&q->part[i]);
	free(q->part);
	free(q->workspace);
	if (q->is_assignment)
		assignment_release(&q->assignment);
	exercise_release(&q->exercise);
	pack_close(&q->pack);
}

static int
submit_main(const struct args *a)
{
	struct asked q = { .args = a };
	const char *to = args_value(a, "to");
	char *why = NULL;
	int code;

	if (to && !handin_is_name(to))
		return command_fail(EXIT_USAGE, xasprintf(
			_("--to: '%s' does not end in .tar.gz, .tgz or .tar"),
			to));
	if (look(&q, &why) < 0) {
		code = command_fail(EXIT_USAGE, why);
	} else {
		recall_hints(&q);
		code = hand_in(&q);
	}
	release(&q);
	return code;
}

const struct command command_submit = {
	.name = "submit",
	.synopsis = "[--to FILE] [--from DIR] [ASSIGNMENT|EXERCISE]",
	.summary = N_("writes one archive to hand in"),
	.details = N_("ASSIGNMENT is a file that ends in .yaml; the "
		      "workspaces that ipclab exercise start made are in this "
		      "folder. Without an operand the exercise is that of "
		      "this workspace. Whatever is missing is named, and then "
		      "the exit status is 1; what is there is written all the "
		      "same. The same files make the same archive, byte for "
		      "byte."),
	.options = options,
	.run = submit_main,
};
