/* ipclab assignment: an instructor's list of exercises.  */
#include "config.h"

#include "base/buf.h"
#include "base/cells.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/sha.h"
#include "base/suggest.h"
#include "command/command.h"
#include "exercise/workspace.h"
#include "grade/assignment.h"
#include "lesson/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_def options[] = {
	{ "pack", 0, "PATH", N_("its exercises are in this folder or archive, "
				"whatever it says") },
	{ "to", 0, "FILE", N_("submit: the archive (NAME.tar.gz); its name ends "
			      "in .tar.gz, .tgz or .tar") },
	{ "from", 0, "DIR", N_("submit: the workspaces are in DIR (here)") },
	{ NULL }
};

/* ---- show ---- */
static void
write_late(struct buf *out, const struct assignment *a)
{
	const struct assignment_late *step = a->late.at;

	if (!a->due.text)
		return;
	for (size_t i = 0; i < a->late.n; i++)
		buf_addf(out, _("up to %s late: %s is lost\n"),
			 step[i].until.text, step[i].lose.text);
	buf_addf(out, a->late.n ? _("later: nothing is got any more\n") :
		 _("what is late gets nothing\n"));
}

static void
write_rules(struct buf *out, const struct assignment *a)
{
	if (a->opens.text)
		buf_addf(out, _("opens: %s\n"), a->opens.text);
	if (a->due.text)
		buf_addf(out, _("due: %s\n"), a->due.text);
	write_late(out, a);
	if (a->attempts.value)
		buf_addf(out, ngettext("may be handed in %d time\n",
				       "may be handed in %d times\n",
				       (unsigned long)a->attempts.value),
			 (int)a->attempts.value);
	if (a->hint_cost)
		buf_addf(out, _("each hint costs %d%% of an exercise's "
				"points\n"), a->hint_cost);
	if (a->published.text)
		buf_addf(out, _("marks are published: %s\n"),
			 a->published.text);
	if (a->people.n)
		buf_addf(out, ngettext("%zu takes part\n", "%zu take part\n",
				       a->people.n), a->people.n);
}

static void
write_exercises(struct buf *out, const struct assignment *a)
{
	const struct assignment_exercise *e;

	for (size_t i = 0; (e = assignment_exercise(a, i)); i++)
		buf_addf(out, "%5lld  %-24s %s\n", (long long)e->points.value,
			 e->name.text, a->loaded[i].title.text);
	buf_addf(out, ngettext("%5lld  point in all\n",
			       "%5lld  points in all\n",
			       (unsigned long)assignment_points(a)),
		 (long long)assignment_points(a));
}

static int
show(const struct assignment *a)
{
	struct buf out = BUF_INIT;

	buf_addf(&out, "# %s  %s\n\n", a->name.text, a->title.text);
	write_rules(&out, a);
	buf_addc(&out, '\n');
	write_exercises(&out, a);
	fwrite(buf_str(&out), 1, out.len, stdout);
	fflush(stdout);
	buf_release(&out);
	return EXIT_DONE;
}

/* ---- check ---- */
static int
check(const struct assignment *a)
{
	printf(ngettext("%s: in order: %zu exercise, %lld points\n",
			"%s: in order: %zu exercises, %lld points\n",
			a->exercises.n),
	       a->path, a->exercises.n, (long long)assignment_points(a));
	fflush(stdout);
	return EXIT_DONE;
}

/* ---- open ---- */
/* The home screen tells it from here on.  */
static void
note(const struct assignment *a)
{
	char *path = realpath(a->path, NULL), *folder = realpath(".", NULL);
	struct progress *p = progress_open(NULL);

	if (path && folder)
		progress_assignment_open(p, path, folder);
	progress_close(p);
	free(folder);
	free(path);
}

static int
open_all(const struct assignment *a)
{
	const struct assignment_exercise *e;
	char *why = NULL;

	for (size_t i = 0; (e = assignment_exercise(a, i)); i++) {
		if (workspace_start(&a->loaded[i], e->name.text, &why) < 0)
			return command_fail(EXIT_FAULT, why);
		printf("%5lld  %-24s %s\n", (long long)e->points.value,
		       e->name.text, a->loaded[i].title.text);
	}
	note(a);
	if (a->due.text)
		printf(_("due: %s\n"), a->due.text);
	printf(_("What you have is handed in by: ipclab submit %s\n"),
	       a->path);
	fflush(stdout);
	return EXIT_DONE;
}

