/* ipclab exercise: a learner's exercises.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "command/command.h"
#include "command/home.h"
#include "command/judge_run.h"
#include "exercise/answers.h"
#include "exercise/catalogue.h"
#include "exercise/check.h"
#include "exercise/lay.h"
#include "exercise/workspace.h"
#include "grade/kept.h"
#include "lesson/progress.h"
#include "view/homework.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_def options[] = {
	{ "pack", 0, "PATH", N_("the exercises of this folder or archive, in "
				"place of those of ipclab") },
	{ "seed", 0, "S", N_("check: other values and runs (1)") },
	{ "json", 0, NULL, N_("check: print the result as JSON") },
	{ "watch", 0, NULL, N_("check: again whenever a file is saved, until "
			       "^C") },
	{ NULL }
};

/* What the commands work on.  */
struct asked {
	const struct args *args;
	struct exercise exercise;
	char *language;		/* NULL: English */
	char *workspace;
};

static int
print_all(struct buf *out, int code)
{
	fwrite(buf_str(out), 1, out->len, stdout);
	fflush(stdout);
	buf_release(out);
	return code;
}

/* The folder that --pack names, the caller's; NULL: it is not given, or with
 * *why.  */
static char *
pack_folder(const struct args *a, char **why)
{
	const char *pack = args_value(a, "pack");

	return pack ? pack_kept(pack, why) : NULL;
}

/* ---- list ---- */
static int
exercise_list(const struct args *a)
{
	struct exercise_names names = { .n = 0 };
	struct buf out = BUF_INIT;
	char *why = NULL, *pack = pack_folder(a, &why);
	int ret = why ? -1 : exercise_names(&names, pack, &why);

	free(pack);
	if (ret < 0) {
		exercise_names_release(&names);
		return command_fail(EXIT_USAGE, why);
	}
	for (size_t i = 0; i < names.n; i++) {
		char *folder = xasprintf("%s/%s", names.folder, names.name[i]);
		char *lang = exercise_language(folder);
		struct exercise e;

		if (exercise_load(&e, folder, lang, NULL) == 0)
			buf_addf(&out, "%-5s %-24s %s\n", e.id.text, e.name,
				 e.title.text);
		exercise_release(&e);
		free(lang);
		free(folder);
	}
	exercise_names_release(&names);
	return print_all(&out, EXIT_DONE);
}

/* ---- those that are about one ---- */
static void
show_questions(struct buf *out, const struct exercise *e)
{
	const struct exercise_question *it;

	for (size_t i = 0; (it = exercise_question(e, i)); i++) {
		buf_addf(out, "%s (%s)\n", it->id.text, it->program.text);
		answers_ask(out, it, "    ");
		buf_addc(out, '\n');
	}
}

static void
show_goal(struct buf *out, const struct exercise *e)
{
	char *command = lay_command(e);

	if (e->goal.line)
		buf_addf(out, _("To open it on the stage, in the folder that "
				"start makes:\n    %s\n"), command);
	free(command);
}

static int
exercise_show(struct asked *q)
{
	const struct exercise *e = &q->exercise;
	char *task = exercise_text(e, "task.md", q->language);
	const struct exercise_check *c;
	struct buf out = BUF_INIT;

	buf_addf(&out, "# %s  %s\n\n%s\n", e->id.text, e->title.text,
		 task ? task : "");
	show_questions(&out, e);
	show_goal(&out, e);
	for (size_t i = 0; (c = exercise_check(e, i)); i++) {
		if (c->visibility.value != VISIBILITY_VISIBLE)
			continue;
		buf_addf(&out, ngettext("* %s (%d point)\n",
					"* %s (%d points)\n",
					c->points.value),
			 c->title.text, (int)c->points.value);
		for (size_t k = 0; k < c->rules.n; k++)
			buf_addf(&out, "    %s\n", c->rules.text[k].text);
	}
	free(task);
	return print_all(&out, EXIT_DONE);
}

