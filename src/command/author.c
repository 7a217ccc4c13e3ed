/* ipclab author: for those who write lessons and exercises.  */
#include "config.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "command/author_exercise.h"
#include "command/author_jobs.h"
#include "command/author_new.h"
#include "command/command.h"
#include "lesson/catalogue.h"
#include "lesson/need.h"
#include "lesson/recording.h"
#include "lesson/verify.h"
#include "tracer/ability.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What became of all the lessons together.  */
struct tally {
	int lessons;
	bool faulty;
	bool cannot;
	char *forbids;		/* why no claim can be run here, or NULL */
	char **folder;		/* to be verified */
};

enum { IS_FAULTY = 1, CANNOT_BE_RUN = 2 };

static void
verify_lesson(const char *folder, struct tally *t)
{
	struct problems problems = PROBLEMS_INIT;
	struct buf text = BUF_INIT;
	struct verdict v;

	lesson_verify(folder, !t->forbids, &v, &problems);
	problems_write(&problems, &text);
	if (v.cannot)
		buf_addf(&text, "%s: %s\n", folder, v.cannot);
	if (problems.n)
		buf_addf(&text, ngettext("%s: %zu fault\n",
					 "%s: %zu faults\n", problems.n),
			 folder, problems.n);
	else if (!v.cannot && t->forbids)
		buf_addf(&text, _("%s: in order (%s): %d steps; its %d "
				  "claims were not run\n"), folder,
			 buf_str(&v.langs), v.steps, v.claims);
	else if (!v.cannot)
		buf_addf(&text, _("%s: in order (%s): %d steps, %d claims, "
				  "all of %d runs held\n"), folder,
			 buf_str(&v.langs), v.steps, v.claims, v.run);
	if (v.lacking)
		buf_addf(&text, ngettext("%s: %d claim was not run; this "
					 "machine lacks: %s\n",
					 "%s: %d claims were not run; this "
					 "machine lacks: %s\n", v.lacking),
			 folder, v.lacking, buf_str(&v.lacks));
	if (v.recordings.len)
		buf_addf(&text, _("%s(make them with: ipclab author record "
				  "%s)\n"), buf_str(&v.recordings), folder);
	fputs(buf_str(&text), stdout);
	fflush(stdout);
	t->faulty |= problems.n > 0;
	t->cannot |= v.cannot != NULL;
	buf_release(&text);
	verdict_release(&v);
	problems_release(&problems);
}