/* Where a pack that is an archive stays for as long as it is worked on: a
 * place for each assignment, made anew; the caller's.  NULL with *why.  */
static char *
place_for_pack(const char *path, char **why)
{
	char *real = realpath(path, NULL), *digest, *below, *place;
	struct sha d;

	sha_begin(&d);
	sha_add_text(&d, real ? real : path);
	digest = sha_end(&d);
	below = xasprintf("packs/%.16s", digest + strlen("sha256:"));
	place = path_state(below);
	free(below);
	free(digest);
	free(real);
	if (path_remove_tree(place, why) == 0 &&
	    path_make_folder(place, why) == 0)
		return place;
	free(place);
	return NULL;
}

static const struct action {
	const char *name;
	int (*run)(const struct assignment *a);
	int faulty;		/* the exit code where it is */
	bool stays;		/* a pack stays unpacked */
	int (*load)(struct assignment *a, const char *path, const char *pack,
		    const char *unpack_to, struct problems *p);
} actions[] = {
	{ "check", check, EXIT_NO, false, assignment_load },
	{ "open", open_all, EXIT_USAGE, true, assignment_load_work },
	{ "show", show, EXIT_USAGE, false, assignment_load },
};

/* What is wrong goes where an answer would: it is the answer.  */
static int
run_action(const struct action *action, const struct args *args)
{
	struct problems problems = PROBLEMS_INIT;
	struct buf said = BUF_INIT;
	struct assignment a;
	char *place = NULL, *why = NULL;
	int code = action->faulty;

	if (args->argc != 2)
		return command_fail(EXIT_USAGE, xasprintf(
			_("which assignment? ipclab assignment %s FILE"),
			action->name));
	if (action->stays && !(place = place_for_pack(args->argv[1], &why)))
		return command_fail(EXIT_FAULT, why);
	if (action->load(&a, args->argv[1], args_value(args, "pack"), place,
			 &problems) == 0)
		code = action->run(&a);
	problems_write(&problems, &said);
	fputs(buf_str(&said), action->faulty == EXIT_NO ? stdout : stderr);
	fflush(stdout);
	buf_release(&said);
	problems_release(&problems);
	assignment_release(&a);
	if (place)
		rmdir(place);	/* where no archive was unpacked */
	free(place);
	return code;
}

/* What hands in one exercise hands in an assignment.  */
static int
submit(const struct args *a)
{
	struct args rest = *a;

	if (a->argc < 2 || !assignment_is(a->argv[1]))
		return command_fail(EXIT_USAGE, xstrdup(
			_("which assignment? ipclab assignment submit FILE")));
	rest.argc--;
	rest.argv++;
	return command_submit.run(&rest);
}

static int
assignment_main(const struct args *a)
{
	const char *word = a->argc ? a->argv[0] : "";
	struct suggest near = SUGGEST_INIT(word);

	for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
		if (strcmp(actions[i].name, word) == 0)
			return run_action(&actions[i], a);
		suggest_try(&near, actions[i].name);
	}
	if (strcmp(word, "submit") == 0)
		return submit(a);
	suggest_try(&near, "submit");
	if (suggest_best(&near))
		return command_fail(EXIT_USAGE, xasprintf(
			_("'%s' is nothing to do with an assignment; did you "
			  "mean '%s'?"), word, suggest_best(&near)));
	return command_fail(EXIT_USAGE, xasprintf(
		_("'%s' is nothing to do with an assignment: check, open, show "
		  "or submit"),
		word));
}

const struct command command_assignment = {
	.name = "assignment",
	.synopsis = "check|open|show|submit FILE",
	.summary = N_("an instructor's list of exercises"),
	.details = N_("FILE is an assignment.yaml. check says what is wrong "
		      "in it, in its roster and in the exercises that it "
		      "names, each with its line; show tells what it asks "
		      "for; open makes a folder here for each of its "
		      "exercises, with what it begins with, and the home "
		      "screen shows what is due; submit is ipclab submit "
		      "FILE."),
	.options = options,
	.run = assignment_main,
};