static int
started_stage(const struct asked *q)
{
	char *command = lay_command(&q->exercise);
	struct buf out = BUF_INIT;

	buf_addf(&out, _("%s is ready.  Go there, and open the program on the "
			 "stage; when it has failed, leave with q:\n"
			 "    %s\n"
			 "The choices that you made are then in the file "
			 "schedule.  Then: ipclab exercise check\n"),
		 q->workspace, command);
	free(command);
	return print_all(&out, EXIT_DONE);
}

static int
exercise_start(struct asked *q)
{
	bool stage = q->exercise.mode.value == EXERCISE_SCHEDULE;
	struct buf out = BUF_INIT;
	char *why = NULL;

	if (workspace_start(&q->exercise, q->workspace, &why) < 0 ||
	    (stage && lay_programs(&q->exercise, q->workspace, &why) < 0))
		return command_fail(EXIT_FAULT, why);
	if (stage)
		return started_stage(q);
	buf_addf(&out, _("%s is ready.  Edit %s, then: ipclab exercise check "
			 "%s\n"), q->workspace,
		 q->exercise.files.n ? q->exercise.files.text[0].text : ".",
		 q->exercise.name);
	return print_all(&out, EXIT_DONE);
}

static int
exercise_reset(struct asked *q)
{
	struct buf out = BUF_INIT;
	char *why = NULL;

	if (workspace_reset(&q->exercise, q->workspace, &why) < 0)
		return command_fail(EXIT_FAULT, why);
	buf_addf(&out, _("%s is as at the beginning; what you had is in "
			 "*.before\n"), q->workspace);
	return print_all(&out, EXIT_DONE);
}

/* An assignment may make hints cost points.  */
static void
note_hints(const struct exercise *e, int n)
{
	struct progress *p = progress_open(NULL);

	progress_exercise_hints(p, e->name, n);
	progress_close(p);
}

/* Where hints cost points nobody reads one by chance: how many there are is
 * told first.  False: they are free.  */
static bool
tell_hints(const struct exercise *e)
{
	struct progress *p = progress_open(NULL);
	char *cost = homework_hint_cost(p, e->name);
	struct progress_exercise known;

	progress_exercise(p, e->name, &known);
	progress_close(p);
	if (cost)
		printf(_("%s has the hints 1 to %zu, of which you have read "
			 "%d; %s.  The next: ipclab exercise hint %s %d\n"),
		       e->name, e->hints.n, known.hints, cost, e->name,
		       known.hints < (int)e->hints.n ? known.hints + 1 :
		       known.hints);
	free(cost);
	return cost != NULL;
}

static int
exercise_hint(struct asked *q)
{
	const struct exercise *e = &q->exercise;
	const char *asked = q->args->argc > 2 ? q->args->argv[2] : "1";
	char *end;
	long n = strtol(asked, &end, 10);
	struct buf out = BUF_INIT;

	if (q->args->argc <= 2 && tell_hints(e))
		return EXIT_DONE;
	if (*end || n < 1 || (size_t)n > e->hints.n)
		return command_fail(EXIT_USAGE, xasprintf(
			_("%s has the hints 1 to %zu, not '%s'"), e->name,
			e->hints.n, asked));
	note_hints(e, (int)n);
	buf_addf(&out, "%s\n", e->hints.text[n - 1].text);
	return print_all(&out, EXIT_DONE);
}

static int
exercise_check_one(struct asked *q)
{
	return judge_run(&q->exercise, q->workspace, q->args);
}

/* On the screen, in the folder where there is one.  */
static int
exercise_open(struct asked *q)
{
	char *has = workspace_exercise(q->workspace);
	int code = lab_exercise(q->exercise.folder, has ? q->workspace : NULL);

	free(has);
	return code;
}

static bool
has_passed(const struct exercise *e)
{
	struct progress *p = progress_open(NULL);
	struct progress_exercise it;

	progress_exercise(p, e->name, &it);
	progress_close(p);
	return it.passed;
}