static bool
is_lesson(const char *folder)
{
	char *path = xasprintf("%s/lesson.md", folder);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

static void
record_lesson(const char *folder, struct tally *t)
{
	struct problems problems = PROBLEMS_INIT;
	struct lesson *l = lesson_load(folder, "en", &problems);
	struct record_tally r = { .missed_ids = BUF_INIT };
	struct buf text = BUF_INIT;
	char *why = NULL;

	t->lessons++;
	if (l)
		lesson_check(l, &problems);
	problems_write(&problems, &text);
	if (!l || problems.n) {
		t->faulty = true;
	} else if (recording_make(l, &r, &why) < 0) {
		buf_addf(&text, "%s: %s\n", folder, why);
		t->faulty = true;
	} else {
		buf_addf(&text, _("%s: %d experiments and %d claims recorded, "
				  "%zu bytes\n"), folder, r.made, r.claims,
			 r.bytes);
		if (r.lacking)
			buf_addf(&text, _("%s: %d could not be run here and "
					  "keep what they had\n"), folder,
				 r.lacking);
		if (r.missed)
			buf_addf(&text, _("%s: no order that was tried "
					  "reaches the goal of:%s\n"), folder,
				 buf_str(&r.missed_ids));
	}
	fputs(buf_str(&text), stdout);
	fflush(stdout);
	free(why);
	buf_release(&r.missed_ids);
	buf_release(&text);
	problems_release(&problems);
	lesson_free(l);
}

/* A lesson, or a folder of lessons.  */
static int
each_lesson(const char *path, struct tally *t,
	    void (*each)(const char *folder, struct tally *t), char **why)
{
	char *folder = xstrdup(path);
	struct dirent **list;
	int before = t->lessons, n;

	for (size_t len = strlen(folder); len > 1 && folder[len - 1] == '/';)
		folder[--len] = '\0';
	if (is_lesson(folder)) {
		each(folder, t);
		free(folder);
		return 0;
	}
	n = scandir(folder, &list, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char *below = xasprintf("%s/%s", folder, list[i]->d_name);

		if (list[i]->d_name[0] != '.' && is_lesson(below))
			each(below, t);
		free(below);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	free(folder);
	if (t->lessons == before)
		return fail(why, _("there is no lesson in %s: it has no "
				   "lesson.md, nor has a folder in it"), path);
	return 0;
}

/* No folder is named: this one.  */
static int
each_folder(int argc, char **argv, struct tally *t,
	    void (*each)(const char *folder, struct tally *t))
{
	char *why = NULL;
	int rc = 0;

	if (!argc)
		rc = each_lesson(".", t, each, &why);
	for (int i = 0; rc == 0 && i < argc; i++)
		rc = each_lesson(argv[i], t, each, &why);
	if (rc < 0)
		return command_fail(EXIT_USAGE, why);
	return t->faulty ? EXIT_NO : t->cannot ? EXIT_MACHINE : EXIT_DONE;
}

static int
author_record(const struct args *a)
{
	struct tally t = { .lessons = 0 };
	char *why = NULL;

	if (ability_try(ABILITY_CALL, &why) < 0)
		return command_fail(EXIT_MACHINE, why);
	return each_folder(a->argc, a->argv, &t, record_lesson);
}

static void
note_lesson(const char *folder, struct tally *t)
{
	t->folder = xrealloc(t->folder,
			     ((size_t)t->lessons + 1) * sizeof(*t->folder));
	t->folder[t->lessons++] = xstrdup(folder);
}

static unsigned
verify_one(void *with, const char *folder)
{
	struct tally one = { .forbids = ((struct tally *)with)->forbids };

	verify_lesson(folder, &one);
	return (one.faulty ? IS_FAULTY : 0) | (one.cannot ? CANNOT_BE_RUN : 0);
}

/* Where objects are the machine's, two lessons would meet.  */
static int
jobs_possible(void)
{
	return need_met(need_find("ipc-namespaces", 14)) &&
	       need_met(need_find("network-namespaces", 18)) ? 0 : 1;
}

static int
verify_lessons(int argc, char **argv, int jobs)
{
	struct tally t = { .lessons = 0 };
	unsigned bits;
	int code;

	if (ability_try(ABILITY_CALL, &t.forbids) < 0) {
		fprintf(stderr, _("ipclab: no claim can be run here: %s\n"),
			t.forbids);
		t.cannot = true;
	}
	code = each_folder(argc, argv, &t, note_lesson);
	if (code != EXIT_USAGE) {
		bits = author_jobs(jobs, t.folder, t.lessons, verify_one, &t,
				   IS_FAULTY);
		code = bits & IS_FAULTY ? EXIT_NO :
		       t.cannot || bits & CANNOT_BE_RUN ? EXIT_MACHINE
							: EXIT_DONE;
	}
	for (int i = 0; i < t.lessons; i++)
		free(t.folder[i]);
	free(t.folder);
	free(t.forbids);
	return code;
}

/* Exercises are what has an exercise.yaml; all else are lessons.  No folder is
 * named: this one.  */
static int
author_verify(const struct args *a)
{
	char *here[] = { (char *)".", NULL }, *why = NULL;
	char **argv = a->argc ? a->argv : here, **lesson;
	int argc = a->argc ? a->argc : 1, n = 0, code, code_of_lessons;
	struct author_exercise x;

	if (author_exercise_options(&x, a, jobs_possible(), &why) < 0)
		return command_fail(EXIT_USAGE, why);
	lesson = xcalloc((size_t)argc + 1, sizeof(*lesson));
	for (int i = 0; i < argc; i++)
		if (!author_exercise_add(&x, argv[i]))
			lesson[n++] = argv[i];
	code = author_exercise_verify(&x);
	if (n && code != EXIT_INTERRUPTED) {
		code_of_lessons = verify_lessons(n, lesson, x.jobs);
		if (code == EXIT_DONE || code_of_lessons == EXIT_USAGE)
			code = code_of_lessons;
	}
	author_exercise_release(&x);
	free(lesson);
	return code;
}

/* ---- new ---- */
static const struct kind {
	const char *name;
	int (*make)(const char *name, char **why);
} kinds[] = {
	{ "lesson", author_new_lesson },
	{ "exercise", author_new_exercise },
};

static int
author_new(const struct args *a)
{
	char *why = NULL;
	size_t i = 0;

	while (a->argc == 2 && i < ARRAY_SIZE(kinds) &&
	       strcmp(kinds[i].name, a->argv[0]) != 0)
		i++;
	if (a->argc != 2 || i == ARRAY_SIZE(kinds)) {
		fail(&why, _("author new takes a kind and a name: "
			     "author new lesson NAME, or author new exercise "
			     "NAME"));
		return command_fail(EXIT_USAGE, why);
	}
	if (kinds[i].make(a->argv[1], &why) < 0)
		return command_fail(EXIT_NO, why);
	printf(_("%s is made. Verify it with: ipclab author verify %s\n"),
	       a->argv[1], a->argv[1]);
	return EXIT_DONE;
}

static const struct verb {
	const char *name;
	int (*run)(const struct args *a);	/* without the verb itself */
} verbs[] = {
	{ "verify", author_verify },
	{ "new", author_new },
	{ "pack", author_pack },
	{ "record", author_record },
};

static int
author_run(const struct args *a)
{
	const char *word = a->argc ? a->argv[0] : "";
	struct suggest s = SUGGEST_INIT(word);
	struct args rest = *a;
	char *why = NULL;

	rest.argc--;
	rest.argv++;
	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		if (strcmp(verbs[i].name, word) == 0)
			return verbs[i].run(&rest);
		suggest_try(&s, verbs[i].name);
	}
	if (!*word)
		fail(&why, _("author needs to know what to do: new, verify, "
			     "pack or record"));
	else if (suggest_best(&s))
		fail(&why, _("author does not know %s; did you mean %s?"),
		     word, suggest_best(&s));
	else
		fail(&why, _("author does not know %s; it knows new, verify, "
			     "pack and record"), word);
	return command_fail(EXIT_USAGE, why);
}

static const struct option_def author_options[] = {
	{ "output", 'o', "FILE", N_("pack: the archive that is written; its "
				    "ending says which kind") },
	{ "jobs", 'j', "N", N_("verify: so many at once (one a processor)") },
	{ "seed", 0, "S", N_("verify: other values, orders and mutants (1)") },
	{ "mutants", 0, "N", N_("verify: judge at most so many mutants of an "
				"exercise's good solutions (40)") },
	{ "texts", 0, NULL, N_("verify: of exercises, only what runs "
			       "nothing") },
	{ "json", 0, NULL, N_("verify: print what was found of exercises as "
			      "JSON") },
	{ .name = NULL },
};

const struct command command_author = {
	.name = "author",
	.synopsis = "new lesson|exercise NAME | verify [FOLDER...] | "
		    "pack FOLDER -o FILE | record [FOLDER...]",
	.summary = N_("writes, verifies and packs lessons and exercises"),
	.details = N_("`new` makes a folder with a lesson or an exercise to "
		      "begin with.\n"
		      "`verify` checks lessons and exercises, or folders of "
		      "them; what is wrong is said as FILE:LINE: SENTENCE, and "
		      "the exit status is 1. Of a lesson, in every language, "
		      "it compiles the programs and runs the claims. Of an "
		      "exercise it judges what the learner begins with, which "
		      "must not pass, the good solutions, which must, and the "
		      "bad ones, each of which must be found as its "
		      "expect.yaml says. Then it tries the checks on mutants: "
		      "good solutions with one thing changed.\n"
		      "`pack` writes what students get of an exercise, or of a "
		      "folder of exercises: without tests, solutions, hidden "
		      "checks and their texts.\n"
		      "`record` runs the experiments and claims of each lesson "
		      "and keeps them in its folder recordings/, for machines "
		      "that lack what it takes to run them."),
	.options = author_options,
	.run = author_run,
};