static int
exercise_solution(struct asked *q)
{
	const struct exercise *e = &q->exercise;
	struct buf out = BUF_INIT;

	if (!has_passed(e))
		return command_fail(EXIT_NO, xstrdup(
			_("a solution is shown once yours has passed")));
	for (size_t i = 0; i < e->files.n; i++) {
		char *text = workspace_solution(e, i);

		if (text)
			buf_addf(&out, "%s== %s\n%s", out.len ? "\n" : "",
				 e->files.text[i].text, text);
		free(text);
	}
	if (!out.len)
		return command_fail(EXIT_NO, xstrdup(
			_("This pack comes without solutions.")));
	return print_all(&out, EXIT_DONE);
}

static const struct action {
	const char *name;
	int (*run)(struct asked *q);
} actions[] = {
	{ "show", exercise_show }, { "start", exercise_start },
	{ "check", exercise_check_one }, { "hint", exercise_hint },
	{ "reset", exercise_reset }, { "open", exercise_open },
	{ "solution", exercise_solution },
};

/* One of the pack, or of ipclab.  */
static char *
find_in_pack(const struct args *a, const char *name, char **why)
{
	char *pack = pack_folder(a, why);
	char *folder = *why ? NULL : exercise_find(name, pack, why);

	free(pack);
	return folder;
}

/* Named, or the one that this folder is the workspace of.  */
static int
find_exercise(struct asked *q, char **why)
{
	const char *name = q->args->argc > 1 ? q->args->argv[1] : NULL;
	char *here = workspace_exercise("."), *there = NULL;
	struct problems p = PROBLEMS_INIT;
	struct buf said = BUF_INIT;
	char *folder;
	int ret;

	if (name && !strchr(name, '/'))
		there = workspace_exercise(name);
	if (!name && !here)
		return fail(why, _("which exercise? ipclab exercise list names "
				   "them"));
	folder = !name ? xstrdup(here) : there ? xstrdup(there) :
		 find_in_pack(q->args, name, why);
	free(here);
	free(there);
	if (!folder)
		return -1;
	q->language = exercise_language(folder);
	ret = exercise_load(&q->exercise, folder, q->language, &p);
	problems_write(&p, &said);
	if (ret < 0) {
		if (said.len)
			said.data[--said.len] = '\0';
		fail(why, "%s", buf_str(&said));
	} else {
		q->workspace = xstrdup(name ? q->exercise.name : ".");
	}
	buf_release(&said);
	problems_release(&p);
	free(folder);
	return ret;
}

static int
run_action(const struct action *action, const struct args *a)
{
	struct asked q = { .args = a };
	char *why = NULL;
	int code;

	if (find_exercise(&q, &why) < 0)
		code = command_fail(EXIT_USAGE, why);
	else
		code = action->run(&q);
	exercise_release(&q.exercise);
	free(q.workspace);
	free(q.language);
	return code;
}

static int
exercise_main(const struct args *a)
{
	const char *word = a->argc ? a->argv[0] : "list";
	struct suggest near = SUGGEST_INIT(word);

	if (strcmp(word, "list") == 0)
		return exercise_list(a);
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
		if (strcmp(actions[i].name, word) == 0)
			return run_action(&actions[i], a);
		suggest_try(&near, actions[i].name);
	}
	if (suggest_best(&near))
		return command_fail(EXIT_USAGE, xasprintf(
			_("'%s' is nothing to do with an exercise; did you "
			  "mean '%s'?"), word, suggest_best(&near)));
	return command_fail(EXIT_USAGE, xasprintf(
		_("'%s' is nothing to do with an exercise: list, open, show, "
		  "start, check, hint, reset or solution"), word));
}

const struct command command_exercise = {
	.name = "exercise",
	.synopsis = "list|open|show|start|check|hint|reset|solution [NAME] "
		    "[N]",
	.summary = N_("a learner's exercises"),
	.details = N_("open NAME opens it on the screen; start NAME makes a "
		      "folder NAME with what the exercise "
		      "begins with; check NAME says what is right and what is "
		      "not yet, and keeps the failing run beside it: ipclab "
		      "replay shows it."),
	.options = options,
	.run = exercise_main,
};
